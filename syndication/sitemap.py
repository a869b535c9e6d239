"""What search engines may find: every listed page, people who are named on one, and the lists across reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urljoin

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from wagtail.models import Page, Site

from core.querysets import ListedQuerySet
from images.models import CustomRendition
from images.renditions import KINDS
from research_reviews.models import Audience, Person, Recommendation, ReviewPage, ReviewStudy, TopicPage

# The protocol's own limit is 50,000. Smaller files are made and read in one go.
PLACES_A_FILE = 10_000
# Lists that are no pages of Wagtail's.
LISTS = (
    "research_reviews:findings",
    "research_reviews:recommendations",
    "research_reviews:quotes",
    "research_reviews:evidence_map",
    "sponsors:ledger",
    "subscriptions:subscribe",
)
PICTURE = KINDS["header"].fallback_spec
# By what a page shows as its picture.
PICTURE_FIELDS = ((ReviewPage, "header_image"), (TopicPage, "image"))


@dataclass(frozen=True)
class Place:
    """An address with what is known of it. All addresses are whole."""

    address: str
    changed: datetime | None = None
    image: str = ""


class Section:
    """A part of the site whose places stand in an order that does not change, so that a file keeps what it holds."""

    name = ""

    def __init__(self, site: Site) -> None:
        self.site = site

    @property
    def number(self) -> int:
        """How many places there are."""
        return len(self.changes)

    @property
    def changes(self) -> list[datetime | None]:
        """When each place last changed, in their order."""
        raise NotImplementedError

    def places(self, first: int, number: int) -> Iterator[Place]:
        """Yield so many places from the given one on."""
        raise NotImplementedError

    def whole(self, path: str) -> str:
        """Return the whole address of a path; one that is whole already stays."""
        return iri_to_uri(urljoin(f"{self.site.root_url}/", path))


class Pages(Section):
    """Wagtail's pages, the oldest first."""

    name = "pages"

    @cached_property
    def _pages(self) -> ListedQuerySet:
        listed = ListedQuerySet(Page).listed().descendant_of(self.site.root_page, inclusive=True)
        return listed.order_by("pk")

    @property
    def number(self) -> int:
        """How many pages there are."""
        return self._pages.count()

    @cached_property
    def _noticed(self) -> dict[int, datetime]:
        links = ReviewStudy.objects.filter(study__notices__isnull=False).order_by()
        return dict(links.values_list("review").annotate(newest=Max("study__notices__found_at")))

    @property
    def changes(self) -> list[datetime | None]:
        """When each page was last published, or its study retracted or corrected."""
        return [self._changed(*row) for row in self._pages.values_list("pk", "last_published_at")]

    def _changed(self, pk: int, published: datetime | None) -> datetime | None:
        return max(filter(None, (published, self._noticed.get(pk))), default=None)

    def places(self, first: int, number: int) -> Iterator[Place]:
        """Yield so many pages with their pictures, in the same few queries however many there are."""
        start = len(self.site.root_page.url_path)
        rows = list(self._pages.values_list("pk", "url_path", "last_published_at")[first : first + number])
        images = pictures(rows[0][0], rows[-1][0]) if rows else {}
        for pk, url_path, changed in rows:
            image = self.whole(images[pk]) if pk in images else ""
            yield Place(self.whole(f"/{url_path[start:]}"), self._changed(pk, changed), image)


def pictures(first: int, last: int) -> dict[int, str]:
    """Return the addresses of the pictures of pages from one key to another. Those not yet made are left out."""
    shown: dict[int, int] = {}
    for model, field in PICTURE_FIELDS:
        pages = model._base_manager.filter(pk__gte=first, pk__lte=last, **{f"{field}__isnull": False})
        shown.update(pages.values_list("pk", f"{field}_id"))
    made = CustomRendition.objects.filter(filter_spec=PICTURE, focal_point_key="", image__in=set(shown.values()))
    urls = {rendition.image_id: rendition.url for rendition in made.only("image_id", "file")}
    return {page: urls[image] for page, image in shown.items() if image in urls}


class People(Section):
    """Everybody whom a listed review names: the page of others is not for search engines."""

    name = "people"

    @cached_property
    def _changed(self) -> dict[int, datetime | None]:
        listed = ReviewPage.objects.listed().order_by()
        changed: dict[int, datetime | None] = {}
        for named in ("credit_rows__person", "review_studies__study__study_authors__person"):
            people = listed.filter(**{f"{named}__isnull": False}).values_list(named)
            for pk, newest in people.annotate(newest=Max("last_published_at")):
                known = changed.get(pk)
                changed[pk] = max(known, newest) if known and newest else known or newest
        return dict(sorted(changed.items()))

    @property
    def changes(self) -> list[datetime | None]:
        """When the newest review of each person was last published."""
        return list(self._changed.values())

    def places(self, first: int, number: int) -> Iterator[Place]:
        """Yield the pages of so many people."""
        keys = list(self._changed)[first : first + number]
        slugs = dict(Person.objects.filter(pk__in=keys).values_list("pk", "slug"))
        for pk in keys:
            if pk in slugs:
                yield Place(self.whole(reverse("research_reviews:person", args=[slugs[pk]])), self._changed[pk])


class Lists(Section):
    """The lists across reviews, and the page of each audience that a recommendation speaks to."""

    name = "lists"

    @cached_property
    def _paths(self) -> list[str]:
        spoken = Recommendation.audiences.through.objects.filter(
            audience=OuterRef("pk"), recommendation__in=Recommendation.objects.listed().order_by().values("pk")
        )
        slugs = Audience.objects.filter(Exists(spoken)).order_by("pk").values_list("slug", flat=True)
        audiences = (reverse("research_reviews:audience", args=[slug]) for slug in slugs)
        return [*map(reverse, LISTS), *audiences]

    @property
    def changes(self) -> list[datetime | None]:
        """Nothing is known of when a list changed."""
        return [None] * len(self._paths)

    def places(self, first: int, number: int) -> Iterator[Place]:
        """Yield so many lists."""
        for path in self._paths[first : first + number]:
            yield Place(self.whole(path))


SECTIONS = {section.name: section for section in (Pages, People, Lists)}


@dataclass(frozen=True)
class File:
    """A file that holds a part of the places, and when the newest of them changed."""

    name: str
    number: int
    changed: datetime | None


def files(site: Site) -> Iterator[File]:
    """Yield the files that all places take."""
    for name, section in SECTIONS.items():
        changes = section(site).changes
        for number, first in enumerate(range(0, len(changes), PLACES_A_FILE), start=1):
            known = [changed for changed in changes[first : first + PLACES_A_FILE] if changed]
            yield File(name, number, max(known, default=None))


def everything(site: Site) -> list[Place] | None:
    """Return all places; None where they are too many for one file."""
    sections = [section(site) for section in SECTIONS.values()]
    if sum(section.number for section in sections) > PLACES_A_FILE:
        return None
    return [place for section in sections for place in section.places(0, PLACES_A_FILE)]
