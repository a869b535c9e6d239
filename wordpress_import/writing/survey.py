"""What is in the exports, found out before anything is written: who, which files, and which address is whose.

Only what others refer to is kept of each item, so that memory does not grow with the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wordpress_import.records import AuthorRecord, ItemRecord, Record, SiteRecord, TermRecord
from wordpress_import.writing.addresses import OldSite, old_paths, original, upload_path
from wordpress_import.writing.files import File, file_of

POST, PAGE, ATTACHMENT, GUEST, BLOCK = "post", "page", "attachment", "guest-author", "wp_block"


@dataclass(slots=True)
class Seen:
    """What is kept of a post or page."""

    wp_id: int
    kind: str
    status: str
    parent: int = 0
    path: str = ""


@dataclass(frozen=True)
class Guest:
    """A guest author of Co-Authors Plus."""

    slug: str
    name: str
    login: str = ""
    biography: str = ""
    website: str = ""


@dataclass
class SiteSurvey:
    """An old site, as one or several exports tell of it."""

    record: SiteRecord
    authors: dict[str, AuthorRecord] = field(default_factory=dict)
    terms: dict[tuple[str, str], TermRecord] = field(default_factory=dict)
    guests: dict[str, Guest] = field(default_factory=dict)
    blocks: dict[int, str] = field(default_factory=dict)
    files: dict[int, File] = field(default_factory=dict)
    files_by_path: dict[str, int] = field(default_factory=dict)
    # Of each file, the page that WordPress made for it; of each post, its files.
    file_pages: dict[int, tuple[str, ...]] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)
    items: dict[int, Seen] = field(default_factory=dict)
    # Which post, page or file an address of the old site leads to.
    owners: dict[str, int] = field(default_factory=dict)
    sticky: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.old = OldSite(self.record.key)

    def take(self, item: ItemRecord) -> None:
        """Keep what others may refer to."""
        if item.kind in (POST, PAGE):
            self._take_page(item)
        elif item.kind == ATTACHMENT:
            self._take_file(item)
        elif item.kind == BLOCK:
            self.blocks[item.wp_id] = item.content
        elif item.kind == GUEST:
            self._take_guest(item)

    def _take_page(self, item: ItemRecord) -> None:
        paths = old_paths(item, self.old)
        self.items[item.wp_id] = Seen(item.wp_id, item.kind, item.status, item.parent, paths[0])
        if item.status == "trash":
            return
        # What one post has now comes before what another once had.
        self.owners[paths[0]] = item.wp_id
        for path in paths[1:]:
            self.owners.setdefault(path, item.wp_id)
        if item.is_sticky and item.kind == POST:
            self.sticky.append(item.wp_id)

    def _take_file(self, item: ItemRecord) -> None:
        file = file_of(item)
        self.files[item.wp_id] = file
        if path := upload_path(file.url):
            self.files_by_path.setdefault(path, item.wp_id)
            self.files_by_path.setdefault(original(path), item.wp_id)
        if item.parent:
            self.children.setdefault(item.parent, []).append(item.wp_id)
        self.file_pages[item.wp_id] = tuple(path for path in old_paths(item, self.old) if "?" not in path)
        for path in self.file_pages[item.wp_id]:
            self.owners.setdefault(path, item.wp_id)

    def _take_guest(self, item: ItemRecord) -> None:
        login = first(item.meta, "cap-user_login")
        guest = Guest(
            slug=item.slug,
            name=first(item.meta, "cap-display_name") or item.title or login,
            login=login,
            biography=first(item.meta, "cap-description"),
            website=first(item.meta, "cap-website"),
        )
        self.guests[item.slug] = guest
        if login:
            self.guests.setdefault(f"cap-{login}", guest)

    def file_at(self, url: str) -> File | None:
        """Return the library's entry for an address, also that of a smaller size."""
        path = upload_path(url)
        if not path:
            return None
        number = self.files_by_path.get(path) or self.files_by_path.get(original(path))
        return self.files.get(number) if number else None


class Survey:
    """Everything that the exports hold, and how much of it."""

    def __init__(self) -> None:
        self.sites: dict[str, SiteSurvey] = {}
        self.counts: Counter[tuple[str, str]] = Counter()
        self.items = 0

    def look(self, records: Iterable[Record]) -> Iterator[tuple[SiteSurvey, ItemRecord]]:
        """Take in every record, and yield each item with its site once it is taken in."""
        for site, record in with_sites(records):
            here = self.sites.setdefault(site.key, SiteSurvey(site))
            if isinstance(record, AuthorRecord):
                here.authors.setdefault(record.login, record)
            elif isinstance(record, TermRecord):
                here.terms.setdefault((record.taxonomy, record.slug), record)
            elif isinstance(record, ItemRecord):
                self.items += 1
                self.counts[record.kind, record.status] += 1
                here.take(record)
                yield here, record


def with_sites(records: Iterable[Record]) -> Iterator[tuple[SiteRecord, Record]]:
    """Yield each record with the site that it belongs to: the one named last before it."""
    site = SiteRecord(key="")
    for record in records:
        if isinstance(record, SiteRecord):
            site = record
        yield site, record


def first(meta: dict[str, Any], name: str) -> str:
    """Return the first value that an item has of a custom field; empty where it has none."""
    values = meta.get(name) or [""]
    return str(values[0]).strip()
