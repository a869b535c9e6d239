"""Checks studies: asks about them and writes what is said, one after the other. It can be stopped at any point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from research_reviews.models import Study
from research_reviews.watch.asking import AT_ONCE, Asker, Failure
from research_reviews.watch.keeping import Change, keep


@dataclass(frozen=True)
class Checked:
    """A study that was asked about: what changed, or why nothing is known."""

    study: Study
    change: Change | None = None
    failure: str = ""


def check(studies: Iterable[Study], asker: Asker, now: datetime, *, dry_run: bool = False) -> Iterator[Checked]:
    """Yield each study when it has been checked and what was found is written. Raises GaveUp.

    Several with the same DOI among so many as are asked about at once are asked about once.
    """
    several: dict[str, list[Study]] = defaultdict(list)
    for study in studies:
        several[study.doi].append(study)
        if len(several) == AT_ONCE:
            yield from check_together(several, asker, now, dry_run)
            several.clear()
    yield from check_together(several, asker, now, dry_run)


def check_together(several: dict[str, list[Study]], asker: Asker, now: datetime, dry_run: bool) -> Iterator[Checked]:
    """Yield the studies, given by their DOIs, as answers come."""
    for answer in asker.ask(list(several)):
        for study in several[answer.doi]:
            if isinstance(answer, Failure):
                yield Checked(study, failure=answer.reason)
            else:
                yield Checked(study, keep(study.pk, answer, now, dry_run=dry_run))
