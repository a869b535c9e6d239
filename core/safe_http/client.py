"""The one way in which the site asks a server that somebody named."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3 import BaseHTTPResponse, HTTPHeaderDict
from urllib3.exceptions import HTTPError

from core.safe_http.addresses import PORTS, Target, read_target
from core.safe_http.connections import Deadline, Gate, pool_for
from core.safe_http.failures import Refused, TooLarge, Unreachable

SECONDS = 5
LARGEST = 2 * 1024 * 1024
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What a server said. Headers are found in any case; body is what was meant, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    def json(self) -> Any:
        """Return the body read as JSON. Raises ValueError where it is none."""
        return json.loads(self.body)


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, Any] | None = None,
    timeout: float = SECONDS,
    largest: int = LARGEST,
    trusted: Collection[str] = (),
) -> Answer:
    """Return what a server answers to GET, whatever its status.

    timeout is in seconds and covers names, connections, redirects and the body together; largest is in bytes of the
    unpacked body. trusted names base addresses that may lie anywhere and on any port, because the owner set them; their
    redirects may not. Raises FetchFailed with a sentence for whoever asked.
    """
    body = io.BytesIO()
    answer = converse(with_params(url, params), headers or {}, body, Limits(timeout, largest, trusted=trusted))
    return Answer(answer.status, answer.headers, body.getvalue(), answer.url)


def download(
    url: str,
    into: BinaryIO,
    largest: int,
    timeout: float,
    *,
    allow_private: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Write what a server answers into a file as it comes; the answer returned has an empty body.

    What was written when it fails is incomplete: FetchFailed says why. A body that breaks off before its announced
    length is a failure. allow_private takes any address and port, for a media server in the owner's own network. Of an
    answer that is no success nothing is written.
    """
    return converse(url, headers or {}, into, Limits(timeout, largest, allow_private=allow_private, only_success=True))


@dataclass(frozen=True)
class Limits:
    """How far a conversation may go."""

    seconds: float
    largest: int
    trusted: Collection[str] = ()
    allow_private: bool = False
    only_success: bool = False

    def allows_anywhere(self, target: Target, hop: int) -> bool:
        """Whether the target may lie in a private network: the owner said so. A redirect has no such standing."""
        named = hop == 0 and target.origin in {read_target(base).origin for base in self.trusted}
        return self.allow_private or named


def converse(url: str, headers: Mapping[str, str], into: BinaryIO, limits: Limits) -> Answer:
    """Ask, follow redirects by hand so that each is judged, and write the body. Raises FetchFailed."""
    deadline = Deadline(limits.seconds)
    target = read_target(url)
    for hop in range(MOST_REDIRECTS + 1):
        anywhere = limits.allows_anywhere(target, hop)
        if not anywhere and target.port != PORTS[target.scheme]:
            raise Refused(_("Servers are asked at their usual ports only."))
        with answer_of(target, headers, Gate(deadline, anywhere)) as response:
            location = response.headers.get("Location", "")
            if response.status not in REDIRECTS or not location:
                if not limits.only_success or 200 <= response.status < 300:
                    write_body(response, into, limits.largest)
                deadline.left()
                return Answer(response.status, response.headers, b"", url)
        url, target = follow(url, target, location)
    raise Refused(_("The server sends from one address to the next without end."))


def follow(url: str, target: Target, location: str) -> tuple[str, Target]:
    """Return where a redirect leads. Raises Refused where it leaves encryption behind."""
    try:
        url = urljoin(url, location)
    except ValueError as error:
        raise Refused(_("The server sends to an address that is none.")) from error
    after = read_target(url)
    if target.scheme == "https" and after.scheme == "http":
        raise Refused(_("The server sends to an address without encryption."))
    return url, after


@contextlib.contextmanager
def answer_of(target: Target, headers: Mapping[str, str], gate: Gate) -> Iterator[BaseHTTPResponse]:
    """Ask the target's server, and part from it afterwards. Raises FetchFailed."""
    pool = pool_for(target, gate)
    try:
        yield pool.urlopen(
            "GET",
            target.path,
            headers=request_headers(headers),
            redirect=False,
            retries=False,
            preload_content=False,
            assert_same_host=False,
        )
    except (HTTPError, OSError, ValueError) as error:
        # Shut from our side, a connection breaks in many ways; the time says which.
        gate.deadline.left()
        raise Unreachable(_("%(host)s broke off the conversation.") % {"host": target.host}) from error
    finally:
        gate.deadline.release()
        pool.close()


def write_body(response: BaseHTTPResponse, into: BinaryIO, largest: int) -> None:
    """Write the unpacked body. Raises TooLarge as soon as there is more than largest bytes of it."""
    message = _("The answer is larger than %(size)d MB, so it was not taken.") % {"size": largest // 1024 // 1024 or 1}
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > largest:
        raise TooLarge(message)
    written = 0
    for chunk in response.stream(CHUNK, decode_content=True):
        written += len(chunk)
        if written > largest:
            raise TooLarge(message)
        into.write(chunk)


def request_headers(headers: Mapping[str, str]) -> HTTPHeaderDict:
    """Return the headers of every request, and those of this one."""
    site = settings.WAGTAILADMIN_BASE_URL
    sent = HTTPHeaderDict(
        {
            "User-Agent": f"ResearchReviews/1.0 (+{site}; mailto:{settings.CONTACT_ADDRESS})",
            "Accept-Encoding": "gzip",
            "Accept": "*/*",
        }
    )
    for name, value in headers.items():
        sent[name] = value
    return sent


def with_params(url: str, params: Mapping[str, Any] | None) -> str:
    """Return the address with the parameters behind it."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params)}" if params else url
