"""What apps show beside a page in its editor, such as its mail: they register a function here, the tab shows them all.

Buttons act at once and leave the page's own form alone: `<button type="button" data-post="address">` sends to the
address what the controls with a `data-name` hold that stand in the same `data-form`, asks first where there is a
`data-confirm`, shows the plain text that comes back, and then all panels anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.panels import Panel
from wagtail.models import Page

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class EditorPanel:
    """A heading, and a template with what it shows."""

    heading: str | Promise
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    icon: str = "info-circle"


PanelFunction = Callable[[Any, HttpRequest], EditorPanel | None]
_registered: list[PanelFunction] = []


def register_editor_panel(function: PanelFunction) -> PanelFunction:
    """Register a function that takes a saved page and the request, and returns a panel where it has one to show."""
    _registered.append(function)
    return function


def panels_of(page: Page, request: HttpRequest) -> Iterator[EditorPanel]:
    """Yield the page's panels. One that fails must not keep an editor from their page."""
    for function in _registered:
        try:
            panel = function(page, request)
        except Exception:
            logger.exception("The panel %s failed on page %s.", function.__name__, page.pk)
            continue
        if panel:
            yield panel


class EditorPanels(Panel):
    """Shows what is registered. It renews itself after every save and every button."""

    @property
    def clean_name(self) -> str:
        """The name in the panel's ids."""
        return "editor_panels"

    class BoundPanel(Panel.BoundPanel):
        """The panels of the page that is edited."""

        template_name = "core/admin/editor_panels.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the panels, and where to ask for them again: page 0 stands for one that is not saved yet."""
            context = super().get_context_data(parent_context)
            number = self.instance.pk or 0
            panels = list(panels_of(Page.objects.get(pk=number).specific, self.request)) if number else []
            url = reverse("editor_panels", args=[number])
            return {**context, "url": url, "panels": panels, "is_new": not number, "request": self.request}

        @property
        def media(self) -> Media:
            """The panels' behaviour and look."""
            script = Script("js/editor-panels.js", type="module")
            return Media(js=[script], css={"all": ["css/admin/editor-panels.css"]})  # type: ignore[list-item]


@never_cache
def editor_panels(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer the panels of a page, for those who may edit it."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return render(request, "core/admin/editor_panels_list.html", {"panels": list(panels_of(page.specific, request))})


TAB_HEADING = _("Readers")
