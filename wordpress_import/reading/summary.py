"""What an export holds in numbers, counted while it goes by: for a dry run's report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wordpress_import.records import AuthorRecord, ItemRecord, Record, SiteRecord, TermRecord

# What WordPress itself takes for a shortcode: a name after a bracket that is not doubled.
SHORTCODE = re.compile(r"(?<!\[)\[([a-zA-Z][\w-]*)(?=[\s\]/])[^\[\]]*\](?!\])")
BLOCK = re.compile(r"<!--\s+wp:([a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s")
# Where brackets are text: code, comments and the attributes of blocks.
VERBATIM = re.compile(r"<(pre|code|script|style)\b[^>]*>|<!--")
WITH_CONTENT = ("post", "page")


@dataclass
class Summary:
    """Counts of everything in an export. Only names and numbers are kept, so that it stays small.

    `statuses` counts by kind and status, `comments` by kind and status, `terms` the uses by taxonomy and slug,
    `authors` the items by login, `shortcodes` and `blocks` the uses in posts and pages by name; `years` the
    posts and pages by the year of publication (0 without one).
    """

    sites: list[SiteRecord] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    comments: Counter[tuple[str, str]] = field(default_factory=Counter)
    terms: Counter[tuple[str, str]] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    shortcodes: Counter[str] = field(default_factory=Counter)
    blocks: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    declared_authors: int = 0
    declared_terms: Counter[str] = field(default_factory=Counter)
    passwords: int = 0
    repaired: int = 0

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records as they are, and count them."""
        for record in records:
            self.add(record)
            yield record

    def add(self, record: Record) -> None:
        """Count one record."""
        if isinstance(record, ItemRecord):
            self.add_item(record)
        elif isinstance(record, AuthorRecord):
            self.declared_authors += bool(record.display_name or record.email or record.wp_id)
        elif isinstance(record, TermRecord):
            self.declared_terms[record.taxonomy] += 1
        elif record not in self.sites:
            self.sites.append(record)

    def add_item(self, item: ItemRecord) -> None:
        """Count an item and what belongs to it."""
        self.kinds[item.kind] += 1
        self.statuses[item.kind, item.status] += 1
        self.repaired += bool(item.problems)
        self.comments.update((comment.kind, comment.status) for comment in item.comments)
        if item.kind not in WITH_CONTENT:
            return
        self.authors[item.author] += 1
        self.terms.update((term.taxonomy, term.slug) for term in item.terms)
        self.passwords += bool(item.password)
        self.years[item.published.year if item.published else 0] += 1
        self.blocks.update(BLOCK.findall(item.content))
        self.shortcodes.update(shortcodes(item.content))


def shortcodes(content: str) -> Iterator[str]:
    """Yield the name of each shortcode in the content; brackets in code and in comments are none."""
    if "[" not in content:
        return
    for stretch in outside_verbatim(content):
        for found in SHORTCODE.finditer(stretch):
            yield found[1]


def outside_verbatim(content: str) -> Iterator[str]:
    """Yield the stretches of the content in which brackets may mean something."""
    position = 0
    while start := VERBATIM.search(content, position):
        yield content[position : start.start()]
        mark = f"</{start[1]}" if start[1] else "-->"
        end = content.find(mark, start.end())
        if end < 0:
            return
        position = end
    yield content[position:]
