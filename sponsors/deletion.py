"""Keeps a topic that was sponsored: who paid for what stays on record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from sponsors.models import Sponsorship


def refuse_sponsored_topic(request: HttpRequest, page: Page) -> HttpResponseRedirect | None:
    """Keep a topic, and whatever holds one, from being deleted while the ledger names it."""
    return refuse(request, [page]) if request.method == "POST" else None


def refuse_sponsored_topics_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponseRedirect | None:
    """Do the same for several pages at once."""
    pages = [page for page in objects if isinstance(page, Page)]
    return refuse(request, pages) if action_type == "delete" and pages else None


def refuse(request: HttpRequest, pages: list[Page]) -> HttpResponseRedirect | None:
    """Return to where the pages are listed, with the reason, if one of them was sponsored."""
    for page in pages:
        sponsorship = Sponsorship.objects.filter(topic__path__startswith=page.path).select_related("topic").first()
        if sponsorship:
            text = _("“%(topic)s” has been sponsored, and the page of sponsors says so. Unpublish it instead.")
            messages.error(request, text % {"topic": sponsorship.subject})
            return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
    return None
