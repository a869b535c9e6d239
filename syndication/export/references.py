"""A study in one line, as a reference list has it."""

from __future__ import annotations

import re

from django.utils.html import strip_tags

from research_reviews.portable.records import Record

# From so many on, the others are left to whoever follows the link.
MOST_AUTHORS = 6


def reference(study: Record, authors: list[str]) -> str:
    """Return authors (year). Title. Journal volume(issue), pages. Publisher, as far as it is known; plain text."""
    named = ", ".join(authors[:MOST_AUTHORS]) + (" et al." if len(authors) > MOST_AUTHORS else "")
    year = study["published"]["year"]
    volume = study["volume"] + (f"({study['issue']})" if study["issue"] else "")
    container = " ".join(filter(None, [study["container"], volume]))
    place = ", ".join(filter(None, [container, study["pages"]]))
    title = ": ".join(filter(None, [study["title"], study["subtitle"]]))
    parts = [" ".join(filter(None, [named, f"({year})" if year else ""])), title, place, study["publisher"]]
    return strip_tags(" ".join(re.sub(r"\.*$", ".", part) for part in parts if part))
