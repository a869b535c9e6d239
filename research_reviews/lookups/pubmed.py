"""PubMed and PubMed Central, by their summaries (https://www.ncbi.nlm.nih.gov/books/NBK25499/#chapter4.ESummary)."""

from __future__ import annotations

import re
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _

from research_reviews.lookups import client
from research_reviews.lookups.markup import plain
from research_reviews.lookups.record import AuthorRecord, StudyRecord
from research_reviews.lookups.values import date_fields, date_of, doi_in, mapping, mappings, most_exact, pages_in
from research_reviews.partial_date import PartialDate

NAME = "PubMed"
# Not the reader's: PubMed writes them in English always.
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DATE = re.compile(r"([0-9]{4})(?:\s+([A-Za-z]{3})(?:\s+([0-9]{1,2}))?)?")
# Family name, initials and perhaps a suffix: “van der Berg JA Jr”.
AUTHOR = re.compile(r"(?P<family>.+?)\s+(?P<initials>[^\W\d_a-zß-öø-ÿ]{1,4})(?:\s+(?P<suffix>Jr|Sr|2nd|3rd|4th))?")


def look_up(
    pmid: str, timeout: float = client.SECONDS, database: Literal["pubmed", "pmc"] = "pubmed"
) -> StudyRecord | None:
    """Return the study with this number, in PubMed or (without its letters) in PubMed Central.

    None where there is none. Raises LookupFailed.
    """
    params = {
        "db": database,
        "id": pmid,
        "retmode": "json",
        "tool": "research-reviews",
        "email": settings.CONTACT_ADDRESS,
    }
    answer = mapping(client.ask(NAME, f"{settings.PUBMED_URL}esummary.fcgi", params=params, timeout=timeout))
    # Trouble of any kind comes with status 200, and differs from "no such number" in where it stands.
    if "result" not in answer:
        raise client.LookupFailed(_("PubMed gave an answer that cannot be read."))
    summary = mapping(mapping(answer["result"]).get(pmid))
    return read(summary) if summary.get("title") and "error" not in summary else None


def read(summary: dict[str, Any]) -> StudyRecord:
    """Return a summary as a study."""
    ids = {plain(each.get("idtype")): plain(each.get("value")) for each in mappings(summary.get("articleids"))}
    record = StudyRecord(
        title=title(summary),
        container=plain(summary.get("fulljournalname")) or plain(summary.get("source")),
        publisher=plain(summary.get("publishername")),
        volume=plain(summary.get("volume")),
        issue=plain(summary.get("issue")),
        pages=whole_pages(plain(summary.get("pages"))),
        **date_fields(publication_date(summary)),  # type: ignore[arg-type]
        doi=doi_in(ids.get("doi")) or doi_in(plain(summary.get("elocationid")).removeprefix("doi:")),
        authors=tuple(author for each in mappings(summary.get("authors")) if (author := read_author(each)).name),
        pmid=ids.get("pubmed") or ids.get("pmid") or plain(summary.get("uid")),
        kind="journal-article",
    )
    return record.said_by(NAME)


def title(summary: dict[str, Any]) -> str:
    """Return the title without the full stop that PubMed adds, and without the brackets of a translated one."""
    text = plain(summary.get("title")).removesuffix(".")
    return text[1:-1].removesuffix(".") if text.startswith("[") and text.endswith("]") else text


def publication_date(summary: dict[str, Any]) -> PartialDate | None:
    """Return when it first appeared: online before print, where both are known."""
    return most_exact([pubmed_date(plain(summary.get("epubdate"))), pubmed_date(plain(summary.get("pubdate")))])


def pubmed_date(text: str) -> PartialDate | None:
    """Return a date such as “2023 May 25”, “2023 May-Jun” or “2023 Spring”, as exact as it is one."""
    form = DATE.match(text)
    if not form:
        return None
    name = (form[2] or "").lower()
    return date_of([form[1], MONTHS.index(name) + 1 if name in MONTHS else 0, form[3]])


def whole_pages(text: str) -> str:
    """Return pages with the digits that PubMed leaves out: 201-38 ends at 238."""
    pages = pages_in(text)
    first, _dash, last = pages.partition("–")
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        return f"{first}–{first[: -len(last)]}{last}"
    return pages


def read_author(author: dict[str, Any]) -> AuthorRecord:
    """Return an author: PubMed's summaries have initials only."""
    name = plain(author.get("name"))
    form = AUTHOR.fullmatch(name)
    if author.get("authtype") == "CollectiveName" or not form:
        return AuthorRecord(name, is_organisation=author.get("authtype") == "CollectiveName")
    given = " ".join(f"{letter}." for letter in form["initials"])
    whole = " ".join(part for part in (given, form["family"], form["suffix"]) if part)
    return AuthorRecord(whole, given, form["family"])
