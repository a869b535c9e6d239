"""A review's feed of responses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from comments.models import Comment
from comments.text import as_html, cleaned_line
from core.routing import listed_page
from research_reviews.models import ReviewPage
from site_settings.models import BrandSettings

RESPONSES_IN_FEED = 50


@require_safe
def responses(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the newest approved responses to the review at the path. Raises Http404 where there is no review."""
    review = listed_page(request, path, ReviewPage)
    root, url = Site.find_for_request(request).root_url, review.full_url
    feed = Atom1Feed(
        title=_("Responses to “%(title)s”") % {"title": cleaned_line(review.title)},
        link=url,
        description=cleaned_line(review.standfirst),
        language=review.locale.language_code,
        author_name=BrandSettings.for_request(request).site_name,
        feed_url=f"{root}{request.path}",
    )
    newest = Comment.objects.approved().filter(page=review).order_by("-created_at", "-pk")
    for comment in newest[:RESPONSES_IN_FEED]:
        address = f"{root}{reverse('comments:permalink', args=[comment.pk])}"
        feed.add_item(
            title=_("Response by %(name)s") % {"name": cleaned_line(comment.name)},
            link=address,
            description=as_html(comment.text),
            author_name=cleaned_line(comment.name),
            author_link=comment.website or None,
            pubdate=comment.created_at,
            updateddate=comment.created_at,
            unique_id=address,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
