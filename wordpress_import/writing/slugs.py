"""Addresses of pages below another: in any script, each once, and none that the site itself answers."""

from __future__ import annotations

import re
import unicodedata

from django.urls import Resolver404, resolve
from django.utils.text import slugify
from wagtail.models import Page

LONGEST = 245
# The names of the patterns by which pages are found.
PAGES = {"page", "wagtail_serve"}
FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)


class Slugs:
    """The addresses that are taken below a page, kept up with those that are given."""

    def __init__(self, parent: Page) -> None:
        self.taken = set(parent.get_children().values_list("slug", flat=True))
        self.parent_url = parent.url or "/"

    def free(self, wanted: str) -> str:
        """Return the address, or the address with the lowest number that nobody has, and take it."""
        base = bare(wanted) or "untitled"
        number, slug = 1, base
        while slug in self.taken or self._is_answered_otherwise(slug):
            number += 1
            slug = f"{base}-{number}"
        self.taken.add(slug)
        return slug

    def _is_answered_otherwise(self, slug: str) -> bool:
        try:
            return resolve(f"{self.parent_url}{slug}/").url_name not in PAGES
        except Resolver404:
            return False


def slug_in(path: str) -> str:
    """Return the part of an old address that names a page: builders export `blog/2023-04-05-a-post.html` as one."""
    return FILE_ENDING.sub("", path.strip("/").rpartition("/")[2])


def bare(text: str) -> str:
    """Return a text as an address can hold it: letters and digits of any script, in small letters.

    What Django takes for no letter, such as vowel signs of Indic scripts, would not be found again by its addresses.
    """
    return slugify(unicodedata.normalize("NFC", text), allow_unicode=True).strip("-_")[:LONGEST]
