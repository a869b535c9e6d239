"""Asks Crossref about many DOIs: in lists where that works, else one by one, and never faster than it allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.safe_http.failures import Refused, TooLarge
from research_reviews.lookups import client, crossref
from research_reviews.lookups.client import LookupFailed
from research_reviews.lookups.values import doi_in, mapping, mappings
from research_reviews.watch.pace import Pace, seconds_before
from research_reviews.watch.updates import Update, updates_of

# So many DOIs in one question: its address stays below 2,000 characters as a rule.
AT_ONCE = 20
MOST_NOTICES = 200
SELECTED = "DOI,updated-by,update-to"
# In a filter, commas part conditions and the first colon parts name and value: other DOIs are asked for by themselves.
IN_FILTERS = re.compile(r"10\.[0-9.]+/[\w.()/;-]+")
# What means that we are not wanted, and not that this question is a bad one.
UNWANTED = {401, 403, 429}
# After so many failures in a row Crossref is taken for away.
MOST_FAILURES = 3


class GaveUp(LookupFailed):
    """Crossref cannot be asked any more for now."""


@dataclass(frozen=True)
class Finding:
    """What Crossref says of a DOI. Of one that is not registered there, it says nothing."""

    doi: str
    is_known: bool
    updates: tuple[Update, ...] = ()


@dataclass(frozen=True)
class Failure:
    """Why there is no answer about a DOI: a sentence."""

    doi: str
    reason: str


@dataclass
class Asker:
    """Asks, waits and asks again. `patience` is for how many seconds it waits in all, beyond keeping its pace."""

    patience: float
    attempts: int = 5
    pace: Pace = field(default_factory=Pace)
    failures: int = 0
    waited: float = 0.0
    selects: bool = True

    def ask(self, dois: Sequence[str]) -> Iterator[Finding | Failure]:
        """Yield what is said of each DOI, in its stored form, as soon as it is known. Raises GaveUp."""
        plain = [doi for doi in dois if IN_FILTERS.fullmatch(doi)]
        odd = [doi for doi in dois if not IN_FILTERS.fullmatch(doi)]
        for start in range(0, len(plain), AT_ONCE):
            yield from self.ask_together(plain[start : start + AT_ONCE])
        for doi in odd:
            yield self.ask_alone(doi)

    def ask_together(self, dois: Sequence[str]) -> Iterator[Finding | Failure]:
        """Yield what is said of the DOIs, asked for in one list, or in halves of it where that cannot be answered."""
        if len(dois) == 1:
            yield self.ask_alone(dois[0])
            return
        try:
            works = {doi_in(work.get("DOI")): work for work in self.list_of("doi", dois, len(dois))}
            notices = self.list_of("updates", dois, MOST_NOTICES)
        except GaveUp:
            raise
        except LookupFailed as error:
            # Too long an answer is a matter of size; whatever else is wrong may be so with one of them alone.
            size = len(dois) // 2 if isinstance(error.__cause__, TooLarge) else 1
            for start in range(0, len(dois), size):
                yield from self.ask_together(dois[start : start + size])
            return
        for doi in dois:
            # One that is not in the list may be another name of a work that is, so it is asked for by itself.
            known = Finding(doi, True, updates_of(doi, works[doi], notices)) if doi in works else self.ask_alone(doi)
            yield known

    def ask_alone(self, doi: str) -> Finding | Failure:
        """Return what is said of one DOI. Raises GaveUp."""
        try:
            work = self.work(doi)
            # A DOI that is another name of a work leads to that; notices name the work by its own.
            own = doi_in(work.get("DOI")) if work else ""
            notices = self.notices(own or doi) if work else []
        except GaveUp:
            raise
        except LookupFailed as error:
            self.failures += 1
            if self.failures >= MOST_FAILURES:
                raise gave_up(error) from error
            return Failure(doi, str(error))
        return Finding(doi, work is not None, updates_of(own or doi, work, notices))

    def work(self, doi: str) -> dict[str, Any] | None:
        """Return the record of a DOI; None where Crossref has none (404), or says that it is no DOI (400)."""
        try:
            return crossref.work_in(self.answer(crossref.address(doi), crossref.polite()))
        except LookupFailed as error:
            if error.status == 400:
                return None
            raise

    def notices(self, doi: str) -> list[dict[str, Any]]:
        """Return the notices about one DOI; none where a filter cannot name it. What its own record says is known."""
        if "," in doi:
            return []
        try:
            return self.list_of("updates", [doi], MOST_NOTICES)
        except LookupFailed as error:
            if error.status == 400:
                return []
            raise

    def list_of(self, name: str, dois: Sequence[str], rows: int) -> list[dict[str, Any]]:
        """Return the works that a filter finds. Raises LookupFailed, also where there are more than fit."""
        params = {"filter": ",".join(f"{name}:{doi}" for doi in dois), "rows": rows, **crossref.polite()}
        if self.selects:
            params["select"] = SELECTED
        try:
            answer = self.answer(f"{settings.CROSSREF_URL}works", params)
        except LookupFailed as error:
            if error.status != 400 or not self.selects:
                raise
            # Which fields can be chosen has changed before.
            self.selects = False
            return self.list_of(name, dois, rows)
        message = mapping(mapping(answer).get("message"))
        items, total = message.get("items"), message.get("total-results")
        if not isinstance(items, list) or (isinstance(total, int) and total > rows and len(dois) > 1):
            # Also where nothing is at the address (404): that must not be taken for “no notices”.
            raise LookupFailed(_("Crossref gave a list that cannot be read."), 502)
        return mappings(items)

    def answer(self, url: str, params: dict[str, Any]) -> Any:
        """Return what Crossref answers, if need be to the last attempt. Raises LookupFailed or GaveUp."""
        attempt = 1
        while True:
            self.pace.keep()
            try:
                answer = client.fetch(url, params=params)
                self.pace.learn(answer.headers)
                understood = client.understood(crossref.NAME, answer)
            except LookupFailed as error:
                if error.status in UNWANTED and (error.status != 429 or attempt >= self.attempts):
                    raise gave_up(error) from error
                if not is_passing(error) or attempt >= self.attempts:
                    raise
                self.wait(seconds_before(attempt, error.retry_after), error)
                attempt += 1
            else:
                self.failures = 0
                return understood

    def wait(self, seconds: float, error: LookupFailed) -> None:
        """Wait before another attempt. Raises GaveUp where there is no patience left for it."""
        if self.waited + seconds > self.patience:
            raise gave_up(error) from error
        self.waited += seconds
        self.pace.sleep(seconds)


def gave_up(error: LookupFailed) -> GaveUp:
    """Return a failure as one after which nothing more is asked."""
    return GaveUp(str(error), error.status, error.retry_after)


def is_passing(error: LookupFailed) -> bool:
    """Whether another attempt could succeed."""
    if isinstance(error.__cause__, Refused | TooLarge):
        return False
    # None and 200: no answer, or one that nobody can read.
    return error.status in (None, 200, 408, 429) or (error.status or 0) >= 500
