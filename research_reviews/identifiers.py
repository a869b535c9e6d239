"""The identifiers of scholarly publishing: cleaned, checked, linked."""

from __future__ import annotations

import re

import idutils
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The registration agencies' own advice for matching nearly every DOI in use:
# https://www.crossref.org/blog/dois-and-matching-regular-expressions/
DOI = re.compile(r"^10\.\d{4,9}/\S+$")


def clean_orcid(value: str) -> str:
    """Return an ORCID iD as 0000-0000-0000-0000, whatever form it came in; empty for empty.

    Raises ValidationError where it is no iD or its check character (ISO 7064 MOD 11-2) is wrong.
    """
    value = value.strip()
    if not value:
        return ""
    if not idutils.is_orcid(value):
        raise ValidationError(
            _("This is not an ORCID iD: a digit seems to be wrong. Copy it from the person's ORCID page.")
        )
    return str(idutils.normalize_orcid(value))


def clean_doi(value: str) -> str:
    """Return a DOI in lower case without prefix or resolver address; empty for empty.

    Raises ValidationError where it is not of a DOI's form.
    """
    value = value.strip()
    if not value:
        return ""
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", value, flags=re.IGNORECASE)
    if not is_doi(bare):
        raise ValidationError(
            _("This is not a DOI. One looks like 10.1234/abc and often stands at the foot of the study's page.")
        )
    return bare.lower()


def is_doi(value: str) -> bool:
    """Whether value has the form of a bare DOI."""
    return bool(DOI.match(value))


def clean_ror(value: str) -> str:
    """Return a ROR id as the address that ROR asks for; empty for empty. Raises ValidationError where it is none."""
    value = value.strip()
    if not value:
        return ""
    if not idutils.is_ror(value):
        raise ValidationError(_("This is not a ROR id. One looks like https://ror.org/05a28rw58."))
    return f"https://ror.org/{idutils.normalize_ror(value).rsplit('/', 1)[-1]}"
