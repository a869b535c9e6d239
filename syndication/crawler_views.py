"""What crawlers ask for first: robots.txt, and the sitemap, beyond 10,000 addresses an index of several files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.feeds.xml import Document
from syndication.models import SyndicationSettings
from syndication.robots import robots_txt
from syndication.sitemap import PLACES_A_FILE, SECTIONS, File, Place, everything, files

MOST_FILES = 50_000
TYPE = "application/xml; charset=utf-8"
NAMESPACE = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}
IMAGES = {"xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1"}


@csrf_exempt
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer crawlers that ask what they may read."""
    text = robots_txt(Site.find_for_request(request), SyndicationSettings.for_request(request).robots)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@csrf_exempt
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with every address, or with the files that hold them."""
    site = Site.find_for_request(request)
    places = everything(site)
    body = written_places(places) if places is not None else written_files(files(site), site.root_url)
    return HttpResponse(body, content_type=TYPE)


@csrf_exempt
@require_safe
def file(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Answer with one of the files. Raises Http404 where there is none."""
    if name not in SECTIONS:
        raise Http404
    # Beyond that no site has a file, and no database takes the number.
    is_number = 0 < number <= MOST_FILES
    section = SECTIONS[name](Site.find_for_request(request))
    places = list(section.places((number - 1) * PLACES_A_FILE, PLACES_A_FILE)) if is_number else []
    if not places:
        raise Http404
    return HttpResponse(written_places(places), content_type=TYPE)


def written_places(places: Iterable[Place]) -> bytes:
    """Return addresses as a file of a sitemap."""
    xml = Document()
    xml.open("urlset", {**NAMESPACE, **IMAGES})
    for place in places:
        xml.open("url")
        xml.leaf("loc", place.address)
        write_change(xml, place.changed)
        if place.image:
            xml.open("image:image")
            xml.leaf("image:loc", place.image)
            xml.close("image:image")
        xml.close("url")
    xml.close("urlset")
    return xml.written()


def written_files(index: Iterable[File], root: str) -> bytes:
    """Return the index of the files."""
    xml = Document()
    xml.open("sitemapindex", NAMESPACE)
    for entry in index:
        xml.open("sitemap")
        xml.leaf("loc", f"{root}{reverse('syndication:sitemap_file', args=[entry.name, entry.number])}")
        write_change(xml, entry.changed)
        xml.close("sitemap")
    xml.close("sitemapindex")
    return xml.written()


def write_change(xml: Document, changed: datetime | None) -> None:
    """Write when it last changed, where that is known."""
    if changed:
        xml.leaf("lastmod", changed.isoformat(timespec="seconds"))
