"""What it means that a mail did not go out: what the mail server or the provider said, or that it said nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused

# RFC 3463: the address does not exist or cannot get mail. 5.1.7 and 5.1.8 are of the sender's.
NO_SUCH_ADDRESS = re.compile(r"\b5\.1\.(?:0|1|2|3|6|10)\b")
# What servers say when they end the connection with their answer.
CLOSING = 421
LONGEST_ANSWER = 500


class Kind(Enum):
    """What is to be done about it."""

    LATER = "try again later"
    NEVER = "do not try again"
    NO_ADDRESS = "do not try again, nor any other mail to the address"
    AWAY = "nothing can be sent now, whoever to"


@dataclass(frozen=True)
class Fault:
    """What happened, and whether the connection is still good."""

    kind: Kind
    answer: str
    connection_is_good: bool = False


def fault_of(error: Exception) -> Fault:
    """Return what the error means. Whatever is not known to be for ever is tried again."""
    if isinstance(error, AnymailAPIError):
        return of_provider(error)
    if isinstance(error, AnymailRecipientsRefused):
        return Fault(Kind.NEVER, said(str(error)), connection_is_good=True)
    if isinstance(error, SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return of_answer(code, said(text))
    if isinstance(error, SMTPSenderRefused):
        # It is not the reader's fault, and an owner can put it right while the mails wait.
        return Fault(Kind.LATER, f"{error.smtp_code} {said(error.smtp_error)}")
    if isinstance(error, SMTPResponseException):
        return of_answer(error.smtp_code, said(error.smtp_error))
    was_cut = isinstance(error, (SMTPException, OSError))
    return Fault(Kind.LATER, said(f"{type(error).__name__}: {error}"), connection_is_good=not was_cut)


def of_answer(code: int, text: str) -> Fault:
    """Return what an SMTP server's answer means."""
    answer = f"{code} {text}"[:LONGEST_ANSWER]
    if code < 500:
        return Fault(Kind.LATER, answer, connection_is_good=code != CLOSING)
    kind = Kind.NO_ADDRESS if NO_SUCH_ADDRESS.search(text) else Kind.NEVER
    return Fault(kind, answer, connection_is_good=True)


def of_provider(error: AnymailAPIError) -> Fault:
    """Return what a provider's answer means: no answer, or that our key is wrong, is nobody's address."""
    answer = said(str(error))
    if error.status_code in (None, 401, 402, 403):
        return Fault(Kind.AWAY, answer)
    is_later = error.status_code in (408, 429) or error.status_code >= 500
    return Fault(Kind.LATER if is_later else Kind.NEVER, answer, connection_is_good=True)


def said(text: str | bytes) -> str:
    """Return an answer on one line, as far as there is room for it."""
    decoded = text.decode(errors="replace") if isinstance(text, bytes) else text
    return " ".join(decoded.replace("\0", "").split())[:LONGEST_ANSWER]
