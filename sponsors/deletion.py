"""Keeps a topic that was sponsored: who paid for what stays on record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from sponsors.models import Sponsorship


def refuse_sponsored_topic(request: HttpRequest, page: Page) -> HttpResponseRedirect | None:
    """Refuse to delete a topic, or a page above one, that the ledger names (before_delete_page).

    Several at once Wagtail itself refuses, because a sponsorship protects its topic.
    """
    sponsorship = Sponsorship.objects.filter(topic__path__startswith=page.path).select_related("topic").first()
    if request.method != "POST" or not sponsorship:
        return None
    text = _("“%(topic)s” has been sponsored, and the page of sponsors says so. Unpublish it instead.")
    messages.error(request, text % {"topic": sponsorship.subject})
    return redirect("wagtailadmin_explore", page.get_parent().pk)
