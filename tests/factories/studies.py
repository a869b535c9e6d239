"""Studies with their authors and funders."""

from __future__ import annotations

from collections.abc import Iterable

import factory

from research_reviews.models import Person, Study, StudyAuthor, StudyFunder
from tests.factories.models import ModelFactory
from tests.factories.people import PersonFactory


class StudyFactory(ModelFactory):
    """A study with one author and one funder, unless told otherwise: `StudyFactory(authors=[...], funders=["..."])`."""

    class Meta:
        model = Study
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"An invented study of waiting rooms, part {number}")
    container = "Journal of Invented Research"
    publication_year = 2025
    publication_month = 5
    doi = factory.Sequence(lambda number: f"10.5555/invented.{number}")
    study_type = Study.StudyType.QUALITATIVE
    method = "Interviews"
    sample = "37 people"
    country = "England"
    access = Study.Access.OPEN

    @factory.post_generation
    def authors(self: Study, create: bool, extracted: Iterable[Person] | None) -> None:
        """Write down who wrote it, in order."""
        people = [PersonFactory()] if extracted is None else extracted
        for place, person in enumerate(people):
            StudyAuthor.objects.create(study=self, person=person, sort_order=place)

    @factory.post_generation
    def funders(self: Study, create: bool, extracted: Iterable[str] | None) -> None:
        """Write down who paid for it, in order."""
        names = ["Invented Research Council"] if extracted is None else extracted
        for place, name in enumerate(names):
            StudyFunder.objects.create(study=self, name=name, sort_order=place)
