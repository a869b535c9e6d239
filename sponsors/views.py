"""Public views of the sponsors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.querysets import ListedQuerySet
from sponsors.counting import count_click
from sponsors.ledger import ledger
from sponsors.models import Sponsorship
from sponsors.visitors import is_followed_link


@require_safe
def ledger_page(request: HttpRequest) -> HttpResponse:
    """Show who sponsored which topic, and when."""
    return render(request, "sponsors/ledger.html", {"entries": ledger()})


@require_safe
@cache_control(private=True, no_store=True)
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the sponsor's website, and count that somebody went.

    Raises Http404 for a sponsorship that is none or has not begun. Leads nowhere but to the website that is set up.
    """
    begun = Sponsorship.objects.begun_by(timezone.localdate()).select_related("sponsor")
    sponsorship = get_object_or_404(begun, pk=pk)
    page = request.GET.get("page", "")
    if sponsorship.is_running and is_followed_link(request) and is_page(page):
        count_click(request, sponsorship.pk, int(page))
    response = HttpResponseRedirect(sponsorship.sponsor.website)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "strict-origin"
    return response


def is_page(number: str) -> bool:
    """Whether it is the number of a page that the public may see."""
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    return is_number and ListedQuerySet(Page).listed().filter(pk=int(number)).exists()
