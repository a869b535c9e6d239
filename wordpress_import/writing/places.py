"""Where reviews are brought in."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.models import Site

from research_reviews.models import ReviewIndexPage


class NoPlaceError(Exception):
    """There is no list of reviews at an address. Its text says what to do."""


def place_for(address: str) -> ReviewIndexPage:
    """Return the list of reviews at an address, such as `/reviews/`. Raises NoPlaceError."""
    path = "/" + urlsplit(address).path.strip("/")
    for site in Site.objects.order_by("-is_default_site", "pk").select_related("root_page"):
        wanted = f"{site.root_page.url_path.rstrip('/')}{path.rstrip('/')}/"
        if found := ReviewIndexPage.objects.filter(url_path=wanted).first():
            return found
    known = ", ".join(str(page.url) for page in ReviewIndexPage.objects.all()) or _("none")
    message = _("There is no list of reviews at %(address)s. There are: %(known)s. Make one below the home page.")
    raise NoPlaceError(message % {"address": address, "known": known})
