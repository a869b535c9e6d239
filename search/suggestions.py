"""What a reader who has begun to type may mean: reviews, topics and people by title, and words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse

from search import bitmaps, postings, vocabulary
from search.models import Document
from search.query import parse
from search.results import address, things_of
from search.text import stem, words

MOST_TITLES = 5
MOST_WORDS = 5
# Of a word that is not finished: how many ways it may go on are looked up in titles.
MOST_ENDINGS = 20


@dataclass(frozen=True)
class Suggestion:
    """A line of the list: its text, what it is, and where it leads."""

    text: str
    kind: str
    url: str


def suggestions(typed: str) -> list[Suggestion]:
    """Return what may be meant, words first: they are what was being typed."""
    text = parse(typed).text
    found = list(words(text))
    if not found:
        return []
    last = found[-1]
    is_open = last.end == len(text) and not typed[-1:].isspace()
    before = [word.stem for word in (found[:-1] if is_open else found)]
    endings = vocabulary.completions(last.folded, MOST_ENDINGS) if is_open else []
    finished = [text[: last.start] + ending for ending in endings[:MOST_WORDS] if ending != last.folded]
    # Of a single letter nothing can be said yet.
    last_stems = {stem(ending) for ending in (*endings, last.folded)} if is_open and len(last.folded) > 1 else set()
    return [*map(of_words, finished), *titled(before, last_stems)]


def of_words(text: str) -> Suggestion:
    """Return the suggestion to search for a text."""
    return Suggestion(text, "", f"{reverse('search:search')}?{urlencode({'q': text})}")


def titled(stems: list[str], last: set[str]) -> list[Suggestion]:
    """Return what has all of the stems, and one of the last ones, in its title."""
    if not (stems or last):
        return []
    sets = postings.load({*stems, *last})
    shown = postings.facets().get((postings.ALL, 0), 0)
    ending = [bitmaps.union(sets.get((word, 3), 0) for word in last)] if last else []
    bits = bitmaps.intersection([*(sets.get((word, 3), 0) for word in stems), *ending], shown)
    numbers = list(islice(bitmaps.newest_first(bits), MOST_TITLES))
    documents = Document.objects.filter(pk__in=numbers).only("pk", "kind", "object_id")
    found = things_of(list(documents))
    return [
        Suggestion(str(getattr(thing, "title", thing)), str(Document.Kind(kind).label), address(thing))
        for kind, thing in (found[number] for number in numbers if number in found)
    ]
