"""Unpaywall, which knows where a study can be read for nothing (https://unpaywall.org/products/api)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings

from research_reviews.lookups import client
from research_reviews.lookups.licences import licence_name
from research_reviews.lookups.markup import plain
from research_reviews.lookups.record import StudyRecord
from research_reviews.lookups.values import doi_in, mapping

NAME = "Unpaywall"


def look_up(doi: str, timeout: float = client.SECONDS) -> StudyRecord | None:
    """Return how the study with this DOI can be read; None where Unpaywall does not know it. Raises LookupFailed."""
    url = f"{settings.UNPAYWALL_URL}v2/{quote(doi, safe='')}"
    answer = client.ask(NAME, url, params={"email": settings.CONTACT_ADDRESS}, timeout=timeout)
    return read(mapping(answer)) if isinstance(mapping(answer).get("is_oa"), bool) else None


def read(answer: dict[str, Any]) -> StudyRecord:
    """Return access, licence, and where a free copy is: open under an open licence, free to read without one."""
    best = mapping(answer.get("best_oa_location"))
    if not answer["is_oa"]:
        return StudyRecord(doi=doi_in(answer.get("doi")), access="paywalled").said_by(NAME)
    licence = licence_name(plain(best.get("license")))
    address = plain(best.get("url_for_landing_page")) or plain(best.get("url"))
    record = StudyRecord(
        doi=doi_in(answer.get("doi")),
        access="open" if licence else "free",
        licence=licence,
        url=address if address.startswith(("https://", "http://")) else "",
    )
    return record.said_by(NAME)
