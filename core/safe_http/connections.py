"""Connections to public addresses only, which end when their time is over."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from socket import getaddrinfo
from typing import Any

import certifi
from django.utils.translation import gettext as _
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from core.safe_http.addresses import Target, is_public
from core.safe_http.failures import Refused, TooSlow, Unreachable


class Deadline:
    """The end of a conversation. Timeouts of a socket begin anew with each byte; this one does not."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.lock = threading.Lock()
        self.socket: socket.socket | None = None
        self.timer: threading.Timer | None = None

    def left(self) -> float:
        """Return the seconds that are left. Raises TooSlow where there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TooSlow(_("The server did not answer in time. Try again later."))
        return left

    def watch(self, connected: socket.socket) -> None:
        """Shut the connection when the time is over, whatever it is busy with."""
        self.release()
        # A copy, because TLS takes the socket itself away; shutting the copy ends the same connection.
        self.socket = connected.dup()
        self.timer = threading.Timer(self.left(), self.shut)
        self.timer.daemon = True
        self.timer.start()

    def shut(self) -> None:
        """Wake whoever waits for the connection."""
        with self.lock:
            if self.socket:
                with contextlib.suppress(OSError):
                    self.socket.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Watch no longer."""
        if self.timer:
            self.timer.cancel()
        with self.lock:
            if self.socket:
                self.socket.close()
            self.socket = None


class Gate:
    """Opens connections: the name is looked up once, and the address that was judged is the one connected to."""

    def __init__(self, deadline: Deadline, allow_private: bool) -> None:
        self.deadline = deadline
        self.allow_private = allow_private

    def open(self, host: str, port: int) -> socket.socket:
        """Return a connection to the host. Raises Refused, TooSlow or Unreachable."""
        addresses = look_up_name(host, port, self.deadline.left())
        if not self.allow_private and not all(map(is_public, addresses)):
            raise Refused(_("%(host)s is not on the public internet, so it is not asked.") % {"host": host})
        connected = self.connect_first(addresses, port, host)
        try:
            self.judge(connected, host)
            self.deadline.watch(connected)
        except BaseException:
            connected.close()
            raise
        return connected

    def connect_first(self, addresses: list[str], port: int, host: str) -> socket.socket:
        """Return a connection to the first address that takes one."""
        for address in addresses:
            with contextlib.suppress(OSError):
                return connect(address, port, self.deadline.left())
        self.deadline.left()
        raise Unreachable(_("%(host)s cannot be reached.") % {"host": host})

    def judge(self, connected: socket.socket, host: str) -> None:
        """Refuse a connection that ended up elsewhere than it was sent."""
        if not self.allow_private and not is_public(connected.getpeername()[0]):
            raise Refused(_("%(host)s is not on the public internet, so it is not asked.") % {"host": host})


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an IP address. Raises OSError."""
    return socket.create_connection((address, port), timeout=seconds)


def look_up_name(host: str, port: int, seconds: float) -> list[str]:
    """Return the IP addresses of a host, in the order to try them. Raises TooSlow or Unreachable.

    The system's resolver knows no time limit, so it is waited for from outside.
    """
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))
        except (OSError, UnicodeError) as error:
            answers.put(OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise TooSlow(_("%(host)s was not found in time. Try again later.") % {"host": host}) from error
    if isinstance(answer, OSError) or not answer:
        raise Unreachable(_("There is no server named %(host)s, or this one is offline.") % {"host": host})
    return answer


class GatedHTTPConnection(HTTPConnection):
    """A connection whose socket the gate opens."""

    def __init__(self, *args: Any, gate: Gate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gate = gate

    def _new_conn(self) -> socket.socket:
        return self.gate.open(self._dns_host, self.port)


class GatedHTTPSConnection(HTTPSConnection):
    """The same under TLS: the certificate has to be the name's, whatever address was found for it."""

    def __init__(self, *args: Any, gate: Gate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gate = gate

    def _new_conn(self) -> socket.socket:
        return self.gate.open(self._dns_host, self.port)


class GatedHTTPPool(HTTPConnectionPool):
    """Makes such connections."""

    ConnectionCls = GatedHTTPConnection


class GatedHTTPSPool(HTTPSConnectionPool):
    """Makes such connections under TLS."""

    ConnectionCls = GatedHTTPSConnection


def pool_for(target: Target, gate: Gate) -> HTTPConnectionPool:
    """Return what asks the target's server. It knows of no proxy and keeps no cookie."""
    # Wider than the deadline, which is the one that counts.
    timeout = gate.deadline.left() + 1
    if target.scheme == "https":
        return GatedHTTPSPool(target.host, target.port, timeout=timeout, gate=gate, ca_certs=certifi.where())
    return GatedHTTPPool(target.host, target.port, timeout=timeout, gate=gate)
