"""What the study box of a review shows of a study, decided here so that the template only arranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from research_reviews.models.people import Person
from research_reviews.models.studies import Study, StudyAuthor
from research_reviews.notices import Notice, fetch_notices, notice_of


@dataclass(frozen=True)
class Fact:
    """A line of the box: what it is about and what is known."""

    label: str
    text: str


@dataclass(frozen=True)
class StudyBox:
    """A study as readers meet it beside its review."""

    study: Study

    @cached_property
    def authors(self) -> list[Person]:
        """The authors in the study's own order."""
        return [link.person for link in self.study.study_authors.all()]

    @property
    def volume(self) -> str:
        """Volume, issue and pages, as far as they are known."""
        study = self.study
        number = f"{study.volume}({study.issue})" if study.volume and study.issue else study.volume or study.issue
        pages = _("pp. %(pages)s") % {"pages": study.pages} if study.pages else ""
        return ", ".join(part for part in (number, pages) if part)

    @property
    def publisher(self) -> str:
        """The publisher, where the journal or series does not already say it."""
        return "" if self.study.publisher == self.study.container else self.study.publisher

    @property
    def link_text(self) -> str:
        """The link as it is written out: a DOI in full, so that it can be copied from paper."""
        return self.study.link.removeprefix("https://").removeprefix("http://").removesuffix("/")

    @property
    def access(self) -> str:
        """Whether it can be read freely, and under which licence."""
        known = "" if self.study.access == Study.Access.UNKNOWN else self.study.get_access_display()
        return ", ".join(part for part in (known, self.study.licence) if part)

    @property
    def facts(self) -> list[Fact]:
        """What a reader needs to judge the study at a glance."""
        study = self.study
        return known(
            (_("Study type"), study.get_study_type_display()),
            (_("Method"), study.method),
            (_("Sample"), study.sample),
            (_("Setting"), study.setting),
            (_("Country"), study.country),
            (_("Data collected"), study.data_collection),
            (_("Compared with"), study.comparator),
            (_("Access"), self.access),
        )

    @property
    def details(self) -> list[Fact]:
        """The long tail, which opens on request."""
        study = self.study
        lived_experience = (
            "" if study.lived_experience == Study.LivedExperience.NOT_REPORTED else study.get_lived_experience_display()
        )
        return known(
            (_("Limitations"), study.limitations),
            (_("Lived experience"), lived_experience),
            (_("Funded by"), "; ".join(self._funders())),
            (_("Authors’ competing interests"), study.competing_interests),
            (_("Registration"), study.registration),
        )

    def _funders(self) -> Iterator[str]:
        for funder in self.study.funders.all():
            yield f"{funder.name} ({funder.award})" if funder.award else funder.name

    @cached_property
    def notice(self) -> Notice | None:
        """The warning that readers see before anything else, where there is one."""
        return notice_of(self.study)


def known(*facts: tuple[str, str]) -> list[Fact]:
    """Return the facts that there is something to say about."""
    return [Fact(label, str(text)) for label, text in facts if text]


def study_boxes(studies: list[Study]) -> list[StudyBox]:
    """Return the boxes of the studies, in two queries however many there are; in three where there are notices."""
    authors = StudyAuthor.objects.select_related("person")
    prefetch_related_objects(studies, Prefetch("study_authors", authors), "funders")
    fetch_notices(studies)
    return [StudyBox(study) for study in studies]
