"""Public views of the feeds of reviews."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core.feeds import answer
from core.models import BasePage
from core.routing import listed_page
from research_reviews.models import Person, ReviewIndexPage, TopicPage
from syndication.feeds.channels import channel_of, feed


# Nothing is taken by any of these views, so that what is wrong is the method.
@csrf_exempt
@require_safe
def of_page(request: HttpRequest, path: str, kind: str = "rss") -> HttpResponse:
    """Answer with the feed of the list of reviews or of the topic at the path. Raises Http404 where there is none."""
    page = listed_page(request, path, BasePage)
    if not isinstance(page, (ReviewIndexPage, TopicPage)):
        raise Http404
    return answer(request, feed(request, channel_of(page)), kind)


@csrf_exempt
@require_safe
def of_person(request: HttpRequest, slug: str, kind: str = "rss") -> HttpResponse:
    """Answer with the feed of the reviews that name a person. Raises Http404 where there is nobody."""
    if "\0" in slug:  # PostgreSQL takes no such text
        raise Http404
    return answer(request, feed(request, channel_of(get_object_or_404(Person, slug=slug))), kind)
