"""What receipts are looked for by."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from site_settings.models import ConsentReceipt, PrivacySettings, Service

NUMBER = re.compile(r"[0-9a-f]{1,32}")


class VersionFilter(SimpleListFilter):
    """The version of the site's questions that was answered."""

    title = gettext_lazy("version")
    parameter_name = "of_version"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the latest versions, without asking a million receipts which there are."""
        latest = max(PrivacySettings.objects.values_list("version", flat=True), default=1)
        return [(str(version), str(version)) for version in range(latest, max(latest - 12, 0), -1)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ConsentReceipt]) -> QuerySet[ConsentReceipt]:
        """Keep the receipts of the version."""
        value = self.value() or ""
        return queryset.filter(version=int(value)) if value.isdecimal() and len(value) < 10 else queryset


class ServiceFilter(SimpleListFilter):
    """What was decided about a service."""

    title = gettext_lazy("service")
    parameter_name = "about"
    fields = {"allowed": "granted", "objected": "objected"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what can be allowed and what can be objected to."""
        services = Service.objects.select_related("purpose")
        allowed = [
            (f"allowed-{service.slug}", _("Allowed: %(name)s") % {"name": service.name})
            for service in services
            if service.needs_consent
        ]
        objected = [
            (f"objected-{service.slug}", _("Objected to: %(name)s") % {"name": service.name})
            for service in services
            if service.is_exempt
        ]
        return [*allowed, *objected]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ConsentReceipt]) -> QuerySet[ConsentReceipt]:
        """Keep the receipts that name the service so."""
        decision, _dash, slug = (self.value() or "").partition("-")
        if decision not in self.fields:
            return queryset
        # As text, because SQLite cannot look into a list.
        named = queryset.annotate(decided=Cast(self.fields[decision], TextField()))
        return named.filter(decided__contains=f'"{slug}"')


class NumberSearch(BaseSearchHandler):
    """Finds a visitor's receipts by their number, or by how it begins, through the index."""

    def search_queryset(self, queryset: QuerySet[Any], search_term: str, **kwargs: Any) -> QuerySet[Any]:
        """Keep the receipts whose number begins with what was typed. A whole cookie will do."""
        number = search_term.strip().lower().rpartition(":")[2]
        if not number:
            return queryset
        if not NUMBER.fullmatch(number):
            return queryset.none()
        # No number has a "g": all that begin so come before it.
        return queryset.filter(visitor__gte=number, visitor__lt=f"{number}g")
