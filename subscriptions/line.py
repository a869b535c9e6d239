"""The connection to the mail server or the provider, kept for many mails."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.filebased import EmailBackend as FileBackend


class AwayError(Exception):
    """Nothing can be sent now, whoever to."""


class Line:
    """A connection that opens when it is first needed and again after it was cut."""

    def __init__(self) -> None:
        self._connection: Any = None
        # How often in a row it was cut.
        self.cuts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.drop()

    def send(self, message: EmailMessage) -> None:
        """Send a mail. Raises AwayError where there is no connection, and what the connection raises."""
        connection = self._open()
        if not connection.send_messages([message]):
            raise OSError("The mail was not taken.")
        if isinstance(connection, FileBackend):
            # It writes what goes over one connection into one file, and a file is to be one mail.
            self.drop()

    def _open(self) -> Any:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except Exception as error:
                raise AwayError(f"{type(error).__name__}: {error}") from error
            self._connection = connection
        return self._connection

    def drop(self) -> None:
        """Hang up. The next mail opens a new connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.close()
