"""The newest items of a list of evidence, with the same filters, as a feed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from wagtail.models import Site

from core.feeds import Author, Category, Entry, Feed
from research_reviews.evidence_filters import EvidenceFilters, chosen_labels, selects
from research_reviews.evidence_kinds import Kind
from research_reviews.evidence_lists import EvidenceList
from research_reviews.evidence_records import records
from site_settings.models import BrandSettings

ITEMS_IN_FEED = 50
# Of a feed that has never had an entry, on a site that nobody has published.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
TITLE_LENGTH = 90


def feed(request: HttpRequest, kind: Kind) -> Feed:
    """Return the newest items of the list that the request asks for."""
    site = Site.find_for_request(request)
    filters = EvidenceFilters.of_list(kind, request.GET)
    chosen = ", ".join(chosen_labels(selects(kind, filters)))
    name = BrandSettings.for_site(site).site_name
    items = EvidenceList(kind, filters).part(0, ITEMS_IN_FEED)
    whole = zip(items, records(items, request), strict=True)
    return Feed(
        title=" – ".join(filter(None, (f"{kind.title}: {chosen}" if chosen else str(kind.title), name))),
        subtitle=str(kind.introduction),
        url=f"{site.root_url}{kind.address()}{'?' if filters.query else ''}{filters.query}",
        base=f"{site.root_url}{kind.address('feed')}",
        query=filters.query,
        site=Author(name, f"{site.root_url}/"),
        language=get_language() or "",
        began=site.root_page.first_published_at or BEGINNING,
        entries=[entry(item, record) for item, record in whole],
    )


def entry(item: Any, record: dict[str, Any]) -> Entry:
    """Return an item as an entry. Its place in its review is its address, and its id."""
    words = record["label"] or record["text"]
    published = day_of(item.review)
    changed = max(published, item.review.last_published_at or published)
    return Entry(
        id=record["address"],
        url=record["address"],
        title=Truncator(words).chars(TITLE_LENGTH) or record["review_title"],
        html=render_to_string("research_reviews/evidence_entry.html", {"record": record, "item": item}),
        summary=Truncator(record["text"] or words).words(60),
        published=published,
        # Feed validators warn of entries that changed at the very same time, as all items of a review do.
        updated=changed + timedelta(microseconds=item.sort_order),
        authors=[Author(record["attribution"])] if record["attribution"] else [],
        categories=[Category(topic) for topic in record["topics"]],
    )


def day_of(review: Any) -> datetime:
    """Return the beginning of the review's day, as its date says no time."""
    day = review.date or review.evidence_source.published_on
    return timezone.make_aware(datetime.combine(day, time.min)) if day.year > 1 else BEGINNING
