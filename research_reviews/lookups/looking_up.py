"""Asks the registries one after another, or side by side, so that an editor waits five seconds at most."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace

from django.utils.translation import gettext as _

from research_reviews.lookups import crossref, datacite, pubmed, unpaywall
from research_reviews.lookups.client import LookupFailed
from research_reviews.lookups.query import Identifier, read_identifier
from research_reviews.lookups.record import StudyRecord

# In all, with half a second kept for the page itself.
SECONDS = 4.5
# How long Crossref is waited for before DataCite is asked as well, and PubMed before it is given up.
PATIENCE = 2.0


class NotFound(LookupFailed):
    """No registry knows it."""


def look_up(text: str) -> StudyRecord:
    """Return the study that a DOI, an address or a PubMed id names, from whoever knows it.

    Raises ValidationError where the text names none, NotFound where nobody knows it, LookupFailed where nobody could be
    asked; each with a sentence. That one of several registries is away is a note in the record.
    """
    identifier = read_identifier(text)
    ends = time.monotonic() + SECONDS
    with ThreadPoolExecutor(max_workers=3) as pool:
        if identifier.kind == "doi":
            return by_doi(pool, identifier.value, ends)
        return by_number(pool, identifier, ends)


def by_number(pool: ThreadPoolExecutor, identifier: Identifier, ends: float) -> StudyRecord:
    """Return the study with a number of PubMed's; its DOI, where it has one, tells more."""
    record = pubmed.look_up(
        identifier.value, min(PATIENCE + 1, left(ends)), "pmc" if identifier.kind == "pmc" else "pubmed"
    )
    if record is None:
        raise NotFound(_("PubMed knows no %(id)s. Check the number.") % {"id": identifier})
    if not record.doi:
        return record
    try:
        return by_doi(pool, record.doi, ends).completed_by(record)
    except LookupFailed as error:
        return replace(record, notes=(*record.notes, str(error)))


def by_doi(pool: ThreadPoolExecutor, doi: str, ends: float) -> StudyRecord:
    """Return the study with a DOI, with how it can be read."""
    access = start(pool, unpaywall.look_up, doi, left(ends))
    record = described(pool, doi, ends)
    try:
        # Its address is of a free copy, which is why it comes before a publisher's.
        return record.completed_by(result(access, ends), also=["url"])
    except LookupFailed as error:
        return replace(record, notes=(*record.notes, str(error)))


def described(pool: ThreadPoolExecutor, doi: str, ends: float) -> StudyRecord:
    """Return what Crossref says, or else DataCite: where Crossref knows nothing, fails or takes its time."""
    failures: list[LookupFailed] = []
    first = start(pool, crossref.look_up, doi, left(ends))
    wait([first], timeout=min(PATIENCE, left(ends)))
    answers = [first]
    if first.done():
        if record := attempt(first, ends, failures):
            return record
        answers = []
    answers.append(start(pool, datacite.look_up, doi, left(ends)))
    for answer in answers:
        if record := attempt(answer, ends, failures):
            return record
    if failures:
        raise failures[0]
    raise NotFound(
        _("Neither Crossref nor DataCite knows %(doi)s. Check it, or fill in the form by hand.") % {"doi": doi}
    )


def attempt(answer: Future[StudyRecord | None], ends: float, failures: list[LookupFailed]) -> StudyRecord | None:
    """Return what an answer holds; None, and a note of the failure, where it is none."""
    try:
        return result(answer, ends)
    except LookupFailed as error:
        failures.append(error)
        return None


def result(answer: Future[StudyRecord | None], ends: float) -> StudyRecord | None:
    """Return an answer when it comes. Raises LookupFailed where it failed, or does not come in time."""
    try:
        return answer.result(max(ends - time.monotonic(), 0))
    except FutureTimeoutError as error:
        raise LookupFailed(_("A registry did not answer in time. Try again later.")) from error


def start(
    pool: ThreadPoolExecutor, look: Callable[[str, float], StudyRecord | None], doi: str, seconds: float
) -> Future[StudyRecord | None]:
    """Ask in the background, in the editor's language."""
    return pool.submit(contextvars.copy_context().run, look, doi, seconds)


def left(ends: float) -> float:
    """Return the seconds that are left, and a moment where there are none: in it the client says that it was slow."""
    return max(ends - time.monotonic(), 0.05)
