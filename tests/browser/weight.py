"""What a page costs its reader, as the browser counts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession

from tests.browser.readers import Reader

# Writes down every shift of the layout: how much, and what moved from where to where.
WATCH_WHAT_MOVES = """async () => {
  const shifts = [];
  const box = ({x, y, width, height}) => [x, y, width, height].join(" ");
  const part = ({node, previousRect, currentRect}) => [node?.nodeName, box(previousRect), box(currentRect)].join(", ");
  const add = (list) => list.getEntries().forEach(({value, sources}) => shifts.push([value, ...sources.map(part)]));
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo(0, top);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return shifts;
}"""


@dataclass
class Request:
    """One request and what it cost, headers included."""

    url: str
    kind: str = ""
    mime_type: str = ""
    total: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> int:
        """The bytes of the body as they were sent; with the headers where the server did not say."""
        return int(self.headers.get("content-length", self.total))

    @property
    def host(self) -> str:
        """Who was asked."""
        return urlsplit(self.url).netloc


class Scales:
    """Weighs what a reader's page fetches. Made before the page is opened."""

    def __init__(self, reader: Reader) -> None:
        self._requests: dict[str, Request] = {}
        self._session: CDPSession = reader.context.new_cdp_session(reader.page)
        self._session.send("Network.enable")
        self._session.on("Network.requestWillBeSent", self._sent)
        self._session.on("Network.responseReceived", self._answered)
        self._session.on("Network.loadingFinished", self._finished)

    @property
    def requests(self) -> list[Request]:
        """Every request that left for a host. Not the site's icon, which is asked for once a visit, not once a page."""
        sent = [request for request in self._requests.values() if request.url.startswith("http")]
        return [request for request in sent if "/favicon" not in request.url]

    @property
    def total(self) -> int:
        """The bytes of everything, headers included."""
        return sum(request.total for request in self.requests)

    def body(self, kind: str) -> int:
        """Return the bytes of the bodies of a kind: Document, Stylesheet, Script, Image, Font."""
        return sum(request.body for request in self.requests if request.kind == kind)

    def _sent(self, event: dict[str, Any]) -> None:
        self._requests[event["requestId"]] = Request(event["request"]["url"], event.get("type", ""))

    def _answered(self, event: dict[str, Any]) -> None:
        request = self._requests[event["requestId"]]
        request.kind = event["type"]
        request.mime_type = event["response"]["mimeType"]
        request.headers = {name.lower(): value for name, value in event["response"]["headers"].items()}

    def _finished(self, event: dict[str, Any]) -> None:
        self._requests[event["requestId"]].total = int(event["encodedDataLength"])
