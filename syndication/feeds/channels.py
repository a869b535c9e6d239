"""What each feed is a feed of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import get_language
from wagtail.models import Site

from core.feeds import Author, Feed
from core.pagination import paginate
from images.pictures import picture_of
from research_reviews.models import Person, ReviewIndexPage, ReviewPage, TopicPage
from research_reviews.querysets import ReviewQuerySet
from site_settings.models import BrandSettings
from syndication.feeds.items import EntryWriter
from syndication.feeds.notices import with_notices
from syndication.feeds.places import FEED, path_of, title_of
from syndication.models import SyndicationSettings

REVIEWS_A_PAGE = 25
# Of a feed that has never had an entry, on a site that nobody has published.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Channel:
    """A list of reviews that has a feed, and what the feed is called after."""

    thing: ReviewIndexPage | TopicPage | Person
    subtitle: str
    reviews: ReviewQuerySet
    began: datetime | None = None


def channel_of(thing: ReviewIndexPage | TopicPage | Person) -> Channel:
    """Return the channel of a list of reviews, a topic or a person."""
    reviews = ReviewPage.objects.listed()
    if isinstance(thing, Person):
        return Channel(thing, thing.bio or thing.affiliation, reviews.crediting(thing))
    began = thing.last_published_at or thing.first_published_at
    if isinstance(thing, TopicPage):
        return Channel(thing, thing.introduction, reviews.about(thing), began)
    return Channel(thing, "", reviews.descendant_of(thing), began)


def feed(request: HttpRequest, channel: Channel) -> Feed:
    """Return the page of the channel's feed that the request asks for. Raises Http404 for one too many."""
    site = Site.find_for_request(request)
    brand, settings = BrandSettings.for_site(site), SyndicationSettings.for_site(site)
    reviews = channel.reviews.newest_first().select_related("topic")
    page = paginate(reviews, request, REVIEWS_A_PAGE)
    writer = EntryWriter(site.root_url, brand.site_name)
    path = path_of(channel.thing)
    entries = writer.entries(list(page))
    if page.number == 1:
        entries = with_notices(entries, channel.reviews, writer, is_whole=not page.has_next())
    return Feed(
        title=title_of(channel.thing, brand.site_name),
        url=writer.whole(path),
        base=writer.whole(f"{path}{FEED}"),
        site=Author(brand.site_name, writer.whole("/")),
        language=get_language() or "",
        began=channel.began or site.root_page.first_published_at or BEGINNING,
        entries=entries,
        subtitle=channel.subtitle or brand.strapline,
        licence_url=settings.licence_url,
        logo_url=logo_url(brand, writer),
        icon_url=writer.whole(static("icons/favicon.svg")),
        hub=settings.websub_hub,
        number=page.number,
        last_number=page.paginator.num_pages,
    )


def logo_url(brand: BrandSettings, writer: EntryWriter) -> str:
    """Return the address of the site's logo; empty without one."""
    rendition = picture_of(brand.logo, "logo").fallback if brand.logo else None
    return writer.whole(rendition.url) if rendition else ""
