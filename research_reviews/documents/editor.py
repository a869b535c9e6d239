"""The page editor with a document beside it: a new review is filled from it, and saved as a draft and nothing else."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from laces.components import MediaContainer
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from research_reviews.documents.marks import marks_of
from research_reviews.documents.things import fill_from
from research_reviews.drafting.stored import draft_from
from research_reviews.intake.draft import ChromeDraft
from research_reviews.models import IntakeDocument

SPONSORSHIP = "sponsors.add_sponsorship"
SPONSORSHIP_FORM = "wagtailsnippets_sponsors_sponsorship:add"
KINDS = {
    "search": _("Search"),
    "share": _("Share buttons"),
    "related": _("Related reviews"),
    "comments": _("Comments"),
    "sponsor": _("Sponsor line"),
    "cookies": _("Cookie notice"),
    "subscribe": _("Subscription"),
    "menu": _("Menu"),
    "footer": _("Footer"),
    "other": _("Other"),
}


class SourcePanel(BaseSidePanel):
    """What the draft was made of: what was guessed, what was left out, and every word of the source."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that opens it."""

        aria_label = _("Toggle source")
        icon_name = "doc-full"
        has_counter = False

    name = "source"
    title = _("Source")
    template_name = "research_reviews/admin/documents/source_panel.html"
    order = 50

    def __init__(self, page: Any, request: HttpRequest, intake: IntakeDocument) -> None:
        super().__init__(page, request)
        self.intake = intake

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add what the report says, and what can be done about it."""
        report = draft_from(self.intake.draft).report
        marks = marks_of(self.intake)
        return {
            **super().get_context_data(parent_context),
            "intake": self.intake,
            "is_new": not self.object.pk,
            "marks": marks,
            "unsure": sum(mark.is_unsure for mark in marks),
            "left_out": [(KINDS[part.kind], part, self._offer(part)) for part in report.chrome],
            "words": report.words,
        }

    def _offer(self, part: ChromeDraft) -> str:
        """Return the address of the form that a sponsor line belongs into; empty for who may not, and for others."""
        if part.kind != "sponsor" or not may_add_sponsorships(self.request.user):
            return ""
        try:
            return reverse(SPONSORSHIP_FORM)
        except NoReverseMatch:
            return ""

    @property
    def media(self) -> Media:
        """The panel's behaviour and look."""
        script = Script("js/document-source.js", type="module")
        return Media(js=[script], css={"all": ["css/admin/documents.css"]})  # type: ignore[list-item]


def may_add_sponsorships(user: Any) -> bool:
    """Whether the user may set up what the sponsor line tells of."""
    return bool(user.has_perm(SPONSORSHIP))


class ReviewCreateView(CreateView):
    """The editor of a new review; with `?intake=` it is filled from a document and can only be saved as a draft."""

    @cached_property
    def intake(self) -> IntakeDocument | None:
        """The user's own document of the address or the form, as long as it is kept."""
        documents = IntakeDocument.objects.select_related("study")
        return documents.filter(pk=intake_key(self.request), made_by=self.request.user.pk).first()

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Fill the form from the document, once its people and study are settled. Raises Http404 where it is gone."""
        if intake_key(request) and not self.intake:
            raise Http404
        if self.intake and self.intake.page_id:
            return redirect("wagtailadmin_pages:edit", self.intake.page_id)
        if self.intake and not self.intake.is_settled:
            return redirect("review_document", self.intake.pk)
        if self.intake:
            # A draft that saves itself at the first key would be there before anybody asked for it.
            self.autosave_enabled = False
            fill_from(self.page, self.intake, self.parent_page)
        response: HttpResponseBase = super().get(request)
        return response

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Save the draft, or give the form back as it was filled in, also where the document itself is gone."""
        self.autosave_enabled = self.autosave_enabled and not intake_key(request)
        response: HttpResponseBase = super().post(request)
        return response

    @cached_property
    def action_name_and_method(self) -> tuple[str, Any]:
        """What the button does: a review from a document is saved, whatever was pressed."""
        if intake_key(self.request):
            return "save", self.save_action
        action: tuple[str, Any] = CreateView.action_name_and_method.func(self)
        return action

    def save_action(self) -> HttpResponse:
        """Save, and keep the source beside the draft."""
        response: HttpResponse = super().save_action()
        if self.intake and self.page.pk:
            # Saved once more from another window, it is another draft: the first keeps the source.
            IntakeDocument.objects.filter(pk=self.intake.pk, page=None).update(page=self.page)
        return response

    def get_side_panels(self) -> MediaContainer:
        """Put the source first."""
        panels = super().get_side_panels()
        return with_source(panels, self.page, self.request, self.intake)


class ReviewEditView(EditView):
    """The editor of a review, with the document that it was made from for as long as that is kept."""

    def get_side_panels(self) -> MediaContainer:
        """Put the source first."""
        panels = super().get_side_panels()
        intake = None if self.expects_json_response else IntakeDocument.objects.filter(page=self.page.pk).first()
        return with_source(panels, self.page, self.request, intake)


def with_source(panels: Any, page: Any, request: HttpRequest, intake: IntakeDocument | None) -> MediaContainer:
    """Return the side panels, with the source before them where there is one."""
    return MediaContainer([SourcePanel(page, request, intake), *panels]) if intake else panels


def intake_key(request: HttpRequest) -> int:
    """Return the key of the document that a new review is filled from; 0 where there is none."""
    value = request.POST.get("intake") or request.GET.get("intake") or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def only_save(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer nothing but saving while a review is made from a document (construct_page_action_menu)."""
    if context.get("view") == "create" and intake_key(request):
        menu_items[:] = [item for item in menu_items if item.name == "action-save-draft"]
