"""Pages as a reader gets them: the status, the words, the links."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from django.test import Client


def read(address: str, client: Client | None = None, status: int = 200) -> BeautifulSoup:
    """Fetch a page as a visitor without cookies, and return it parsed."""
    response = (client or Client()).get(address)
    assert response.status_code == status, f"{address} answers {response.status_code}"
    return BeautifulSoup(response.content, "html.parser")


def words(tag: Tag | None) -> str:
    """Return the text that a reader sees in a tag, in one line. The tag has to be there."""
    assert tag is not None
    return re.sub(r"\s+", " ", tag.get_text(" ")).replace(" ,", ",").replace(" .", ".").strip()


def every(page: Tag, selector: str) -> list[str]:
    """Return the text of every tag that the selector finds."""
    return [words(tag) for tag in page.select(selector)]


def links(page: Tag) -> dict[str, str]:
    """Return where each link leads, by its text."""
    return {words(link): str(link["href"]) for link in page.select("a[href]")}
