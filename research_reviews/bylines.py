"""Who is named on a review, and how: the byline and the list of credits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from wagtail.blocks import StreamValue, StructValue

from research_reviews.blocks.credits import Contribution

if TYPE_CHECKING:
    from research_reviews.models import Person


@dataclass(frozen=True)
class CreditGroup:
    """Credits that follow each other and say the same contribution."""

    heading: str
    credits: list[StructValue]


def credited(stream: StreamValue) -> list[StructValue]:
    """Return the credits whose person is still there, in the editor's order."""
    return [block.value for block in stream if block.value.get("person")]


def reviewers(stream: StreamValue) -> list[Person]:
    """Return who wrote the review."""
    return [value["person"] for value in credited(stream) if value["contribution"] == Contribution.REVIEW_AUTHOR]


def credit_groups(stream: StreamValue) -> list[CreditGroup]:
    """Return the credits in the editor's order, each run of the same contribution under one heading."""
    runs = groupby(credited(stream), key=lambda value: str(value["contribution"]))
    return [group_of(contribution, list(values)) for contribution, values in runs]


def group_of(contribution: str, values: list[StructValue]) -> CreditGroup:
    """Return a group with its heading in the right number."""
    return CreditGroup(heading(contribution, len(values)), values)


def heading(contribution: str, number: int) -> str:
    """Return how that many people with the contribution are introduced."""
    headings = {
        Contribution.STUDY_AUTHOR: ngettext("Study author", "Study authors", number),
        Contribution.REVIEW_AUTHOR: ngettext("Review author", "Review authors", number),
        Contribution.CONTRIBUTOR: ngettext("Contributor", "Contributors", number),
        Contribution.INTERVIEWEE: ngettext("Interviewee", "Interviewees", number),
    }
    return headings.get(Contribution(contribution), "") if contribution in Contribution.values else ""


@dataclass(frozen=True)
class Name:
    """A person in a sentence, with what stands before them: nothing, a comma or “and”."""

    before: str
    person: Person


def sentence(people: Iterable[Person]) -> list[Name]:
    """Return the people as they follow each other in a sentence."""
    people = list(people)
    last = len(people) - 1
    separators = ["", *[gettext(", ")] * (last - 1), gettext(" and ")] if last > 0 else [""]
    return [Name(before, person) for before, person in zip(separators, people, strict=False)]
