"""The mails that were written to files instead of being sent, to be read in a browser. In development only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.content_policy import allow

MOST_LISTED = 100
# What Django's file backend writes after each mail. A line of dashes within a mail is followed by no header.
END = re.compile(rb"\n-{79}\n(?=\Z|[A-Za-z-]+: )")


@dataclass(frozen=True)
class WrittenMail:
    """One mail of a file, which holds all that were sent over one connection."""

    file: str
    place: int
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject."""
        return str(self.message["Subject"] or "")

    @property
    def recipients(self) -> str:
        """Whom it is for."""
        return str(self.message["To"] or "")

    @property
    def sent_at(self) -> datetime | None:
        """When it was written, where the mail says so."""
        try:
            return parsedate_to_datetime(str(self.message["Date"]))
        except ValueError:
            return None

    @property
    def address(self) -> str:
        """Where it is shown."""
        return reverse("mailbox_mail", args=[self.file.removesuffix(".log"), self.place])

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Every header, in order."""
        return [(name, str(value)) for name, value in self.message.items()]

    def part(self, kind: str) -> str:
        """Return the text of the kind, "html" or "plain"; empty where the mail has none."""
        body = self.message.get_body((kind,))
        return str(body.get_content()) if body else ""


def folder() -> Path:
    """Return where the file backend writes."""
    return Path(settings.EMAIL_FILE_PATH)


def mails() -> Iterator[WrittenMail]:
    """Yield every mail, the newest first."""
    # The names of files tell the second alone.
    for file in sorted(folder().glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True):
        yield from reversed(list(mails_in(file)))


def mails_in(file: Path) -> Iterator[WrittenMail]:
    """Yield the mails of a file as they were written. One that is only half written is shown as far as it goes."""
    pieces = [piece for piece in END.split(file.read_bytes()) if piece.strip()]
    for place, piece in enumerate(pieces):
        yield WrittenMail(file.name, place, message_from_bytes(piece, policy=policy.default))


@require_safe
@never_cache
def mail_list(request: HttpRequest) -> HttpResponse:
    """List the newest mails."""
    return render(request, "core/mailbox.html", {"mails": list(islice(mails(), MOST_LISTED)), "folder": folder()})


@require_safe
@never_cache
def mail(request: HttpRequest, file: str, place: int) -> HttpResponse:
    """Show one mail: its headers and both of its texts."""
    found = folder() / f"{file}.log"
    written = list(mails_in(found)) if found.is_file() else []
    if place >= len(written):
        raise Http404
    # The mail is shown in a frame in which nothing runs; its styles stand in it, as mail programs want.
    allow(request, "style-src", "'unsafe-inline'")
    context = {"mail": written[place], "html": written[place].part("html"), "text": written[place].part("plain")}
    return render(request, "core/mail.html", context)


urlpatterns = [
    path("dev/mail/", mail_list, name="mailbox"),
    path("dev/mail/<slug:file>/<int:place>/", mail, name="mailbox_mail"),
]
