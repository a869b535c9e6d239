"""What a publisher can say of a study that has come out, and what holds when it has said several things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a notice is: Crossref's types of updates, and those of Retraction Watch."""

    RETRACTION = "retraction", _("Retraction")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    REMOVAL = "removal", _("Removal")
    PARTIAL = "partial_retraction", _("Retraction of a part")
    CONCERN = "concern", _("Expression of concern")
    CORRECTION = "correction", _("Correction")
    ADDENDUM = "addendum", _("Addendum")
    REINSTATEMENT = "reinstatement", _("Reinstatement")
    OTHER = "other", _("Other notice")


class Standing(TextChoices):
    """What holds of a study, from the most serious to the least (the values of Study.Retraction)."""

    RETRACTED = "retracted"
    PARTIAL = "partial"
    CONCERN = "concern"
    CORRECTED = "corrected"
    NONE = "none"


SEVERITY = list(Standing)
STANDINGS = {
    NoticeKind.RETRACTION: Standing.RETRACTED,
    NoticeKind.WITHDRAWAL: Standing.RETRACTED,
    NoticeKind.REMOVAL: Standing.RETRACTED,
    NoticeKind.PARTIAL: Standing.PARTIAL,
    NoticeKind.CONCERN: Standing.CONCERN,
    NoticeKind.CORRECTION: Standing.CORRECTED,
    NoticeKind.ADDENDUM: Standing.CORRECTED,
}
# Of these a reader should hear wherever they met the review.
SERIOUS = {Standing.RETRACTED, Standing.PARTIAL, Standing.CONCERN}
TOLD = [*(kind for kind, standing in STANDINGS.items() if standing in SERIOUS), NoticeKind.REINSTATEMENT]
# By what is in the word, because publishers and Retraction Watch write it as “Retraction”, “retracted” or
# “retraction-and-replacement”. The first that fits counts.
WORDS = (
    ("reinstat", NoticeKind.REINSTATEMENT),
    ("partial", NoticeKind.PARTIAL),
    ("retract", NoticeKind.RETRACTION),
    ("withdraw", NoticeKind.WITHDRAWAL),
    ("remov", NoticeKind.REMOVAL),
    ("concern", NoticeKind.CONCERN),
    ("correct", NoticeKind.CORRECTION),
    ("corrig", NoticeKind.CORRECTION),
    ("errat", NoticeKind.CORRECTION),
    ("clarif", NoticeKind.ADDENDUM),
    ("addend", NoticeKind.ADDENDUM),
)
# These say nothing against what came out before.
NO_NOTICE = re.compile(r"new[\s_-]*(?:version|edition)", re.IGNORECASE)


class Notice(Protocol):
    """What is known of a notice. Its date is in ISO form, as exact as it is known; empty where it is not."""

    @property
    def kind(self) -> str: ...

    @property
    def date(self) -> str: ...


AnyNotice = TypeVar("AnyNotice", bound=Notice)


def kind_of(word: str) -> NoticeKind | None:
    """Return what a notice is by the word that a registry has for it; None where it is no notice."""
    if NO_NOTICE.search(word):
        return None
    return next((kind for part, kind in WORDS if part in word.lower()), NoticeKind.OTHER)


def standing_of(notice: Notice) -> Standing:
    """Return what holds of a study by this notice alone."""
    return STANDINGS.get(NoticeKind(notice.kind), Standing.NONE)


def deciding(notices: Iterable[AnyNotice]) -> AnyNotice | None:
    """Return the notice that says how the study stands: of those that hold, the newest of the most serious."""
    known = list(notices)
    reinstated = [notice.date for notice in known if notice.kind == NoticeKind.REINSTATEMENT]
    holding = [
        notice
        for notice in known
        if standing_of(notice) is not Standing.NONE
        and not (standing_of(notice) in SERIOUS and any(is_lifted(notice.date, date) for date in reinstated))
    ]
    # Sorted twice: by date, and then, which keeps that order, by how serious they are.
    newest_first = sorted(holding, key=lambda notice: notice.date, reverse=True)
    return min(newest_first, key=lambda notice: SEVERITY.index(standing_of(notice)), default=None)


def is_lifted(date: str, reinstated: str) -> bool:
    """Whether a reinstatement came after a notice. Of the same year or month, the reinstatement is the later one."""
    return date[: len(reinstated)] <= reinstated if reinstated else not date
