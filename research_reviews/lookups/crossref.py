"""Crossref, where most publishers register their DOIs (https://api.crossref.org/swagger-ui/index.html)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from research_reviews.lookups import client
from research_reviews.lookups.licences import access_fields, licence_name
from research_reviews.lookups.markup import plain
from research_reviews.lookups.record import AuthorRecord, FunderRecord, StudyRecord
from research_reviews.lookups.values import (
    date_fields,
    date_of,
    doi_in,
    first_text,
    mapping,
    mappings,
    most_exact,
    orcid_in,
    pages_in,
    ror_in,
    texts,
)
from research_reviews.partial_date import PartialDate

NAME = "Crossref"
# Crossref's own choice first ("issued" is the earlier of print and online), then what may say it more exactly.
DATES = ("issued", "published", "published-online", "published-print", "posted", "published-other", "approved")
# In these the first container is the series and the last the book.
PARTS_OF_BOOKS = {"book-chapter", "book-section", "book-part", "proceedings-article", "reference-entry"}


def address(doi: str) -> str:
    """Return where Crossref describes a DOI."""
    return f"{settings.CROSSREF_URL}works/{quote(doi, safe='')}"


def polite() -> dict[str, str]:
    """Return the parameter that puts us among those whom Crossref can write to."""
    return {"mailto": settings.CONTACT_ADDRESS}


def look_up(doi: str, timeout: float = client.SECONDS) -> StudyRecord | None:
    """Return the study with this DOI; None where Crossref does not know it. Raises LookupFailed."""
    found = work(doi, timeout)
    return read(found) if found else None


def work(doi: str, timeout: float = client.SECONDS) -> dict[str, Any] | None:
    """Return what Crossref has of a DOI, in its own form; None where it has nothing. Raises LookupFailed."""
    answer = client.ask(NAME, address(doi), params=polite(), timeout=timeout)
    return work_in(answer)


def work_in(answer: Any) -> dict[str, Any] | None:
    """Return the work in the JSON of an answer; None where there is none."""
    message = mapping(mapping(answer).get("message"))
    return message if message.get("DOI") or message.get("title") else None


def read(work: dict[str, Any]) -> StudyRecord:
    """Return a work as a study. Nothing in it is taken for granted: fields may be missing, null or of another kind."""
    title, subtitle = titles(work)
    record = StudyRecord(
        title=title,
        subtitle=subtitle,
        container=container(work),
        publisher=first_text(work.get("publisher")),
        volume=first_text(work.get("volume")),
        issue=first_text(work.get("issue")),
        pages=pages_in(work.get("page")) or first_text(work.get("article-number")),
        **date_fields(publication_date(work)),  # type: ignore[arg-type]
        doi=doi_in(work.get("DOI")),
        registration=registration(work),
        **access_fields(licence(work)),
        authors=authors(work),
        funders=funders(work),
        kind=first_text(work.get("type")),
        notes=tuple(notes(work)),
    )
    return record.said_by(NAME)


def titles(work: dict[str, Any]) -> tuple[str, str]:
    """Return title and subtitle. Of several titles the first counts; what stands in both stands once."""
    title = first_text(work.get("title")) or first_text(work.get("original-title"))
    subtitle = first_text(work.get("subtitle"))
    if subtitle and title.casefold().endswith(subtitle.casefold()):
        bare = title[: -len(subtitle)].rstrip(" :–—-.")
        title, subtitle = (bare, subtitle) if bare else (title, "")
    return title, subtitle


def container(work: dict[str, Any]) -> str:
    """Return journal, book or series; of a report or preprint, whose it is."""
    names = texts(work.get("container-title"))
    if names:
        return names[-1] if work.get("type") in PARTS_OF_BOOKS else names[0]
    institution = next((name for each in mappings(work.get("institution")) for name in texts(each.get("name"))), "")
    return institution or first_text(work.get("group-title"))


def publication_date(work: dict[str, Any]) -> PartialDate | None:
    """Return when it first appeared, as exactly as any of the dates says it."""
    return most_exact(crossref_date(work.get(name)) for name in DATES)


def crossref_date(value: Any) -> PartialDate | None:
    """Return a date of Crossref's, which is a list of lists: [[2023, 5]], and [[null]] where nothing is known."""
    parts = mapping(value).get("date-parts")
    return date_of(parts[0]) if isinstance(parts, list) and parts else None


