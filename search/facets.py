"""What results can be narrowed down by, with how many there are of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.page_cache import until_change
from research_reviews.filters import FILTERS, Choice, Select, years
from research_reviews.models import Audience, Study, TopicPage

FACETS = (*FILTERS, "lived_experience")
SORTS = {"relevance": gettext_lazy("Best match"), "date": gettext_lazy("Newest")}
# What the index has under a name that no facet has: it finds nothing.
UNKNOWN = "unknown:"


class Option(NamedTuple):
    """An answer: its value in the address, its words, and the term that the index has it under."""

    value: str
    label: str
    term: str


Options = dict[str, list[Option]]


@dataclass(frozen=True)
class Narrowing:
    """What the reader chose, as it stands in the address. An unknown value finds nothing and breaks nothing."""

    values: Mapping[str, str]
    sort: str

    @classmethod
    def from_query(cls, query: QueryDict) -> Narrowing:
        """Read the choices from an address's query."""
        values = {name: value for name in FACETS if (value := query.get(name, "").replace("\0", "")[:200])}
        sort = query.get("sort", "")
        return cls(values, sort if sort in SORTS else "relevance")

    def terms(self, options: Options) -> dict[str, str]:
        """Return the index's terms of what is chosen."""
        known = {(name, option.value): option.term for name, answers in options.items() for option in answers}
        return {name: known.get((name, value), UNKNOWN) for name, value in self.values.items()}


def options() -> Options:
    """Return every answer, as the site is now."""
    return until_change("search-options", lambda: dict(_options()))


def _options() -> Iterator[tuple[str, list[Option]]]:
    topics = TopicPage.objects.listed().order_by("title").values_list("slug", "title", "pk")
    audiences = Audience.objects.order_by("name").values_list("slug", "name", "pk")
    lived = {"with": gettext_lazy("With lived experience"), "without": gettext_lazy("Without lived experience")}
    yield "topic", [Option(slug, title, f"topic:{pk}") for slug, title, pk in topics]
    yield "year", [Option(value, value, f"year:{value}") for value, _label in years()]
    yield "study_type", _plain_options("study_type", dict(Study.StudyType.choices))
    yield "audience", [Option(slug, name, f"audience:{pk}") for slug, name, pk in audiences]
    yield "lived_experience", _plain_options("lived_experience", lived)


def _plain_options(name: str, labels: Mapping[str, object]) -> list[Option]:
    # The labels stay to be translated for whoever reads them.
    return [Option(value, label, f"{name}:{value}") for value, label in labels.items()]  # type: ignore[arg-type]


def selects(narrowing: Narrowing, options: Options, counts: Mapping[str, int]) -> list[Select]:
    """Return the form's selects. An answer that would find nothing is left out, unless it is the reader's."""
    questions = {
        "topic": (_("Topic"), _("All topics")),
        "year": (_("Year"), _("All years")),
        "study_type": (_("Kind of study"), _("All kinds")),
        "audience": (_("Recommends to"), _("Everyone")),
        "lived_experience": (_("Lived experience"), _("With or without")),
    }
    return [
        Select(name, *questions[name], list(_choices(answers, narrowing.values.get(name, ""), counts)))
        for name, answers in options.items()
    ]


def _choices(answers: list[Option], chosen: str, counts: Mapping[str, int]) -> Iterator[Choice]:
    for value, label, term in answers:
        if counts.get(term) or value == chosen:
            yield Choice(value, f"{label} ({counts.get(term, 0):,})", value == chosen)


def sort_select(narrowing: Narrowing) -> Select:
    """Return the select of the order."""
    return Select(
        "sort", _("Order"), "", [Choice(name, str(label), name == narrowing.sort) for name, label in SORTS.items()]
    )


def counted(number: int, is_exact: bool) -> str:
    """Return how many results there are, in words."""
    if is_exact:
        return ngettext("%(number)s result", "%(number)s results", number) % {"number": f"{number:,}"}
    return _("At least %(number)s results") % {"number": f"{number:,}"}
