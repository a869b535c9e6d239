"""Which requests a person made, as far as the request itself says so. Nothing of it is kept."""

from __future__ import annotations

import re
from functools import lru_cache

from crawleruseragents import is_crawler
from django.conf import settings
from django.http import HttpRequest

from site_settings.consent import is_refused

# Of the privacy centre: what a visitor objects to who does not want to be counted.
SERVICE = "visit-counts"
# Every browser that a person uses begins its name so.
BROWSER = re.compile(r"(Mozilla|Opera)/\d")
# What programs call themselves that no list has yet: names with bot in them (but the Cubot, a telephone) or an address.
PROGRAM = re.compile(r"(?<!cu)bot\b|crawl|spider|https?:", re.IGNORECASE)
# Programs say what they are within the first words; more would only fill the memory.
LONGEST_NAME = 400
FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_counted(request: HttpRequest) -> bool:
    """Whether a person asks for a page to read it, who is not of the team and does not object to being counted."""
    headers = request.headers
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not any(name in headers for name in FETCHED_AHEAD)
        and headers.get("Sec-Fetch-Dest", "document") == "document"
        and not is_program(headers.get("User-Agent", "")[:LONGEST_NAME])
        and not is_refused(request, SERVICE)
    )


# Readers have the same few hundred browsers; the list has 1,500 patterns.
@lru_cache(maxsize=1024)
def is_program(name: str) -> bool:
    """Whether what a browser calls itself is a program's name: a crawler's, a checker's, a library's, or none."""
    return not BROWSER.match(name) or bool(PROGRAM.search(name)) or is_crawler(name)


def is_followed_link(request: HttpRequest) -> bool:
    """Whether the browser, where it says so, came by a link on a page of ours."""
    headers = request.headers
    return (
        headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        and headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )
