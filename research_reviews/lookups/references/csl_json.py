"""CSL-JSON, as Zotero and others exchange it (https://docs.citationstyles.org/en/stable/specification.html)."""

from __future__ import annotations

import json
import re
from typing import Any

from research_reviews.lookups.markup import plain
from research_reviews.lookups.query import find_doi
from research_reviews.lookups.record import AuthorRecord, StudyRecord
from research_reviews.lookups.values import (
    date_fields,
    date_of,
    doi_in,
    first_text,
    iso_date,
    mapping,
    mappings,
    orcid_in,
    pages_in,
)
from research_reviews.partial_date import PartialDate


def read(text: str) -> list[StudyRecord]:
    """Return the items of a CSL-JSON text: a list, one alone, or a list under “items”. Raises ValueError."""
    data = json.loads(text)
    return [read_item(item) for item in mappings(mapping(data).get("items", data))]


def read_item(item: dict[str, Any]) -> StudyRecord:
    """Return an item as a study."""
    address = plain(item.get("URL"))
    named = mappings(item.get("author")) or mappings(item.get("editor"))
    return StudyRecord(
        title=first_text(item.get("title")),
        container=first_text(item.get("container-title")) or first_text(item.get("collection-title")),
        publisher=first_text(item.get("publisher")),
        volume=first_text(item.get("volume")),
        issue=first_text(item.get("issue")),
        pages=pages_in(item.get("page")) or first_text(item.get("number")),
        **date_fields(publication_date(mapping(item.get("issued")))),  # type: ignore[arg-type]
        doi=doi_in(item.get("DOI")) or find_doi(address),
        url=address if address.startswith("http") and not find_doi(address) else "",
        authors=tuple(dict.fromkeys(author for each in named if (author := read_author(each)).name)),
        pmid=plain(item.get("PMID")),
        kind=first_text(item.get("type")),
    )


def read_author(author: dict[str, Any]) -> AuthorRecord:
    """Return a name variable: parts of a person's name, or a literal one that is never taken apart."""
    parts = {name: plain(author.get(name)) for name in ("given", "dropping-particle", "suffix")}
    family = " ".join(filter(None, (plain(author.get("non-dropping-particle")), plain(author.get("family")))))
    given = " ".join(filter(None, (parts["given"], parts["dropping-particle"])))
    orcid = orcid_in(author.get("ORCID"))
    if not family:
        literal = plain(author.get("literal"))
        return AuthorRecord(literal or given, orcid=orcid, is_organisation=bool(literal) and not orcid)
    return AuthorRecord(" ".join(filter(None, (given, family, parts["suffix"]))), given, family, orcid)


def publication_date(issued: dict[str, Any]) -> PartialDate | None:
    """Return a date variable: in parts, as numbers or texts, or as written."""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts:
        return date_of(parts[0])
    written = plain(issued.get("raw")) or plain(issued.get("literal"))
    year = re.search("[0-9]{4}", written)
    return iso_date(written) or date_of([year[0] if year else 0])
