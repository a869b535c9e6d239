"""Links that led to pages and files of the old site lead to what these are here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

from core.blocks import LEFTOVER
from research_reviews.intake.draft import BlockDraft
from wordpress_import.writing.addresses import original, upload_path
from wordpress_import.writing.memory import Memory
from wordpress_import.writing.survey import PAGE, POST, SiteSurvey
from wordpress_import.writing.things import Library

LINK = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]*)\"[^>]*>", re.IGNORECASE)
# Of a link, the opening tag that takes its place, or None where it stays as it is.
Rewrite = Callable[[str], str | None]


class Links:
    """Knows where the links of an old site lead."""

    def __init__(self, site: SiteSurvey, memory: Memory, library: Library) -> None:
        self.site, self.memory, self.library = site, memory, library
        self.dead: list[str] = []

    def tag(self, url: str) -> str | None:
        """Return the opening tag for a link to an address, None where it is another site's or leads nowhere here."""
        if path := upload_path(url):
            return self._tag_of_file(url) if self._is_ours(url, path) else None
        path = self.site.old.local(url)
        if path is None or path in ("/", self.site.old.folder):
            return None
        pk = self.page(path)
        if pk:
            return f'<a linktype="page" id="{pk}">'
        self.dead.append(url)
        return None

    def page(self, path: str) -> int | None:
        """Return the page that an old path led to: a post, a page, or the post that a file belongs to."""
        number = self._owner(path)
        seen = self.site.items.get(number) if number else None
        if seen:
            return self.memory.object_id(seen.kind, seen.wp_id)
        return None

    def _owner(self, path: str) -> int | None:
        if "?" in path:
            number = int(path.rpartition("=")[2])
            return number if number in self.site.items else None
        owners = self.site.owners
        # A page of a long post, its feed and its comments belong to it.
        shorter = re.sub(r"/(?:\d+|page/\d+|feed(?:/\w+)?|comment-page-\d+|amp|trackback|embed)$", "", path)
        return owners.get(path) or owners.get(shorter)

    def _is_ours(self, url: str, path: str) -> bool:
        return self.site.old.local(url) is not None or self.site.file_at(url) is not None

    def _tag_of_file(self, url: str) -> str | None:
        if pk := self.library.document(url):
            return f'<a linktype="document" id="{pk}">'
        return None


def rewritten(body: list[BlockDraft], rewrite: Rewrite) -> list[BlockDraft]:
    """Return the blocks with their links as `rewrite` has them, and without links of images to themselves.

    What only the old site knew stays as it stood.
    """
    return [
        block if block.type == LEFTOVER else replace(block, value=_rewritten(block.value, rewrite)) for block in body
    ]


def _rewritten(value: Any, rewrite: Rewrite) -> Any:
    if isinstance(value, str):
        return rewritten_html(value, rewrite) if "href=" in value else value
    if isinstance(value, list):
        return [_rewritten(part, rewrite) for part in value]
    if isinstance(value, dict):
        if value.get("type") == LEFTOVER:
            return value
        made = {name: _rewritten(part, rewrite) for name, part in value.items()}
        return {**made, "link": ""} if leads_to_itself(made) else made
    return value


def rewritten_html(html: str, rewrite: Rewrite) -> str:
    """Return rich text with its links as `rewrite` has them."""
    return LINK.sub(lambda found: rewrite(unescape(found[1])) or found[0], html)


def leads_to_itself(picture: dict[str, Any]) -> bool:
    """Whether an image leads to its own file, as WordPress sets it up: here readers see it large anyway."""
    link, src = picture.get("link"), picture.get("src")
    if not (isinstance(link, str) and isinstance(src, str) and link and src):
        return False
    here, there = upload_path(src), upload_path(link)
    return link == src or (here is not None and there is not None and original(here) == original(there))


def pages_in(site: SiteSurvey) -> dict[str, list[int]]:
    """Return the ids of the posts and pages that become something here, by kind, in the order of the export."""
    ids: dict[str, list[int]] = {POST: [], PAGE: []}
    for seen in site.items.values():
        ids[seen.kind].append(seen.wp_id)
    return ids
