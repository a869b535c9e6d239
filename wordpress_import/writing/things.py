"""What the site has of what drafts name, fetched once for all of them."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID, uuid5

from research_reviews.drafting.markup import plain
from research_reviews.drafting.people import Directory
from research_reviews.intake.draft import CreditDraft
from research_reviews.models import Audience

# The ids of blocks are made of the old site's own ids, so that importing again makes the same ones.
BLOCKS = UUID("6a2f8c1e-5a0f-4d0b-9d57-0b7a4f0f5f10")


class Library(Protocol):
    """Where images and files of the old site are found here."""

    def image(self, url: str) -> int | None:
        """Return the key of the image that was at the address."""

    def credit(self, url: str) -> str:
        """Return who the image says made it."""

    def document(self, url: str) -> int | None:
        """Return the key of the document that was at the address."""


class SiteThings:
    """People and audiences, shared by all posts of a run."""

    def __init__(self) -> None:
        self.directory = Directory()
        self.audiences = {name.casefold(): pk for pk, name in Audience.objects.values_list("pk", "name")}


class PostThings:
    """What is answered to the draft of one post. `missing` are the images and files that were asked for in vain."""

    def __init__(self, shared: SiteThings, library: Library, name: str) -> None:
        self.shared, self.library, self.name = shared, library, name
        self.missing: list[str] = []

    def person(self, credit: CreditDraft) -> int | None:
        """Return the person or organisation, put into the library where nobody is meant yet."""
        return self.shared.directory.find_or_make(credit) if credit.name.strip() else None

    def audience(self, name: str) -> int | None:
        """Return the audience of this name, however it is capitalised."""
        return self.shared.audiences.get(name.casefold())

    def image(self, src: str) -> int | None:
        """Return the image that was at the address."""
        return self._found(src, self.library.image(src))

    def without_kept_credits(self, value: Any) -> Any:
        """Return a block's value without the credits that its images show of their own: nobody reads them twice."""
        if isinstance(value, list):
            return [self.without_kept_credits(part) for part in value]
        if not isinstance(value, dict):
            return value
        kept = self.library.credit(str(value["src"])) if value.get("src") and value.get("credit") else ""
        own = {"credit": ""} if kept and kept in plain(value["credit"]) and not value.get("credit_url") else {}
        return {name: self.without_kept_credits(part) for name, part in value.items()} | own

    def document(self, url: str) -> int | None:
        """Return the document that was at the address."""
        return self._found(url, self.library.document(url))

    def _found(self, url: str, pk: int | None) -> int | None:
        if not pk and url and url not in self.missing:
            self.missing.append(url)
        return pk

    def block_id(self, path: str) -> str:
        """Return the id of the block at the path: the same whenever the post is imported."""
        return str(uuid5(BLOCKS, f"{self.name} {path}"))
