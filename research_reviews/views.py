"""Public views that are no pages of Wagtail's."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.pagination import paginate
from research_reviews.models import Person, ReviewPage
from research_reviews.models.pages import REVIEWS_A_PAGE
from research_reviews.profiles import reviews_by_contribution


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a person and the listed reviews that they are credited on."""
    if "\0" in slug:  # PostgreSQL takes no such text
        raise Http404
    person = get_object_or_404(Person.objects.select_related("photo"), slug=slug)
    reviews = ReviewPage.objects.listed().crediting(person).newest_first().for_cards()
    page = paginate(reviews, request, REVIEWS_A_PAGE)
    context = {"person": person, "reviews": page, "groups": reviews_by_contribution(person, page)}
    return render(request, "research_reviews/person.html", context)
