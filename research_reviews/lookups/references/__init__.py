"""Reference files as programs for literature write them: RIS, BibTeX and CSL-JSON. One module a format."""

from research_reviews.lookups.references.reading import Unreadable, read_references

__all__ = ["Unreadable", "read_references"]
