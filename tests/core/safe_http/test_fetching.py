"""Asking servers: what comes, what is refused, and when it ends. The servers are real, the names invented."""

from __future__ import annotations

import gzip
import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from core.safe_http import Answer, FetchFailed, Refused, TooLarge, TooSlow, Unreachable, connections, download, fetch
from core.safe_http.addresses import read_target
from core.safe_http.client import follow

PUBLIC = "93.184.215.14"


class Names:
    """A resolver that knows only what it was told; each look-up of a name gives its next addresses."""

    def __init__(self) -> None:
        self.known: dict[str, list[list[str]]] = {}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *_args: Any, **_kwargs: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        answers = self.known.get(host)
        if not answers:
            raise socket.gaierror("Name or service not known")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """The names that exist."""
    names = Names()
    monkeypatch.setattr(connections, "getaddrinfo", names)
    return names


@pytest.fixture
def internet(names: Names, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """An internet of one server: whoever connects to a public address arrives there. Returns who is connected to."""
    connected: list[tuple[str, int]] = []
    real = socket.create_connection

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        connected.append((address, port))
        return real(("127.0.0.1", httpserver.port), timeout=seconds)

    monkeypatch.setattr(connections, "connect", connect)
    monkeypatch.setattr(connections.Gate, "judge", lambda *_args: None)
    names.known["reviews.example"] = [[PUBLIC]]
    return connected


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that says to each caller what `talk` says, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    caller, _address = listener.accept()
                    threading.Thread(target=answer, args=(caller,), daemon=True).start()

        def answer(caller: socket.socket) -> None:
            with caller, suppress(OSError):
                talk(caller)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def here(httpserver: HTTPServer, path: str, **kwargs: Any) -> Answer:
    """Ask the local server as one that the owner's settings name."""
    return fetch(httpserver.url_for(path), trusted=[httpserver.url_for("/")], **kwargs)


def test_an_answer_comes_with_status_headers_and_body(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a", query_string={"q": "ä b"}).respond_with_data("Grüße", 404, {"X-Rate": "5"})

    answer = here(httpserver, "/a", params={"q": "ä b"})

    assert (answer.status, answer.body.decode(), answer.headers["x-rate"]) == (404, "Grüße", "5")


def test_the_site_says_who_asks_and_whom_to_write_to(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("", headers={"Set-Cookie": "a=b"})

    here(httpserver, "/a")
    here(httpserver, "/a", headers={"Accept": "application/json"})

    first, second = (request.headers for request, _response in httpserver.log)
    assert "mailto:reviews@example.org" in first["User-Agent"]
    assert second["Accept"] == "application/json"
    assert "Cookie" not in second


def test_a_proxy_of_the_environment_is_not_used(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    httpserver.expect_request("/a").respond_with_data("direct")

    assert here(httpserver, "/a").body == b"direct"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "http://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/",
    ],
)
def test_the_machine_itself_is_not_asked(url: str) -> None:
    with pytest.raises(Refused):
        fetch(url)


def test_only_the_usual_ports_are_asked(httpserver: HTTPServer) -> None:
    with pytest.raises(Refused, match="usual ports"):
        fetch(httpserver.url_for("/"))
    with pytest.raises(Refused, match="usual ports"):
        fetch("https://example.org:80/")
    assert not httpserver.log


@pytest.mark.parametrize("addresses", [["10.0.0.7"], [PUBLIC, "10.0.0.7"], ["::1", PUBLIC], ["64:ff9b::7f00:1"]])
def test_a_name_with_any_private_address_is_not_asked(
    internet: list[tuple[str, int]], names: Names, addresses: list[str]
) -> None:
    names.known["inside.example"] = [addresses]

    with pytest.raises(Refused, match="not on the public internet"):
        fetch("http://inside.example/")
    assert not internet


def test_a_name_that_changes_its_address_is_connected_to_at_the_one_that_was_judged(
    internet: list[tuple[str, int]], names: Names, httpserver: HTTPServer
) -> None:
    names.known["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    httpserver.expect_request("/").respond_with_data("seen")

    answer = fetch("http://rebinding.example/")

    assert answer.body == b"seen"
    assert names.asked == ["rebinding.example"]
    assert internet == [(PUBLIC, 80)]
    request, _response = httpserver.log[0]
    assert request.headers["Host"] == "rebinding.example"


def test_a_connection_that_ends_up_inside_is_dropped(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    names.known["reviews.example"] = [[PUBLIC]]
    with raw_server(lambda caller: asked.append(caller.recv(10))) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        local = socket.create_connection(("127.0.0.1", port))
        monkeypatch.setattr(connections, "connect", lambda *_args: local)
        with pytest.raises(Refused):
            fetch("http://reviews.example/")
        time.sleep(0.05)
    assert asked in ([], [b""])


def test_tls_asks_for_the_name_and_not_for_the_address(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[bytes] = []
    names.known["reviews.example"] = [[PUBLIC]]
    monkeypatch.setattr(connections.Gate, "judge", lambda *_args: None)
    with raw_server(lambda caller: said.append(caller.recv(2000))) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        local = socket.create_connection(("127.0.0.1", port))
        monkeypatch.setattr(connections, "connect", lambda *_args: local)
        with pytest.raises(Unreachable):
            fetch("https://reviews.example/")
    assert b"reviews.example" in said[0]


@pytest.mark.parametrize(
    "location",
    [
        *(
            "http://127.0.0.1/",
            "http://localhost/",
            "//10.0.0.1/",
            "http://[::1]/",
            "http://2130706433/",
            "http://inside.example/",
        ),
        *("file:///etc/passwd", "http://user@reviews.example/", "http://reviews.example:8080/"),
    ],
)
def test_a_redirect_to_where_nobody_is_asked_is_refused(
    internet: list[tuple[str, int]], names: Names, httpserver: HTTPServer, location: str
) -> None:
    names.known |= {"inside.example": [["192.168.0.1"]], "localhost": [["127.0.0.1"]], "127.0.0.1": [["127.0.0.1"]]}
    names.known |= {"10.0.0.1": [["10.0.0.1"]], "::1": [["::1"]]}
    httpserver.expect_request("/").respond_with_data("", 302, {"Location": location})

    with pytest.raises(Refused):
        fetch("http://reviews.example/")
    assert internet == [(PUBLIC, 80)]


def test_a_redirect_of_a_named_registry_has_no_standing_of_its_own(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": "/b"})

    with pytest.raises(Refused):
        here(httpserver, "/a")
    assert len(httpserver.log) == 1


def test_a_redirect_on_the_internet_is_followed_and_its_name_judged_anew(
    internet: list[tuple[str, int]], names: Names, httpserver: HTTPServer
) -> None:
    names.known["other.example"] = [["1.1.1.1"]]
    httpserver.expect_request("/a").respond_with_data("", 301, {"Location": "//other.example/b?c=d"})
    httpserver.expect_request("/b").respond_with_data("there")

    answer = fetch("http://reviews.example/a")

    assert (answer.body, answer.url) == (b"there", "http://other.example/b?c=d")
    assert internet == [(PUBLIC, 80), ("1.1.1.1", 80)]


def test_redirects_without_end_are_ended(internet: list[tuple[str, int]], httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("", 307, {"Location": "/"})

    with pytest.raises(Refused, match="without end"):
        fetch("http://reviews.example/")
    assert len(internet) == 6


def test_encryption_is_not_left_behind() -> None:
    target = read_target("https://reviews.example/")
    with pytest.raises(Refused, match="without encryption"):
        follow("https://reviews.example/", target, "http://reviews.example/")
    with pytest.raises(Refused, match="an address that is none"):
        follow("https://reviews.example/", target, "http://[::1")


def drip(caller: socket.socket, before: bytes) -> None:
    """Say something, and then a letter now and then, for as long as anybody listens."""
    caller.recv(1000)
    caller.sendall(before)
    while True:
        time.sleep(0.1)
        caller.sendall(b"x")


@pytest.mark.parametrize(
    "before",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"HTTP/1.0 200 OK\r\n\r\n"],
    ids=["no status", "headers", "body", "body without length"],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(before: bytes) -> None:
    began = time.monotonic()
    with raw_server(lambda caller: drip(caller, before)) as address, pytest.raises(TooSlow):
        fetch(address, timeout=0.6, trusted=[address])
    assert 0.5 < time.monotonic() - began < 1.5


def test_a_server_that_says_nothing_is_left_when_the_time_is_over() -> None:
    with raw_server(lambda caller: time.sleep(5)) as address, pytest.raises(TooSlow):
        fetch(address, timeout=0.3, trusted=[address])


def test_a_name_that_is_never_found_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_for_long(*_args: Any, **_kwargs: Any) -> list[Any]:
        time.sleep(1)
        return []

    monkeypatch.setattr(connections, "getaddrinfo", look_for_long)
    began = time.monotonic()

    with pytest.raises(TooSlow, match=r"nowhere[.]example"):
        fetch("http://nowhere.example/", timeout=0.3)
    assert time.monotonic() - began < 1


def test_the_time_covers_all_redirects_together(internet: list[tuple[str, int]], httpserver: HTTPServer) -> None:
    def slow(_request: Request) -> Response:
        time.sleep(0.25)
        return Response("", 302, {"Location": "/"})

    httpserver.expect_request("/").respond_with_handler(slow)

    with pytest.raises(TooSlow):
        fetch("http://reviews.example/", timeout=0.6)


def test_no_such_server_is_said(names: Names) -> None:
    with pytest.raises(Unreachable, match=r"no server named gone[.]example"):
        fetch("http://gone.example/")
    names.known["127.0.0.1"] = [["127.0.0.1"]]
    with pytest.raises(Unreachable, match="cannot be reached"):
        fetch("http://127.0.0.1:9/", trusted=["http://127.0.0.1:9/"])


def test_what_is_larger_than_two_megabytes_is_not_taken(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/exact").respond_with_data(b"x" * 2 * 1024 * 1024)
    httpserver.expect_request("/more").respond_with_data(b"x" * (2 * 1024 * 1024 + 1))

    assert len(here(httpserver, "/exact").body) == 2 * 1024 * 1024
    with pytest.raises(TooLarge, match="2 MB"):
        here(httpserver, "/more")


def test_a_bomb_is_measured_by_what_it_unpacks_to(httpserver: HTTPServer) -> None:
    bomb = gzip.compress(bytes(100 * 1024 * 1024), 9)
    httpserver.expect_request("/bomb").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    httpserver.expect_request("/twice").respond_with_data(
        gzip.compress(bomb), headers={"Content-Encoding": "gzip, gzip"}
    )
    httpserver.expect_request("/honest").respond_with_data(
        gzip.compress(b"small"), headers={"Content-Encoding": "gzip"}
    )

    assert here(httpserver, "/honest").body == b"small"
    for path in ("/bomb", "/twice"):
        began = time.monotonic()
        with pytest.raises(TooLarge):
            here(httpserver, path)
        assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"this is no answer\r\n\r\n",
        b"",
    ],
    ids=["short", "no last chunk", "no gzip", "no HTTP", "nothing"],
)
def test_an_answer_that_breaks_off_or_is_none_is_a_failure(answer: bytes) -> None:
    def talk(caller: socket.socket) -> None:
        caller.recv(1000)
        caller.sendall(answer)

    with raw_server(talk) as address, pytest.raises(Unreachable, match="broke off"):
        fetch(address, trusted=[address])


def test_a_download_goes_into_a_file_where_it_is_allowed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/media.png").respond_with_data(b"x" * 3_000_000, content_type="image/png")
    httpserver.expect_request("/gone.png").respond_with_data("not here", 404)
    url, into = httpserver.url_for("/media.png"), io.BytesIO()

    with pytest.raises(Refused):
        download(url, into, largest=4_000_000, timeout=5)
    answer = download(url, into, largest=4_000_000, timeout=5, allow_private=True)
    assert (len(into.getvalue()), answer.headers["content-type"], answer.body) == (3_000_000, "image/png", b"")

    nothing = io.BytesIO()
    assert download(httpserver.url_for("/gone.png"), nothing, 1000, 5, allow_private=True).status == 404
    assert nothing.getvalue() == b""
    with pytest.raises(TooLarge):
        download(url, io.BytesIO(), largest=1000, timeout=5, allow_private=True)


def test_every_failure_is_a_sentence() -> None:
    with pytest.raises(FetchFailed) as failure:
        fetch("ftp://example.org/")
    assert str(failure.value) == "Only addresses that begin with http:// or https:// can be asked."
