"""What is exported, batch by batch: reviews and plain pages, in an order that does not change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.apps import apps

from comments.models import Comment
from research_reviews.models import ReviewPage
from research_reviews.portable import Known, Writer, as_written, chosen_in, fetch, gather, to_json
from research_reviews.portable.records import Record
from research_reviews.portable.writing import written
from syndication.export import responses

BATCH = 100


def reviews(only_public: bool) -> list[int]:
    """Return the keys of the reviews, oldest first."""
    found = ReviewPage.objects.listed() if only_public else ReviewPage.objects.filter(alias_of=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


def plain_pages(only_public: bool) -> list[int]:
    """Return the keys of the plain pages, those above before those below."""
    model = plain_page_model()
    found = model.objects.listed() if only_public else model.objects.filter(alias_of=None)
    return list(found.order_by("depth", "path").values_list("pk", flat=True))


def plain_page_model() -> Any:
    """Return the class of plain pages: syndication and home are neighbours, and import nothing of each other."""
    return apps.get_model("home", "StandardPage")


@dataclass(frozen=True)
class Taken:
    """A page with its record, what it refers to, and its responses."""

    page: Any
    record: Record
    known: Known
    comments: list[Comment] = field(default_factory=list)


def read_reviews(pks: Sequence[int], only_public: bool) -> Iterator[Taken]:
    """Yield the reviews, fetched a batch at a time. One that was deleted meanwhile is left out."""
    for start in range(0, len(pks), BATCH):
        some = ReviewPage.objects.filter(pk__in=pks[start : start + BATCH]).select_related("locale").order_by("pk")
        batch = [review if only_public else as_written(review) for review in some]
        known = gather(batch, only_public)
        comments = responses.of_reviews([review.pk for review in batch], only_public)
        for review in batch:
            yield Taken(review, to_json(review, known), known, comments.get(review.pk, []))


def read_plain_pages(pks: Sequence[int], only_public: bool) -> Iterator[Taken]:
    """Yield the plain pages with their records."""
    model = plain_page_model()
    for start in range(0, len(pks), BATCH):
        some = {page.pk: page for page in model.objects.filter(pk__in=pks[start : start + BATCH])}
        batch = [as_written(some[pk]) for pk in pks[start : start + BATCH] if pk in some]
        known = fetch(chosen_in(*(page.body for page in batch)), only_public)
        for page in batch:
            yield Taken(page, plain_page_record(page, known), known)


def plain_page_record(page: Any, known: Known) -> Record:
    """Return a plain page, in the form of a review as far as both have the same."""
    writer, path = Writer(page, known), known.path_of(page)
    return {
        "key": str(page.translation_key),
        "path": path,
        "address": urljoin(known.root_url, path),
        "title": page.title,
        "slug": page.slug,
        "language": page.locale.language_code,
        "status": "live" if page.live else "draft",
        "private": known.is_private(page),
        "dates": {
            "published_on": None,
            **{name: written(getattr(page, name)) for name in ("first_published_at", "last_published_at")},
        },
        "search": {"title": page.seo_title, "description": page.search_description},
        "introduction": page.introduction,
        "body": writer.stream(page.body),
        "people": writer.people,
        "images": writer.images,
        "documents": writer.documents,
        "audiences": writer.audiences,
    }
