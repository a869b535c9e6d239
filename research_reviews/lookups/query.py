"""What an editor enters to look a study up: a DOI, an address with one in it, or a number of PubMed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from research_reviews.identifiers import clean_doi, visible

PUBMED = re.compile(
    r"(?:pmid\s*[:=]?\s*|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|"
    r"europepmc\.org/(?:article|abstract)/med/))?([1-9][0-9]{0,8})(?:[/?#]\S*|\.)?",
    re.IGNORECASE,
)
CENTRAL = re.compile(
    r"(?:pmcid\s*[:=]?\s*|\S*(?:ncbi\.nlm\.nih\.gov|europepmc\.org)/\S*?)?\bPMC([0-9]{1,9})\b\S*", re.IGNORECASE
)
DOI_ANYWHERE = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
# What publishers put behind the DOI in the addresses of a text's forms.
FORMS = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|epub|html|fulltext|full/html|references|figures|meta|summary|pdfdirect|tables-only)"
    r"|\.(?:pdf|full|abstract|html?|full\.pdf|full-text))/?$",
    re.IGNORECASE,
)
# Preprint servers name the version behind the DOI.
VERSION = re.compile(r"v[0-9]{1,2}(?:\.\S*)?$")
LONGEST = 2000


@dataclass(frozen=True)
class Identifier:
    """What a study is known by, in its stored form; a number of PubMed Central is without its letters."""

    kind: Literal["doi", "pmid", "pmc"]
    value: str

    def __str__(self) -> str:
        return {"doi": self.value, "pmid": f"PMID {self.value}", "pmc": f"PMC{self.value}"}[self.kind]


def read_identifier(text: str) -> Identifier:
    """Return the identifier in a text. Raises ValidationError with a sentence where there is none."""
    text = visible(text[:LONGEST])
    if not text:
        raise ValidationError(_("Enter a DOI, an address with a DOI in it, or a PubMed id."))
    if number := PUBMED.fullmatch(text):
        return Identifier("pmid", number[1])
    if number := CENTRAL.fullmatch(text):
        return Identifier("pmc", number[1])
    if doi := find_doi(text):
        return Identifier("doi", doi)
    raise ValidationError(
        _(
            "There is no DOI in this. One looks like 10.1234/abc and often stands at the foot of the study's page. "
            "A PubMed id is a number of up to 9 digits."
        )
    )


def find_doi(text: str) -> str:
    """Return the DOI in a text in its stored form; empty where there is none."""
    is_address = re.match(r"(?:https?://|www\.)\S+$", text, re.IGNORECASE)
    found = DOI_ANYWHERE.search(unquote(unquote(text)) if "%" in text else text)
    if not found:
        return ""
    doi = found[0]
    if is_address:
        doi = in_address(doi, text)
    try:
        return clean_doi(doi)
    except ValidationError:
        return ""


def in_address(doi: str, address: str) -> str:
    """Return a DOI without what the address of a publisher's page adds to it."""
    doi = re.split(r"[?#&]", doi)[0]
    host = (urlsplit(address if "://" in address else f"https://{address}").hostname or "").lower()
    if host.endswith("doi.org"):
        return doi
    doi = FORMS.sub("", FORMS.sub("", doi))
    return VERSION.sub("", doi) if host.endswith(("rxiv.org",)) else doi.rstrip("/")
