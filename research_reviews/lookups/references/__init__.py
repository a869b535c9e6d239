"""Reference files as programs for literature write them: RIS, BibTeX and CSL-JSON. One module a format."""

from research_reviews.lookups.references.reading import LARGEST, Unreadable, decoded, read_references

__all__ = ["LARGEST", "Unreadable", "decoded", "read_references"]
