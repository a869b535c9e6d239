"""A review's feed of responses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Site

from comments.models import Comment
from comments.text import as_html, cleaned_line
from core.feeds import Author, Entry, Feed, answer
from core.routing import listed_page
from research_reviews.models import ReviewPage
from site_settings.models import BrandSettings

RESPONSES_IN_FEED = 50


# It takes nothing, so that what is wrong with a form that is sent here is the method.
@csrf_exempt
@require_safe
def responses(request: HttpRequest, path: str, kind: str = "rss") -> HttpResponse:
    """Answer with the newest approved responses to the review at the path. Raises Http404 where there is no review."""
    review = listed_page(request, path, ReviewPage)
    root, url = Site.find_for_request(request).root_url, review.full_url
    newest = Comment.objects.approved().filter(page=review).order_by("-created_at", "-pk")
    feed = Feed(
        title=_("Responses to “%(title)s”") % {"title": cleaned_line(review.title)},
        subtitle=review.standfirst,
        url=url,
        base=f"{url}responses/feed/",
        site=Author(BrandSettings.for_request(request).site_name, f"{root}/"),
        language=review.locale.language_code,
        began=review.first_published_at or review.latest_revision_created_at,
        entries=[entry(comment, root) for comment in newest[:RESPONSES_IN_FEED]],
    )
    return answer(request, feed, kind)


def entry(comment: Comment, root: str) -> Entry:
    """Return a response as an entry. Its permalink never changes, and so is its id."""
    address = f"{root}{reverse('comments:permalink', args=[comment.pk])}"
    return Entry(
        id=address,
        url=address,
        title=_("Response by %(name)s") % {"name": cleaned_line(comment.name)},
        html=as_html(comment.text),
        summary=Truncator(cleaned_line(comment.text)).words(40),
        published=comment.created_at,
        updated=comment.created_at,
        authors=[Author(cleaned_line(comment.name), comment.website)],
    )
