"""Purposes and services in the admin: lists to put in order, with what depends on them, and what cannot be deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters import ModelMultipleChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from core.personal_data_admin import PersonalDataMenuItem
from site_settings.models import Purpose, Service
from site_settings.receipt_admin import receipts_admin

SHORT_BASIS = {
    Purpose.Basis.NECESSARY: gettext_lazy("Strictly necessary"),
    Purpose.Basis.CONSENT: gettext_lazy("Consent"),
    Purpose.Basis.EXEMPT: gettext_lazy("Exempt, can be objected to"),
}


def basis_of(thing: Purpose | Service) -> str:
    """Return what it rests on, in a word or two."""
    return str(SHORT_BASIS[Purpose.Basis(thing.basis)])


class OrderedIndexView(IndexView):
    """A list to put in order by dragging, unless only a part of it is shown."""

    def get_ordering(self) -> Any:
        """Return the order. As a list it is the same, but nothing can be dragged."""
        ordering = super().get_ordering()
        is_in_part = self.is_searching or self.is_filtering
        return [ordering] if is_in_part and ordering == self.sort_order_field else ordering


class PurposeViewSet(SnippetViewSet):
    """Purposes, in the order in which readers see them."""

    model = Purpose
    icon = "clipboard-list"
    menu_label = gettext_lazy("Purposes")
    copy_view_enabled = False
    inspect_view_enabled = True
    sort_order_field = "sort_order"
    ordering = "sort_order"
    index_view_class = OrderedIndexView
    list_display = [
        "name",
        Column("basis", label=gettext_lazy("Rests on"), accessor=basis_of, sort_key="basis"),
        NumberColumn("service_count", label=gettext_lazy("Services"), sort_key="service_count"),
    ]
    inspect_view_fields = ["name", "explanation", "basis", "services"]
    list_export = ["name", "explanation", "basis", "service_count"]
    export_filename = "purposes"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Purpose]:
        """Return the purposes with the counts that the list shows."""
        return Purpose.objects.annotate(service_count=Count("services"))


class ServiceFilterSet(WagtailFilterSet):
    """What services are looked for by."""

    purpose = ModelMultipleChoiceFilter(
        label=gettext_lazy("Purpose"), queryset=lambda request: Purpose.objects.all(), widget=CheckboxSelectMultiple
    )
    basis = MultipleChoiceFilter(
        label=gettext_lazy("Rests on"),
        field_name="purpose__basis",
        choices=list(SHORT_BASIS.items()),
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = Service
        fields: ClassVar[list[str]] = []


class ServiceViewSet(SnippetViewSet):
    """Services, in the order in which readers see them within their purpose."""

    model = Service
    icon = "globe"
    menu_label = gettext_lazy("Services")
    copy_view_enabled = False
    inspect_view_enabled = True
    sort_order_field = "sort_order"
    ordering = "sort_order"
    index_view_class = OrderedIndexView
    list_display = [
        "name",
        Column("provider", label=gettext_lazy("Provider"), sort_key="provider", classname="if-wide"),
        Column("purpose", label=gettext_lazy("Purpose"), sort_key="purpose__sort_order"),
        Column("basis", label=gettext_lazy("Rests on"), accessor=basis_of),
        NumberColumn("cookie_count", label=gettext_lazy("Cookies"), sort_key="cookie_count"),
    ]
    filterset_class = ServiceFilterSet
    inspect_view_fields = [
        *("name", "provider", "provider_policy", "purpose", "what_it_loads", "hosts", "script_url", "cookies"),
    ]
    list_export = [
        *("name", "slug", "provider", "provider_policy", "purpose", "basis"),
        *("what_it_loads", "hosts", "script_url", "cookie_count"),
    ]
    export_filename = "services"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Service]:
        """Return the services with what the list shows of them."""
        return Service.objects.select_related("purpose").annotate(cookie_count=Count("cookies"))


class PrivacyGroup(SnippetViewSetGroup):
    """Purposes, services and receipts in the main menu."""

    items = (PurposeViewSet, ServiceViewSet)
    menu_label = gettext_lazy("Privacy")
    menu_icon = "lock"
    menu_name = "privacy"
    menu_order = 230

    def get_submenu_items(self) -> list[MenuItem]:
        """Add the list of receipts, which are records that happen and no snippets, and what is kept of a person."""
        last = len(self.items)
        receipts = receipts_admin.get_menu_item(order=last + 1)
        return [*super().get_submenu_items(), receipts, PersonalDataMenuItem(order=last + 2)]


def refuse_deletion(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Keep purposes that have services, and the services that every site has: say so and lead back to the list."""
    for instance in instances:
        if isinstance(instance, Purpose | Service) and (reason := reason_to_keep(instance)):
            messages.error(request, reason)
            return redirect(type(instance).snippet_viewset.get_url_name("list"))
    return None


def reason_to_keep(thing: Purpose | Service) -> str:
    """Return why it cannot be deleted and what to do; empty where it can."""
    if isinstance(thing, Service):
        message = _("“%(name)s” is part of every site, so readers have to find it listed. You can reword it.")
        return message % {"name": thing.name} if thing.is_built_in else ""
    number = thing.services.count()
    message = ngettext(
        "%(number)d service serves “%(name)s”. Give it another purpose, or delete it first.",
        "%(number)d services serve “%(name)s”. Give them another purpose, or delete them first.",
        number,
    )
    return message % {"number": number, "name": thing.name} if number else ""


def warn_of_unasked_loading(request: HttpRequest, instance: Any) -> None:
    """Say it where a service has a script that no reader is asked about."""
    if isinstance(instance, Service) and instance.loads_unasked:
        message = _(
            "“%(name)s” loads its script for readers who have not agreed to it, because its purpose needs no consent. "
            "That is rarely lawful. Give it a purpose that needs consent, unless you are sure."
        )
        messages.warning(request, message % {"name": instance.name})
