"""A reader who searches, and a worker who keeps the index."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag

from research_reviews.models import ReviewPage
from search.indexing import catch_up
from tests.factories import ReviewPageFactory, blocks, stream
from tests.reading import every, read


def catch_up_wholly() -> None:
    """Do what the worker does until nothing is left to do."""
    while catch_up(60):
        pass


def review(title: str, *body: Any, **fields: Any) -> ReviewPage:
    """Return a listed review with a title and a body, and nothing in it that others have."""
    plain: dict[str, Any] = {
        "standfirst": "Of people.",
        "header_image": None,
        "key_messages": "[]",
        "credits": "[]",
        "studies": [],
    }
    made: ReviewPage = ReviewPageFactory(title=title, body=stream(*body), **{**plain, **fields})
    return made


def section(text: str, heading: str = "Background", name: str = "") -> Any:
    """Return a section of a body."""
    return blocks.section(heading, text, name)


def search(words: str = "", status: int = 200, **parameters: Any) -> BeautifulSoup:
    """Return the page that a reader gets."""
    return read(f"/search/?{urlencode({'q': words, **parameters})}", status=status)


def titles(words: str = "", **parameters: Any) -> list[str]:
    """Return the titles of the results, in their order."""
    return [title.get_text().strip() for title in search(words, **parameters).select("main .card-title")]


def answers(page: Tag, name: str) -> list[str]:
    """Return what a reader can choose in a select."""
    return every(page.select_one(f"select[name={name}]"), "option")
