"""What readers are told of a study that its publisher has retracted, warned of or corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from research_reviews.models.notices import StudyNotice
from research_reviews.models.studies import Study
from research_reviews.partial_date import PartialDate
from research_reviews.watch.kinds import SERIOUS, NoticeKind, deciding

NOTICED = [Study.Retraction.RETRACTED, Study.Retraction.PARTIAL, Study.Retraction.CONCERN, Study.Retraction.CORRECTED]
# In these nobody should trust the study, or a part of it, any more.
WARNED = [status for status in NOTICED if status.value in SERIOUS]
TEXTS = {
    Study.Retraction.RETRACTED: _("This study has been retracted. Do not rely on its findings."),
    Study.Retraction.PARTIAL: _("Parts of this study have been retracted. Read the notice before you rely on it."),
    Study.Retraction.CONCERN: _("The publisher has expressed concern about this study."),
    Study.Retraction.CORRECTED: _("The publisher has corrected this study since it came out."),
}
# Where a notice says more exactly what was done.
TEXTS_OF_KINDS = {
    NoticeKind.WITHDRAWAL: _("This study has been withdrawn. Do not rely on its findings."),
    NoticeKind.REMOVAL: _("This study has been removed by its publisher. Do not rely on its findings."),
    NoticeKind.ADDENDUM: _("The publisher has added to this study since it came out."),
}


@dataclass(frozen=True)
class Notice:
    """What the publisher has since said of a study: in our words, when, and where it can be read."""

    status: str
    text: str | Promise
    source: str
    date: PartialDate | None = None

    @property
    def address(self) -> str:
        """The address as it is written out, so that it can be followed from paper."""
        return self.source.removeprefix("https://").removeprefix("http://")


def notice_of(study: Study) -> Notice | None:
    """Return what readers are told of a study; None where its publisher has said nothing since, or nobody asked."""
    if study.retraction_status not in NOTICED:
        return None
    row: StudyNotice | None = deciding(study.notices.all())
    text = TEXTS[Study.Retraction(study.retraction_status)]
    if row is None:
        return Notice(study.retraction_status, text, study.retraction_source)
    text = TEXTS_OF_KINDS.get(NoticeKind(row.kind), text)
    return Notice(study.retraction_status, text, study.retraction_source, row.published)


def fetch_notices(studies: Iterable[Study]) -> None:
    """Fetch what `notice_of` asks, in one query; in none where no study has a notice, as nearly always."""
    noticed = [study for study in studies if study.retraction_status in NOTICED]
    if noticed:
        prefetch_related_objects(noticed, "notices")
