"""CSL as XML: what CSL-JSON says of a review, then of each study that it is about, element by element.

The schema is `csl.xsd`, which the site serves.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from research_reviews.citations import csl_json
from research_reviews.citations.record import CitationRecord
from syndication.oai.works import Work
from syndication.oai.xml import Element, qualified

NAMESPACE = "urn:x-research-reviews:csl:1.0"
SCHEMA = (Path(__file__).parent / "csl.xsd").read_bytes()
REVIEWED = "reviewed"


def write(work: Work, schema: str) -> Element:
    """Return the review and its studies."""
    items = [item(work.review), *(item(study, REVIEWED) for study in work.studies)]
    return qualified("csl:items", {"csl": NAMESPACE}, schema, items)


def item(record: CitationRecord, role: str = "") -> Element:
    """Return one work: its variables in the order of CSL-JSON. `role` says what it is to the first."""
    known = csl_json.item(record)
    attributes = {"id": known.pop("id"), "type": known.pop("type"), "role": role}
    return Element("csl:item", [variable(name, value) for name, value in known.items()], attributes)


def variable(name: str, value: Any) -> Element:
    """Return a variable: a text, names or a date."""
    if isinstance(value, list):
        return Element(f"csl:{name}", [Element("csl:name", list(parts(person))) for person in value])
    if isinstance(value, dict):
        return Element(
            f"csl:{name}", "", dict(zip(("year", "month", "day"), map(str, value["date-parts"][0]), strict=False))
        )
    return Element(f"csl:{name}", str(value))


def parts(person: dict[str, str]) -> Iterator[Element]:
    """Yield the parts of a name."""
    yield from (Element(f"csl:{part}", text) for part, text in person.items())
