"""The identifiers of scholarly publishing: cleaned, checked, linked."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ORCID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid:)?\s*"
    r"([0-9]{4})[-\s]?([0-9]{4})[-\s]?([0-9]{4})[-\s]?([0-9]{3}[0-9X])/?(?:[?#].*)?",
    re.IGNORECASE,
)
# The registration agencies' own advice for matching nearly every DOI in use:
# https://www.crossref.org/blog/dois-and-matching-regular-expressions/
DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
DOI_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
DOI_LABEL = re.compile(r"(?:(?:urn:|info:)?doi\s*[:/]\s*)", re.IGNORECASE)
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
ROR = re.compile(r"(?:(?:https?://)?(?:www\.)?ror\.org/)?(0[0-9a-hjkmnp-tv-z]{6}[0-9]{2})/?", re.IGNORECASE)
# Crockford's alphabet, which leaves out i, l, o and u.
ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def visible(value: str) -> str:
    """Return what a person sees of a pasted value: plain forms of letters and hyphens, nothing invisible."""
    shown = "".join(letter for letter in unicodedata.normalize("NFKC", value) if unicodedata.category(letter) != "Cf")
    return re.sub("[\u2010-\u2015\u2212]", "-", shown).strip()


def clean_orcid(value: str) -> str:
    """Return an ORCID iD as 0000-0000-0000-0000, whatever form it came in; empty for empty.

    Raises ValidationError where it is no iD or its check character (ISO 7064 MOD 11-2) is wrong.
    """
    value = visible(value)
    if not value:
        return ""
    form = ORCID.fullmatch(value)
    if not form:
        raise ValidationError(_("This is not an ORCID iD. One has 16 digits, like 0000-0002-1825-0097."))
    orcid = "-".join(form.groups()).upper()
    if orcid[-1] != orcid_check_character(orcid.replace("-", "")[:-1]):
        raise ValidationError(
            _("This is not an ORCID iD: a digit seems to be wrong. Copy it from the person's ORCID page.")
        )
    return orcid


def orcid_check_character(digits: str) -> str:
    """Return the last character of an iD with these first fifteen digits."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def clean_doi(value: str) -> str:
    """Return a DOI in lower case without prefix or resolver address; empty for empty.

    Raises ValidationError where it is not of a DOI's form.
    """
    value = visible(value)
    if not value:
        return ""
    if resolver := DOI_RESOLVER.match(value):
        bare = unquote(re.split(r"[?#]", value[resolver.end() :])[0])
    else:
        bare = DOI_LABEL.sub("", value, count=1) if DOI_LABEL.match(value) else value
        bare = bare if "/" in bare else unquote(bare)
    bare = without_punctuation(bare)
    if not is_doi(bare):
        raise ValidationError(
            _("This is not a DOI. One looks like 10.1234/abc and often stands at the foot of the study's page.")
        )
    return bare.lower()


def without_punctuation(doi: str) -> str:
    """Return a DOI without what the sentence around it left there: a full stop, a bracket that it did not open."""
    doi = doi.lstrip("(<[{\"'“‘")
    while doi:
        last = doi[-1]
        if last in BRACKETS and doi.count(last) <= doi.count(BRACKETS[last]):
            break
        if last not in ".,;:!?\"'”’" and last not in BRACKETS:
            break
        doi = doi[:-1]
    return doi


def is_doi(value: str) -> bool:
    """Whether value has the form of a bare DOI."""
    return value.isprintable() and bool(DOI.fullmatch(value))


def doi_url(doi: str) -> str:
    """Return a DOI as a link, in the form that Crossref asks for: old ones hold characters that addresses may not."""
    return f"https://doi.org/{quote(doi, safe='/:;(),')}"


def clean_ror(value: str) -> str:
    """Return a ROR id as the address that ROR asks for; empty for empty.

    Raises ValidationError where it is none or its last two digits (ISO 7064 MOD 97-10) are wrong.
    """
    value = visible(value)
    if not value:
        return ""
    form = ROR.fullmatch(value)
    ror = form[1].lower() if form else ""
    if not ror or ror[-2:] != ror_check_digits(ror[1:-2]):
        raise ValidationError(_("This is not a ROR id. One looks like https://ror.org/05a28rw58."))
    return f"https://ror.org/{ror}"


def ror_check_digits(letters: str) -> str:
    """Return the last two digits of an id with these letters."""
    number = 0
    for letter in letters:
        number = number * 32 + ROR_ALPHABET.index(letter)
    return f"{98 - number * 100 % 97:02d}"
