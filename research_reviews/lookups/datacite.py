"""DataCite, where universities, repositories and data archives register DOIs (https://support.datacite.org/docs/api)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings

from research_reviews.lookups import client
from research_reviews.lookups.licences import access_fields, licence_name
from research_reviews.lookups.markup import plain
from research_reviews.lookups.record import AuthorRecord, FunderRecord, StudyRecord
from research_reviews.lookups.values import (
    date_fields,
    date_of,
    doi_in,
    first_text,
    iso_date,
    mapping,
    mappings,
    most_exact,
    orcid_in,
    pages_in,
    ror_in,
)
from research_reviews.partial_date import PartialDate

NAME = "DataCite"


def look_up(doi: str, timeout: float = client.SECONDS) -> StudyRecord | None:
    """Return the study with this DOI; None where DataCite does not know it. Raises LookupFailed."""
    url = f"{settings.DATACITE_URL}dois/{quote(doi, safe='')}"
    answer = client.ask(NAME, url, params={"affiliation": "true", "publisher": "true"}, timeout=timeout)
    attributes = mapping(mapping(mapping(answer).get("data")).get("attributes"))
    return read(attributes) if attributes.get("titles") else None


def read(attributes: dict[str, Any]) -> StudyRecord:
    """Return the attributes of a DOI as a study."""
    titles = mappings(attributes.get("titles"))
    container = mapping(attributes.get("container"))
    publisher = attributes.get("publisher")
    pages = "–".join(part for part in (plain(container.get("firstPage")), plain(container.get("lastPage"))) if part)
    record = StudyRecord(
        title=title_of_type(titles, None) or first_text([each.get("title") for each in titles]),
        subtitle=title_of_type(titles, "Subtitle"),
        container=plain(container.get("title")),
        publisher=plain(publisher) or plain(mapping(publisher).get("name")),
        volume=plain(container.get("volume")),
        issue=plain(container.get("issue")),
        pages=pages_in(pages),
        **date_fields(publication_date(attributes)),  # type: ignore[arg-type]
        doi=doi_in(attributes.get("doi")),
        **access_fields(licence(attributes)),
        authors=authors(attributes),
        funders=funders(attributes),
        kind=plain(mapping(attributes.get("types")).get("resourceTypeGeneral")),
    )
    return record.said_by(NAME)


def title_of_type(titles: list[dict[str, Any]], kind: str | None) -> str:
    """Return the first title of a type; the main one has none."""
    return first_text([each.get("title") for each in titles if (each.get("titleType") or None) == kind])


def publication_date(attributes: dict[str, Any]) -> PartialDate | None:
    """Return when it was issued, as exactly as the dates agree with the year that is always there."""
    dates = mappings(attributes.get("dates"))
    in_order = [iso_date(each.get("date")) for kind in ("Issued", "Available") for each in of_type(dates, kind)]
    return most_exact([date_of([attributes.get("publicationYear")]), *in_order]) or most_exact(in_order)


def of_type(several: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Return the dates of a type."""
    return [each for each in several if each.get("dateType") == kind]


def authors(attributes: dict[str, Any]) -> tuple[AuthorRecord, ...]:
    """Return the creators; where there are none, the editors."""
    contributors = mappings(attributes.get("contributors"))
    editors = [each for each in contributors if each.get("contributorType") == "Editor"]
    named = mappings(attributes.get("creators")) or editors
    return tuple(dict.fromkeys(author for each in named if (author := read_author(each)).name))


def read_author(creator: dict[str, Any]) -> AuthorRecord:
    """Return a creator. A person may be written “Family, Given” only, an organisation with commas of its own."""
    name = plain(creator.get("name"))
    given, family = plain(creator.get("givenName")), plain(creator.get("familyName"))
    is_organisation = creator.get("nameType") == "Organizational"
    if not family and not is_organisation and name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
    whole = " ".join(part for part in (given, family) if part) if family else name
    ids = mappings(creator.get("nameIdentifiers"))
    of_orcid = [each.get("nameIdentifier") for each in ids if is_orcid_scheme(each)]
    affiliation, ror = affiliation_of(creator)
    return AuthorRecord(
        name=whole,
        given="" if is_organisation else given,
        family="" if is_organisation else family,
        orcid=next((orcid for each in of_orcid if (orcid := orcid_in(each))), ""),
        affiliation=affiliation,
        ror=ror,
        is_organisation=is_organisation,
    )


def is_orcid_scheme(identifier: dict[str, Any]) -> bool:
    """Whether an identifier says that it is an ORCID iD."""
    return plain(identifier.get("nameIdentifierScheme")).upper() == "ORCID"


def affiliation_of(creator: dict[str, Any]) -> tuple[str, str]:
    """Return the first affiliation and its ROR id; old records have the name only."""
    listed = creator.get("affiliation")
    first = next(iter(mappings(listed)), {})
    return plain(first.get("name")) or first_text(listed), ror_in(first.get("affiliationIdentifier"))


def funders(attributes: dict[str, Any]) -> tuple[FunderRecord, ...]:
    """Return who paid, each once, with the numbers of its awards."""
    awards: dict[tuple[str, str], list[str]] = {}
    for each in mappings(attributes.get("fundingReferences")):
        if name := plain(each.get("funderName")):
            numbers = awards.setdefault((name, ror_in(each.get("funderIdentifier"))), [])
            numbers.append(plain(each.get("awardNumber")))
    return tuple(
        FunderRecord(name, ror, ", ".join(filter(None, dict.fromkeys(numbers))))
        for (name, ror), numbers in awards.items()
    )


def licence(attributes: dict[str, Any]) -> str:
    """Return the open licence."""
    rights = mappings(attributes.get("rightsList"))
    written = [plain(each.get(name)) for each in rights for name in ("rightsUri", "rightsIdentifier", "rights")]
    return next((name for each in written if (name := licence_name(each))), "")
