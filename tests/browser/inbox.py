"""A mail server that keeps the mails it takes, so that a test can read them as their readers do."""

from __future__ import annotations

import email
import email.policy
import re
import time
from email.message import EmailMessage
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.subscriptions.sink import Sink

SECONDS_TO_WAIT = 60


class Inbox(Sink):
    """The inboxes of everybody. Takes whatever is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail."""
        mail = email.message_from_bytes(cast(bytes, envelope.content), policy=email.policy.default)
        self.mails.append((envelope.rcpt_tos[0], mail))
        return "250 OK"

    @property
    def url(self) -> str:
        """What EMAIL_URL is, so that mails come here."""
        return f"smtp://127.0.0.1:{self.port}"

    def wait_for(self, address: str, subject: str) -> EmailMessage:
        """Return the mail to the address whose subject holds the words, as soon as it is there."""
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while time.monotonic() < deadline:
            if found := self.to(address, subject):
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"No mail of {subject!r} came to {address}, but {[m[1]['Subject'] for m in self.mails]}.")

    def to(self, address: str, subject: str = "") -> list[EmailMessage]:
        """Return every mail to the address whose subject holds the words."""
        return [mail for receiver, mail in self.mails if receiver == address and subject in str(mail["Subject"])]


def plain(mail: EmailMessage) -> str:
    """Return the plain part."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, words: str) -> str:
    """Return the address in the plain part whose path holds the words."""
    return next(address for address in re.findall(r"https?://\S+", plain(mail)) if words in address)
