"""Sponsors and sponsorships in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Count, QuerySet
from django.forms import RadioSelect
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from research_reviews.models import TopicPage
from sponsors.models import Sponsor, Sponsorship
from sponsors.models.sponsorship import SponsorshipQuerySet

STATES = [("running", _("Running")), ("coming", _("Still to come")), ("over", _("Over"))]


def state_of(sponsorship: Sponsorship) -> str:
    """Return whether it runs, is still to come or over, for a list."""
    if sponsorship.is_running:
        return str(_("Running"))
    return str(_("Still to come") if sponsorship.starts_on > timezone.localdate() else _("Over"))


class RefusedByDatabase:
    """A form that is sent back, filled, where the database refuses what the form had let pass a moment before.

    Somebody else has saved a clashing sponsorship, or a sponsor of the name, in between.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or say what clashes."""
        try:
            return self.saved(form)
        except OperationalError:
            # PostgreSQL ends one of two saves that wait for each other. By now the other one is through.
            return self.saved(form)

    def saved(self, form: Any) -> HttpResponse:
        """Save, or check anew what the database has refused, and say why."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except IntegrityError:
            try:
                form.instance.full_clean()
            except ValidationError as refusal:
                form.add_error(None, refusal)
                self.produced_error_code, self.produced_error_message = "validation_error", refusal.messages[0]
                return self.form_invalid(form)  # type: ignore[attr-defined]
            raise
        return response


class SponsorCreateView(RefusedByDatabase, CreateView):
    """Adds a sponsor."""


class SponsorEditView(RefusedByDatabase, EditView):
    """Changes a sponsor."""


class SponsorshipCreateView(RefusedByDatabase, CreateView):
    """Adds a sponsorship."""


class SponsorshipEditView(RefusedByDatabase, EditView):
    """Changes a sponsorship."""


class SponsorshipFilterSet(WagtailFilterSet):
    """What sponsorships are looked for by."""

    sponsor = ModelChoiceFilter(label=_("Sponsor"), queryset=lambda request: Sponsor.objects.all())
    topic = ModelChoiceFilter(label=_("Topic"), queryset=lambda request: TopicPage.objects.order_by("title"))
    state = ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("Any"), widget=RadioSelect, method="in_state")

    class Meta:
        model = Sponsorship
        fields: ClassVar[list[str]] = []

    def in_state(self, sponsorships: SponsorshipQuerySet, name: str, state: str) -> SponsorshipQuerySet:
        """Keep those in the state."""
        today = timezone.localdate()
        return {
            "running": sponsorships.running_on(today),
            "coming": sponsorships.filter(starts_on__gt=today),
            "over": sponsorships.filter(ends_on__lt=today),
        }[state]


class SponsorViewSet(SnippetViewSet):
    """Sponsors, with how many sponsorships each has had."""

    model = Sponsor
    icon = "group"
    menu_label = _("Sponsors")
    copy_view_enabled = False
    inspect_view_enabled = True
    add_view_class = SponsorCreateView
    edit_view_class = SponsorEditView
    list_display = [
        "name",
        Column("website", label=_("Website"), classname="if-wide"),
        NumberColumn("sponsorship_count", label=_("Sponsorships"), sort_key="sponsorship_count"),
    ]
    list_export = ["name", "tagline", "website", "ror", "sponsorship_count"]
    inspect_view_fields = ["name", "logo", "tagline", "website", "description", "ror", "contacts"]
    export_filename = "sponsors"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sponsor]:
        """Return the sponsors with the counts that the list shows."""
        return Sponsor.objects.order_by("name").annotate(sponsorship_count=Count("sponsorships"))


class SponsorshipViewSet(SnippetViewSet):
    """Sponsorships, the latest first."""

    model = Sponsorship
    icon = "calendar-alt"
    menu_label = _("Sponsorships")
    copy_view_enabled = False
    inspect_view_enabled = True
    add_view_class = SponsorshipCreateView
    edit_view_class = SponsorshipEditView
    list_display = [
        "sponsor",
        Column("subject", label=_("Topic"), sort_key="topic__title"),
        Column("days", label=_("When"), sort_key="starts_on"),
        Column("state", label=_("State"), accessor=state_of),
    ]
    list_export = ["sponsor", "subject", "starts_on", "ends_on", "sentence"]
    export_filename = "sponsorships"
    filterset_class = SponsorshipFilterSet
    search_fields = ["sponsor__name", "topic__title"]
    inspect_view_fields = ["sponsor", "subject", "days", "sentence", "editorial_control"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sponsorship]:
        """Return the sponsorships with what the list shows of them."""
        return Sponsorship.objects.order_by("-starts_on", "-pk").select_related("sponsor", "topic")


class SponsorsGroup(SnippetViewSetGroup):
    """Sponsors in the main menu."""

    items = (SponsorshipViewSet, SponsorViewSet)
    menu_label = _("Sponsors")
    menu_icon = "group"
    menu_name = "sponsors"
    menu_order = 220
