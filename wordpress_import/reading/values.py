"""Single values of an export as people read them: numbers, slugs, titles, addresses of sites."""

from __future__ import annotations

import html
import re
import zlib
from urllib.parse import unquote_to_bytes

SPACE = " \t\r\n"
# A slug is cut at 200 bytes in the database, maybe amid an escape.
CUT_ESCAPE = re.compile(r"%[0-9A-Fa-f]?$")
ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
NOT_IN_SLUGS = re.compile(r"[\x00-\x1f\x7f/\\?#\s]+")
UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
LANGUAGE_SEAM = re.compile(r"<!--:-->\s*<!--:\w{2,5}-->")
TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
ESCAPED_TAG = re.compile(r"<(em|i|strong|b|u|sup|sub|span|cite|small|br|a|script|style)\b[^<>]*>", re.IGNORECASE)
# No title is longer; what is, was made to keep the patterns below busy.
LONGEST_NAME = 5000
NUMBER = re.compile(r"\s*(-?\d{1,18})")


def number(text: str, default: int = 0) -> int:
    """Return the whole number that the text begins with."""
    found = NUMBER.match(text)
    return int(found[1]) if found else default


def made_id(*values: str) -> int:
    """Return a negative number for what has no id of its own: the same for the same values, below 2 ** 31."""
    return -1 - (zlib.crc32("\x1f".join(values).encode("utf-8", "surrogatepass")) & 0x7FFFFFFE)


def slug(text: str) -> str:
    """Return the slug as readers see it: not percent-encoded (once or more often), nothing in it that ends a path."""
    text = text.strip(SPACE)
    for _time in range(3):
        if "%" not in text:
            break
        bare = CUT_ESCAPE.sub("", text)
        # What a cut left of a character is dropped; what was never UTF-8 stays out of an address as well.
        decoded = unquote_to_bytes(bare.encode()).decode("utf-8", errors="ignore") if ESCAPE.search(bare) else bare
        if decoded == text:
            break
        text = decoded
    return NOT_IN_SLUGS.sub("-", text).strip("-") if NOT_IN_SLUGS.search(text) else text


def slug_of(name: str) -> str:
    """Return a slug for a term that has none: its name in small letters, with hyphens."""
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-_")


def plain(text: str) -> str:
    """Return a title or name without mark-up, also if it was escaped twice, and with its white space put right."""
    text = text[:LONGEST_NAME]
    if "<" in text:
        text = without_tags(text)
    for _time in range(3):
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text and ESCAPED_TAG.search(text):
        text = without_tags(text)
    return " ".join(text.split())


def without_tags(text: str) -> str:
    """Return the text without tags, comments, and what browsers do not show."""
    return TAG.sub("", LANGUAGE_SEAM.sub(" / ", UNSEEN.sub("", text)))


def bare_address(address: str) -> str:
    """Return the address without scheme and `www.`, in small letters: the same page has the same."""
    return re.sub(r"^(?:[a-z][a-z0-9+.-]*:)?//", "", address.strip(SPACE).lower()).removeprefix("www.")


def site_key(address: str) -> str:
    """Return the site's address without scheme, `www.` and last slash, in small letters."""
    return re.split(r"[?#]", bare_address(address))[0].rstrip("/")
