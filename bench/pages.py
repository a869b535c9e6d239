"""Which pages are measured, what they ask the database and what they weigh: `python -m bench.pages` prints JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any

import django

# The widths that a phone with two dots a pixel takes.
PHONE_IMAGE = re.compile(r'type="image/avif" srcset="([^"]*)"')
STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPT = re.compile(r'<script[^>]* src="([^"]+)"')
PHONE_WIDTH = 800


@dataclass(frozen=True)
class Weight:
    """Bytes as they are sent, and how often a browser asks on its first visit."""

    html: int
    css: int
    js: int
    header_image: int
    requests: int

    @property
    def total(self) -> int:
        """Everything."""
        return self.html + self.css + self.js + self.header_image


def addresses() -> dict[str, str]:
    """Return the pages that are measured: of each kind the fullest."""
    from research_reviews.models import Credit, ReviewPage, TopicPage

    review = max(ReviewPage.objects.listed(), key=lambda page: len(str(list(page.body.raw_data))))
    topic = max(TopicPage.objects.listed().for_cards(), key=lambda topic: topic.review_count)
    return {
        "review": review.url,
        "index": "/reviews/",
        "home": "/",
        "topic": topic.url,
        "person": Credit.objects.listed().latest("pk").person.get_absolute_url(),
    }


def ask(client: Any, path: str) -> Any:
    """Return the answer to an anonymous read. Raises RuntimeError where it is not 200."""
    response = client.get(path, headers={"X-Forwarded-Proto": "https", "Accept-Encoding": "br"})
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}.")
    return response


def count_queries(client: Any, path: str) -> int:
    """Return how many queries an uncached read takes in a warm process."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask(client, path)
    with CaptureQueriesContext(connection) as queries:
        ask(client, path)
    return len(queries)


def weigh(client: Any, path: str) -> Weight:
    """Return what the page weighs on a phone."""
    import brotli

    response = ask(client, path)
    html = brotli.decompress(response.content).decode()
    stylesheets, scripts = STYLESHEET.findall(html), SCRIPT.findall(html)
    image = header_image(unescape(html))
    return Weight(
        html=len(response.content),
        css=sum(map(static_size, stylesheets)),
        js=sum(map(static_size, scripts)),
        header_image=file_size(image) if image else 0,
        requests=1 + len(stylesheets) + len(scripts) + bool(image),
    )


def header_image(html: str) -> str:
    """Return the address of the first picture as a phone chooses it; empty where there is none."""
    if not (found := PHONE_IMAGE.search(html)):
        return ""
    sources = {width: url for url, width in (source.split() for source in found[1].split(", "))}
    wide_enough = [width for width in sources if int(width.rstrip("w")) >= PHONE_WIDTH] or list(sources)
    return sources[wide_enough[0]]


def static_size(url: str) -> int:
    """Return the size of a static file as WhiteNoise sends it."""
    from django.conf import settings

    path = settings.STATIC_ROOT / url.removeprefix(settings.STATIC_URL)
    compressed = path.with_name(f"{path.name}.br")
    return (compressed if compressed.exists() else path).stat().st_size


def file_size(url: str) -> int:
    """Return the size of a media file."""
    from django.conf import settings

    size: int = (settings.MEDIA_ROOT / url.removeprefix(settings.MEDIA_URL)).stat().st_size
    return size


def main() -> None:
    """Print the addresses, queries and weights as JSON."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    urls = addresses()
    client = Client(SERVER_NAME="127.0.0.1")
    weights = {name: asdict(weigh(client, url)) for name, url in urls.items()}
    settings.PAGE_CACHE = False
    queries = {name: count_queries(client, url) for name, url in urls.items()}
    print(json.dumps({"addresses": urls, "queries": queries, "weights": weights}))


if __name__ == "__main__":
    main()
