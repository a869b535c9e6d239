"""A mail server that keeps count of what it took, and is as unreliable as a test wants it."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.MULTILINE | re.IGNORECASE)


class Sink(Controller):
    """Listens on a port of its own. Shares of 1: how often it answers 4xx, or cuts the line before it took a mail."""

    def __init__(
        self, later: float = 0, cuts: float = 0, never: frozenset[str] = frozenset(), seconds: float = 0
    ) -> None:
        super().__init__(self, hostname="127.0.0.1", port=0)
        self.later, self.cuts, self.never, self.seconds = later, cuts, never, seconds
        self.taken: Counter[tuple[str, str]] = Counter()
        self.chance = random.Random(4)  # noqa: S311

    def _trigger_server(self) -> None:
        """Say that it is there. A port that the system chose is not known before."""
        self.port = cast(asyncio.Server, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Take or refuse a recipient."""
        if address in self.never:
            return "550 5.7.1 Not wanted here"
        if self.chance.random() < self.later:
            return "451 4.7.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail and count it, or hang up."""
        await asyncio.sleep(self.seconds)
        if self.chance.random() < self.cuts:
            cast(asyncio.Transport, server.transport).abort()
            return "421 4.3.0 Gone"
        found = MESSAGE_ID.search(cast(bytes, envelope.content))
        self.taken[envelope.rcpt_tos[0], found[1].decode() if found else ""] += 1
        return "250 OK"
