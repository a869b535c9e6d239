"""Every page that a reader can reach by links, fetched once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bs4 import BeautifulSoup, Tag

MOST_PAGES = 400
# Each thing that a review says has a page for citing it, all alike: only those are fetched that are started from.
CITING = "/cite/"


@dataclass(frozen=True)
class Answer:
    """What the site sent for an address."""

    address: str
    status: int
    content_type: str
    body: bytes

    @cached_property
    def document(self) -> BeautifulSoup:
        """The page's elements; none where the answer is no page."""
        return BeautifulSoup(self.body if self.content_type.startswith("text/html") else b"", "html.parser")

    @cached_property
    def anchors(self) -> set[str]:
        """Every id on the page."""
        return {str(element["id"]) for element in self.document.find_all(id=True)}

    @cached_property
    def links(self) -> list[str]:
        """Every link on the page as a whole address."""
        return [urljoin(self.address, str(link["href"])) for link in self.document.find_all("a", href=True)]

    @property
    def headings(self) -> list[Tag]:
        """The headings in the order of the page."""
        return list(self.document.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]))


class StayOnSite(HTTPRedirectHandler):
    """Follows a redirect only within the site. One that leaves it, such as to a sponsor, is an answer of its own."""

    def redirect_request(self, request: Request, *details: Any) -> Request | None:
        """Return the request for the next address, or None."""
        new_address = str(details[-1])
        return super().redirect_request(request, *details) if is_within(request.full_url, new_address) else None


opener = build_opener(StayOnSite)


def fetch(address: str) -> Answer:
    """Return what the site answers, whatever its status. A redirect is no page."""
    try:
        with opener.open(address, timeout=10) as response:
            # Links are read from where a redirect has led.
            return Answer(response.url, response.status, response.headers["Content-Type"], response.read())
    except HTTPError as error:
        if error.code == HTTPStatus.FOUND:
            return Answer(address, error.code, "", b"")
        return Answer(address, error.code, error.headers["Content-Type"], error.read())


def crawl(site: str, *starts: str) -> dict[str, Answer]:
    """Return every answer of the site that links from the starts lead to, by its address without a fragment."""
    answers: dict[str, Answer] = {}
    waiting = [urljoin(site, start) for start in starts]
    while waiting and len(answers) < MOST_PAGES:
        address = waiting.pop(0)
        if address not in answers:
            answers[address] = fetch(address)
            links = [link for link in answers[address].links if is_within(site, link) and CITING not in link]
            waiting += [urldefrag(link).url for link in links]
    return answers


def is_within(site: str, link: str) -> bool:
    """Whether the link stays on the site."""
    return urlsplit(link)[:2] == urlsplit(site)[:2]


def fragment(link: str) -> str:
    """Return the part of the link that names a place on its page."""
    return unquote(urldefrag(link).fragment)
