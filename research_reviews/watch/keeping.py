"""Writes down what was found out about a study, so that readers, editors and feeds hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from research_reviews.identifiers import doi_url
from research_reviews.models import Study, StudyNotice
from research_reviews.watch.asking import Finding
from research_reviews.watch.kinds import deciding, standing_of
from research_reviews.watch.updates import Update, group

Key = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """What is new about a study: how it stood and stands (values of Study.Retraction), and its new and gone notices."""

    study: Study
    before: str
    after: str
    source: str
    new: tuple[Update, ...] = ()
    gone: tuple[StudyNotice, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether anybody should hear of it: that a study was looked at and nothing found is none."""
        unknown = {Study.Retraction.NOT_CHECKED: Study.Retraction.NONE}
        return bool(self.new or self.gone) or unknown.get(Study.Retraction(self.before), self.before) != self.after


def keep(pk: int, finding: Finding, now: datetime, *, dry_run: bool = False) -> Change | None:
    """Write a finding about a study and return what changed by it; in a dry run, write nothing.

    Returns None where the study is gone or has another DOI by now. It can be done twice, also at once.
    """
    with transaction.atomic():
        study = Study.objects.select_for_update(of=("self",)).filter(pk=pk, doi=finding.doi).first()
        if study is None:
            return None
        rows = {(group(row.kind), row.doi): row for row in study.notices.all()}
        change = compare(study, rows, finding)
        if not dry_run:
            write(change, rows, finding, now)
        return change


def compare(study: Study, rows: dict[Key, StudyNotice], finding: Finding) -> Change:
    """Return what a finding changes.

    What Crossref does not know at all says nothing of a study: what was known of it before stays.
    """
    before = study.retraction_status
    if not finding.is_known:
        after = Study.Retraction.NONE if before == Study.Retraction.NOT_CHECKED else before
        return Change(study, before, after, study.retraction_source)
    decides = deciding(finding.updates)
    source = doi_url(decides.doi) if decides and decides.doi else ""
    keys = {update.key for update in finding.updates}
    return Change(
        study,
        before,
        standing_of(decides).value if decides else Study.Retraction.NONE,
        source,
        tuple(update for update in finding.updates if update.key not in rows),
        tuple(row for key, row in rows.items() if key not in keys),
    )


def write(change: Change, rows: dict[Key, StudyNotice], finding: Finding, now: datetime) -> None:
    """Write a change, and when the study was checked."""
    study = change.study
    for row in change.gone:
        row.delete()
    reworded = write_again(rows, finding.updates)
    for update in change.new:
        study.notices.create(
            kind=update.kind, doi=update.doi, date=update.date, source=update.source, found_at=timezone.now()
        )
    study.retraction_status, study.retraction_source = change.after, change.source
    study.retraction_checked_at = now
    if change.is_news or reworded:
        # Saved, so that pages are made anew and harvesters hear of it (core.signals, syndication.oai.signals).
        study.save(update_fields=["retraction_status", "retraction_source", "retraction_checked_at"])
    else:
        Study.objects.filter(pk=study.pk).update(
            retraction_status=change.after, retraction_source=change.source, retraction_checked_at=now
        )


def write_again(rows: dict[Key, StudyNotice], updates: Iterable[Update]) -> bool:
    """Write what is said otherwise of notices that are known: a date, or who says so. Returns whether anything is."""
    changed = False
    for update in updates:
        row = rows.get(update.key)
        said = {"kind": update.kind.value, "date": update.date, "source": update.source}
        if row and said != {name: getattr(row, name) for name in said}:
            StudyNotice.objects.filter(pk=row.pk).update(**said)
            changed = True
    return changed


def forget(study: Study) -> None:
    """Forget what was found out under another DOI: the study is checked anew, before others."""
    study.notices.all().delete()
    study.retraction_status, study.retraction_source = Study.Retraction.NOT_CHECKED, ""
    study.retraction_checked_at = None
    Study.objects.filter(pk=study.pk).update(
        retraction_status=study.retraction_status, retraction_source="", retraction_checked_at=None
    )
