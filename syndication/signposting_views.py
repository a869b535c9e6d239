"""The link set of a review."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from core.routing import listed_page
from research_reviews.models import ReviewPage
from syndication.signposting import LINKSET_TYPE, linkset, review_signposts
from syndication.structured.publication import Publication


@require_safe
def review_linkset(request: HttpRequest, path: str) -> JsonResponse:
    """Answer with the links of the review at the path. Raises Http404 where readers find none."""
    review = listed_page(request, path, ReviewPage)
    publication = Publication.of(request)
    links = linkset(publication.address_of(review), review_signposts(review, publication))
    return JsonResponse(links, content_type=LINKSET_TYPE, json_dumps_params={"ensure_ascii": False})
