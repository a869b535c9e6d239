"""Licences by their address: what they are called, and what they allow a reader."""

from __future__ import annotations

import re
from typing import Any

CREATIVE_COMMONS = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)", re.IGNORECASE)
PUBLIC_DOMAIN = re.compile(r"creativecommons\.org/publicdomain/(zero|mark)", re.IGNORECASE)
GOVERNMENT = re.compile(r"open-government-licence/version/([0-9])", re.IGNORECASE)
# As Unpaywall, DataCite (SPDX) and PubMed write them, such as cc-by, cc-by-nc-nd-4.0.
SHORT = re.compile(r"cc[- ]by((?:[- ](?:nc|nd|sa))*)(?:[- ]([0-9](?:\.[0-9])?))?", re.IGNORECASE)


def licence_name(value: str) -> str:
    """Return what an open licence is called, such as “CC BY 4.0”; empty for any other."""
    if form := CREATIVE_COMMONS.search(value):
        return f"CC {form[1].upper()} {form[2].strip('.')}"
    if form := PUBLIC_DOMAIN.search(value):
        return "CC0" if form[1].lower() == "zero" else "Public domain"
    if form := GOVERNMENT.search(value):
        return f"OGL {form[1]}.0"
    if form := SHORT.fullmatch(value.strip()):
        parts = "-".join(["BY", *re.findall("nc|nd|sa", form[1].lower())]).upper()
        return f"CC {parts} {form[2] or ''}".strip()
    return {"cc0": "CC0", "cc0-1.0": "CC0", "pd": "Public domain"}.get(value.strip().lower(), "")


def access_fields(licence: str) -> dict[str, Any]:
    """Return the fields of a study under an open licence; none where it is not open."""
    return {"licence": licence, "access": "open"} if licence else {}
