"""What is judged, and what the judgement says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.http import HttpRequest

from core import senders, stamps


class Outcome(StrEnum):
    """What becomes of a submission. The first three are a response's status; after the others nothing is kept."""

    APPROVE = "approved"
    WAIT = "waiting"
    SPAM = "spam"
    # The form was old: shown again, filled, with a fresh stamp.
    AGAIN = "again"
    DUPLICATE = "duplicate"
    # Answered with `proof_page.ask_for_proof(request)`.
    PROVE = "prove"
    TOO_MANY = "too_many"


KEPT = frozenset({Outcome.APPROVE, Outcome.WAIT, Outcome.SPAM})


@dataclass(frozen=True)
class Verdict:
    """The outcome, with reasons: for moderators where the response is kept, for its sender where it is not."""

    status: Outcome
    reasons: tuple[str, ...] = ()
    try_again_at: datetime | None = None

    @property
    def is_kept(self) -> bool:
        """Whether a row is written, with `status` and `reasons`."""
        return self.status in KEPT


@dataclass(frozen=True)
class Submission:
    """What somebody sent, and what is known of them for as long as the request lasts."""

    page_id: int
    name: str
    email: str
    text: str
    website: str = ""
    parent_id: int | None = None
    # Of the network address; kept with the response if the settings say so.
    sender: str = ""
    stamp: str = ""
    honeypot: str = ""
    proof: str = ""
    # Told to nobody but Akismet, and to that only where the site's owner has a key for it.
    address: str = ""
    user_agent: str = ""
    referrer: str = ""
    permalink: str = ""

    @classmethod
    def of(
        cls,
        request: HttpRequest,
        data: Mapping[str, str],
        page_id: int,
        parent_id: int | None = None,
        permalink: str = "",
    ) -> Submission:
        """Return what was sent: `data` is the form's own, valid; the rest is read from the request."""
        return cls(
            page_id=page_id,
            parent_id=parent_id,
            name=data["name"],
            email=data.get("email", ""),
            website=data.get("website", ""),
            text=data["text"],
            sender=senders.hashed_address(request),
            stamp=request.POST.get(stamps.FIELD, ""),
            honeypot=request.POST.get(stamps.HONEYPOT, ""),
            proof=request.POST.get("proof", ""),
            address=senders.address(request),
            user_agent=request.headers.get("User-Agent", ""),
            referrer=request.headers.get("Referer", ""),
            permalink=permalink,
        )


def purpose(page_id: int) -> str:
    """Return the purpose of the stamp in forms for responses to the review: `{% form_guard purpose %}`."""
    return f"response-{page_id}"
