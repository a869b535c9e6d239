"""The results of a page: what is shown of each document, as far as readers may still see what it is of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from research_reviews.models import Credit
from search.documents import Kind, searchable
from search.excerpts import Part, best_passage, excerpt, marked
from search.models import Document
from search.passages import Passage
from search.query import Query

FIELDS = ("pk", "kind", "object_id", "passages", "words")


@dataclass(frozen=True)
class Result:
    """A document as the page shows it."""

    kicker: str
    title: list[Part]
    url: str
    # Where in it the passage stands, in words and as an address; empty where it has no place of its own.
    place: list[Part] = field(default_factory=list)
    place_url: str = ""
    excerpt: list[Part] = field(default_factory=list)
    review: Any = None


def results(numbers: list[int], query: Query) -> list[Result]:
    """Return the results in the order of their numbers, without what has gone since the index was written."""
    documents = {document.pk: document for document in Document.objects.filter(pk__in=numbers).only(*FIELDS)}
    things = things_of(list(documents.values()))
    return [result(documents[number], things[number][1], query) for number in numbers if number in things]


def things_of(documents: list[Document]) -> dict[int, tuple[Kind, Any]]:
    """Return what the documents are of, with its kind, by number: as far as readers may see it now."""
    return dict(_things(documents))


def _things(documents: list[Document]) -> Iterator[tuple[int, tuple[Kind, Any]]]:
    for kind in Kind:
        mine = {document.object_id: document.pk for document in documents if document.kind == kind}
        if not mine:
            continue
        things: Any = searchable(kind).filter(pk__in=mine)
        if kind == Kind.REVIEW:
            rows = Prefetch("credit_rows", Credit.objects.select_related("person"))
            things = (
                things.marking_retracted()
                .select_related("topic")
                .prefetch_related(rows)
                .defer("body", "key_messages", "credits")
            )
        yield from ((mine[thing.pk], (kind, thing)) for thing in things)


def result(document: Document, thing: Any, query: Query) -> Result:
    """Return what is shown of a document."""
    passages = [Passage.read(stored) for stored in document.passages]
    standfirst = next((passage for passage in passages if passage.kind == "standfirst"), None)
    passage, stems = best_passage(passages, document.words, query) or (standfirst, [])
    url = address(thing)
    place = place_of(passage)
    return Result(
        kicker=kicker(document.kind, thing),
        title=marked(passages[0].text if passages else str(thing), query),
        url=url,
        place=marked(place, query),
        place_url=f"{url}#{passage.anchor}" if passage and passage.anchor else "",
        excerpt=excerpt(passage.text, query, stems) if passage else [],
        review=thing if document.kind == Kind.REVIEW else None,
    )


def address(thing: Any) -> str:
    """Return the address of a page or a person."""
    url: str | None = thing.url if hasattr(thing, "url_path") else thing.get_absolute_url()
    return url or ""


def kicker(kind: str, thing: Any) -> str:
    """Return what stands above the title: the topic of a review, else what it is."""
    if kind == Kind.REVIEW:
        return thing.topic.title if thing.topic else ""
    return str(Kind(kind).label)


def place_of(passage: Passage | None) -> str:
    """Return what leads to the passage, in words."""
    if not passage or not passage.anchor:
        return ""
    names = {
        "finding": _("Finding"),
        "recommendation": _("Recommendation"),
        "quote": _("Quote"),
        "key-message": _("Key message"),
        "study": _("The study"),
    }
    name = names.get(passage.kind, "")
    return ": ".join(part for part in (name, passage.heading) if part) or _("In the review")
