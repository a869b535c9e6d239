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


def find(page: Tag, selector: str) -> Tag:
    """Return the first tag that the selector finds. It has to be there."""
    tag = page.select_one(selector)
    assert tag is not None, f"The page has no {selector}"
    return tag


def every(page: Tag | None, selector: str) -> list[str]:
    """Return the text of every tag that the selector finds. The part of the page to look in has to be there."""
    assert page is not None
    return [words(tag) for tag in page.select(selector)]


def links(page: Tag | None) -> dict[str, str]:
    """Return where each link leads, by its text. The part of the page to look in has to be there."""
    assert page is not None
    return {words(link): str(link["href"]) for link in page.select("a[href]")}


def plain_text(html: str) -> str:
    """Return the text of a piece of HTML, as it is."""
    return BeautifulSoup(html, "html.parser").get_text()
