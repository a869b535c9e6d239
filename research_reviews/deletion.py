"""Keeps topics that reviews stand on from being deleted: an answer in words instead of a database error."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from research_reviews.models import ReviewPage


def refuse_needed_topics(request: HttpRequest, page: Page) -> HttpResponseRedirect | None:
    """Refuse to delete a topic, or a page above it, while reviews have it as their first topic (before_delete_page)."""
    return refusal(request, [page]) if request.method == "POST" else None


def refuse_needed_topics_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: object
) -> HttpResponseRedirect | None:
    """Do the same for several pages at once (before_bulk_action)."""
    pages = [page for page in objects if isinstance(page, Page)]
    return refusal(request, pages) if action_type == "delete" and pages else None


def refusal(request: HttpRequest, pages: list[Page]) -> HttpResponseRedirect | None:
    """Return to where the pages are listed, with the reason, if reviews outside the pages need them."""
    needing = [review for page in pages for review in reviews_needing(page, pages)]
    if not needing:
        return None
    text = ngettext(
        "“%(topic)s” is still the topic of %(count)d review: %(reviews)s. Give it another topic first.",
        "“%(topic)s” is still the topic of %(count)d reviews: %(reviews)s. Give them another topic first.",
        len(needing),
    )
    names = [review.title for review in needing[:3]]
    if len(needing) > len(names):
        names.append(_("%(count)d more") % {"count": len(needing) - len(names)})
    topic = needing[0].topic
    values = {"topic": topic.title if topic else "", "count": len(needing), "reviews": get_text_list(names, _("and"))}
    messages.error(request, text % values)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def reviews_needing(page: Page, leaving: list[Page]) -> Iterable[ReviewPage]:
    """Return the reviews, other than those that go as well, whose first topic is the page or stands below it."""
    reviews = ReviewPage.objects.filter(topic__path__startswith=page.path).select_related("topic")
    for gone in leaving:
        reviews = reviews.not_descendant_of(gone, inclusive=True)
    return reviews.order_by("title")
