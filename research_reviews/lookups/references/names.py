"""Authors as reference files write them."""

from __future__ import annotations

from research_reviews.lookups.record import AuthorRecord


def inverted_name(text: str) -> AuthorRecord:
    """Return an author written “Family, Given, Suffix”. A comma at the end marks an organisation (RIS)."""
    family, comma, rest = (part.strip() for part in text.partition(","))
    if not comma:
        return AuthorRecord(text.strip())
    if not rest:
        return AuthorRecord(family, is_organisation=True)
    given, _comma, suffix = (part.strip() for part in rest.partition(","))
    return AuthorRecord(" ".join(part for part in (given, family, suffix) if part), given, family)