def authors(work: dict[str, Any]) -> tuple[AuthorRecord, ...]:
    """Return the authors, or the editors of what has no author: the first named first, each once."""
    named = mappings(work.get("author")) or mappings(work.get("editor"))
    in_order = sorted(named, key=lambda each: each.get("sequence") != "first")
    return tuple(dict.fromkeys(author for each in in_order if (author := read_author(each)).name))


def read_author(author: dict[str, Any]) -> AuthorRecord:
    """Return an author. One with a `name` instead of parts is an organisation; the given name may be missing."""
    given, family, name = plain(author.get("given")), plain(author.get("family")), plain(author.get("name"))
    affiliation = next(iter(mappings(author.get("affiliation"))), {})
    ids = mappings(affiliation.get("id"))
    rest: dict[str, Any] = {
        "orcid": orcid_in(author.get("ORCID")),
        "affiliation": first_text(affiliation.get("name")),
        "ror": next((ror for each in ids if (ror := ror_in(each.get("id")))), ""),
    }
    if not family:
        return AuthorRecord(name or given, is_organisation=bool(name), **rest)
    whole = " ".join(part for part in (given, family, plain(author.get("suffix"))) if part)
    return AuthorRecord(whole, given, family, **rest)


def funders(work: dict[str, Any]) -> tuple[FunderRecord, ...]:
    """Return who paid, with the numbers of the awards."""
    return tuple(
        FunderRecord(name, funder_ror(funder), ", ".join(dict.fromkeys(texts(funder.get("award")))))
        for funder in mappings(work.get("funder"))
        if (name := plain(funder.get("name")))
    )


def funder_ror(funder: dict[str, Any]) -> str:
    """Return the funder's ROR id, wherever it stands; the ids of the old funder registry are none."""
    ids = [funder.get("ROR"), *(each.get("id") for each in mappings(funder.get("id")))]
    return next((ror for each in ids if (ror := ror_in(each))), "")


def registration(work: dict[str, Any]) -> str:
    """Return the numbers under which a trial is registered."""
    numbers = (plain(each.get("clinical-trial-number")).upper() for each in mappings(work.get("clinical-trial-number")))
    return ", ".join(dict.fromkeys(number for number in numbers if number))


def licence(work: dict[str, Any]) -> str:
    """Return the open licence of the published text that holds today. Licences for text mining are none of readers'."""
    today = timezone.localdate().isoformat()
    for each in mappings(work.get("license")):
        begins = crossref_date(each.get("start"))
        is_for_readers = each.get("content-version") in (None, "vor", "unspecified")
        if is_for_readers and not (begins and begins.iso > today) and (name := licence_name(plain(each.get("URL")))):
            return name
    return ""


def notes(work: dict[str, Any]) -> list[str]:
    """Return what the editor should know of it: that it is a preprint, and of what; that only editors are named."""
    found = []
    published = next((doi for each in related(work, "is-preprint-of") if (doi := doi_in(each.get("id")))), "")
    if published:
        found.append(_("This is a preprint. It was published as %(doi)s: look that up instead.") % {"doi": published})
    elif work.get("subtype") == "preprint" or work.get("type") == "posted-content":
        found.append(_("This is a preprint: no journal has published it yet."))
    if not mappings(work.get("author")) and mappings(work.get("editor")):
        found.append(_("No authors are named: these are its editors."))
    return found


def related(work: dict[str, Any], relation: str) -> list[dict[str, Any]]:
    """Return the works that stand in a relation to this one."""
    return mappings(mapping(work.get("relation")).get(relation))
