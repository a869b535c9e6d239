"""What only the database knows of a draft: who, which audience, which image, which document."""

from __future__ import annotations

from typing import Protocol

from research_reviews.intake.draft import CreditDraft


class Things(Protocol):
    """Answers with keys. None says that there is no such thing: what the draft said of it stays as text.

    Who fills many drafts answers from what was fetched before: filling itself asks the database nothing.
    """

    def person(self, credit: CreditDraft) -> int | None:
        """Return the key of the person or organisation that is credited."""

    def audience(self, name: str) -> int | None:
        """Return the key of the audience of this name. One that is not there is left out: it was guessed."""

    def image(self, src: str) -> int | None:
        """Return the key of the image that was at this address. What the draft says of its credit joins the caption."""

    def document(self, url: str) -> int | None:
        """Return the key of the document that was at this address."""

    def block_id(self, path: str) -> str:
        """Return the id of the block at a path such as `body.3.issues.0`: a UUID, the same for as long as it stays."""
