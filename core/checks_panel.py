"""The panel in the page editor that shows the checks, and the address that it asks for fresh ones."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.panels import Panel
from wagtail.models import Page

from core.editor_checks import Level, run_checks


class EditorChecksPanel(Panel):
    """Lists what the registered checks find in the draft. It renews itself after every save."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Checks"), "icon": "tasks", **kwargs})

    @property
    def clean_name(self) -> str:
        """The name in the panel's ids."""
        return "checks"

    class BoundPanel(Panel.BoundPanel):
        """The panel with the draft of the page that is edited."""

        template_name = "core/admin/checks_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the checks, and where to ask for them again: page 0 stands for one that is not saved yet."""
            context = super().get_context_data(parent_context)
            url = reverse("editor_checks", args=[self.instance.pk or 0])
            found = checks_context(self.instance) if self.instance.pk else {"is_new": True}
            return {**context, "url": url, **found}

        @property
        def media(self) -> Media:
            """The panel's behaviour and look."""
            script = Script("js/editor-checks.js", type="module")
            return Media(js=[script], css={"all": ["css/admin/editor-checks.css"]})  # type: ignore[list-item]


def checks_context(page: Page) -> dict[str, Any]:
    """Return the checks of the page as the template lists them."""
    checks = run_checks(page)
    groups = [
        {"level": Level.PROBLEM, "heading": _("To mend")},
        {"level": Level.ADVICE, "heading": _("To consider")},
    ]
    for group in groups:
        group["checks"] = [check for check in checks if check.level == group["level"]]
    return {"groups": [group for group in groups if group["checks"]]}


@never_cache
def editor_checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer the list of checks of the page's latest draft, for those who may edit it."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return render(request, "core/admin/checks.html", checks_context(page.get_latest_revision_as_object()))
