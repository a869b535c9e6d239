"""New review from a document, in the admin: upload or paste, settle who and what it is about, go on to the draft."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from research_reviews.documents.forms import CreditForm, DocumentForm, StudyForm
from research_reviews.documents.settling import MOST_RELATED, Settlement, settle, suggested_reviews, take_back
from research_reviews.documents.source import readable
from research_reviews.drafting import studies
from research_reviews.drafting.people import matches
from research_reviews.drafting.stored import draft_from
from research_reviews.intake.draft import Draft
from research_reviews.intake.errors import IntakeError
from research_reviews.intake.nodes import Document
from research_reviews.intake.structure import structure
from research_reviews.models import Audience, IntakeDocument, ReviewIndexPage, ReviewPage, heading_table


def place_for_reviews(user: Any) -> ReviewIndexPage | None:
    """Return the first list of reviews below which the user may add one."""
    lists = ReviewIndexPage.objects.order_by("path")
    return next((page for page in lists if page.permissions_for_user(user).can_add_subpage()), None)


def own_document(user: Any, pk: Any) -> IntakeDocument:
    """Return a document that the user brought and has not yet made a draft of. Raises Http404."""
    return get_object_or_404(IntakeDocument.objects.select_related("study"), pk=pk, made_by=user, page=None)


def draft_url(intake: IntakeDocument, parent: ReviewIndexPage) -> str:
    """Return the address of the editor of a new review that the document fills."""
    address = reverse("wagtailadmin_pages:add", args=["research_reviews", "reviewpage", parent.pk])
    return f"{address}?intake={intake.pk}"


class ForReviewers(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin for those who may add a review."""

    page_title = gettext_lazy("New review from a document")
    header_icon = "doc-full"
    place: ReviewIndexPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer who may. Raises PermissionDenied for others."""
        place = place_for_reviews(request.user)
        if not place:
            raise PermissionDenied
        self.place = place
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of reviews."""
        reviews = {"url": reverse("reviews:index"), "label": _("Reviews")}
        return [*self.breadcrumbs_items, reviews, {"url": "", "label": self.get_page_title()}]


class DocumentView(ForReviewers):
    """Takes the document, reads it and keeps what it says until its editor has settled the rest."""

    template_name = "research_reviews/admin/documents/upload.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        return super().get_context_data(**{"form": DocumentForm(), **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the document, or say what is wrong with it and give the form back as it was filled in."""
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                draft = structured(form.document)
            except IntakeError as error:
                form.add_error("file" if file else "text", str(error))
            else:
                return redirect("review_document", self.keep(form.document, draft, file.name if file else "").pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def keep(self, document: Document, draft: Draft, name: str) -> IntakeDocument:
        """Store what was read."""
        user: Any = self.request.user
        made: IntakeDocument = IntakeDocument.objects.create(
            name=name[:200], source=readable(document), draft=draft.as_json(), made_by=user
        )
        return made


def structured(document: Document) -> Draft:
    """Return the draft of a document by the site's own headings and audiences. Raises IntakeError."""
    audiences = list(Audience.objects.order_by("name").values_list("name", flat=True))
    return structure(document, table=heading_table(), audiences=audiences)


class SettleView(ForReviewers):
    """Shows whom and what the document names, as the library knows them, and makes what is new once it is confirmed."""

    template_name = "research_reviews/admin/documents/settle.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the document; one that is settled, or has nothing to settle, leads on to its draft."""
        self.intake = own_document(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def draft(self) -> Draft:
        """What was read."""
        return draft_from(self.intake.draft)

    @cached_property
    def related(self) -> list[ReviewPage]:
        """The reviews of this site that the document leads to."""
        return suggested_reviews(self.draft.report.chrome)[:MOST_RELATED]

    @property
    def has_nothing_to_settle(self) -> bool:
        """Whether the document names nobody, no study and no other review."""
        return not (self.draft.credits or self.related or studies.says_anything(self.draft.study))

    def forms(self, data: Any = None) -> tuple[list[CreditForm], StudyForm]:
        """Return the form of each credit, and the study's."""
        pairs = zip(self.draft.credits, matches(self.draft.credits), strict=True)
        credit_forms = [CreditForm(data, number, credit, match) for number, (credit, match) in enumerate(pairs)]
        return credit_forms, StudyForm(data, self.draft.study, studies.find(self.draft.study))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what there is to settle."""
        if self.intake.is_settled:
            return redirect(draft_url(self.intake, self.place))
        if self.has_nothing_to_settle:
            settle(self.intake, Settlement([], self.draft.study, None, "nobody", []))
            return redirect(draft_url(self.intake, self.place))
        return self.answer(*self.forms())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make what is new and go on to the draft, or discard the document."""
        if request.POST.get("action") == "discard":
            return discarded(request, self.intake)
        if self.intake.is_settled:
            return redirect(draft_url(self.intake, self.place))
        credit_forms, study_form = self.forms(request.POST)
        # Every form is asked, so that all the errors are shown at once.
        are_valid = [form.is_valid() for form in (*credit_forms, study_form)]
        if not all(are_valid):
            return self.answer(credit_forms, study_form, status=422)
        chosen = set(request.POST.getlist("related"))
        settle(
            self.intake,
            Settlement(
                [form.decision() for form in credit_forms],
                study_form.result(),
                study_form.known,
                study_form.cleaned_data["choice"],
                [review.pk for review in self.related if str(review.pk) in chosen],
            ),
        )
        return redirect(draft_url(self.intake, self.place))

    def answer(self, credit_forms: list[CreditForm], study_form: StudyForm, status: int = 200) -> HttpResponse:
        """Return the page with the forms."""
        context = self.get_context_data(
            intake=self.intake, credit_forms=credit_forms, study_form=study_form, related=self.related
        )
        return self.render_to_response(context, status=status)


class DiscardView(ForReviewers):
    """Takes a document back from beside its draft. Asked for by a button of a form, never by a link."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Discard the document and lead to the list of reviews."""
        return discarded(request, own_document(request.user, pk))


def discarded(request: HttpRequest, intake: IntakeDocument) -> HttpResponse:
    """Take the document back, say so and lead to the list of reviews."""
    take_back(intake)
    messages.success(request, _("The document was discarded. Nothing of it was kept."))
    return redirect("reviews:index")
