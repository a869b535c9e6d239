"""Addresses that stand alone: WordPress shows what they lead to."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlsplit

from research_reviews.intake.nodes import Node, Picture
from wordpress_import.content.contract import Attachment
from wordpress_import.content.work import Work, web_address

# An address alone on its line, or alone in its paragraph.
BARE_ADDRESS = re.compile(
    r"(?P<before>(?:^|\n|<p(?:\s[^<>]*+)?>)[ \t\u00a0]*+)(?P<url>https?://[^\s<>\"\[\]\uf8f0\uf8f1]++)"
    r"(?P<after>[ \t\u00a0]*+(?=\n|$|</p>))",
    re.IGNORECASE,
)
CODE = re.compile(r"<(pre|script|style|textarea|code)\b", re.IGNORECASE)
CODE_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("pre", "script", "style", "textarea", "code")}
RECORDING = re.compile(r"\.(?:mp3|m4a|ogg|oga|wav|wma|flac|aac|mp4|m4v|webm|ogv|mov|avi|wmv|flv|mpe?g)$", re.IGNORECASE)
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|zip|epub|txt)$", re.IGNORECASE)
IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$", re.IGNORECASE)


def with_embeds(html: str, work: Work) -> str:
    """Return HTML in which marks stand for the addresses that WordPress shows as what they lead to."""
    if "http" not in html and "HTTP" not in html:
        return html
    parts: list[str] = []
    position = 0
    while match := CODE.search(html, position):
        end = CODE_END[match[1].lower()].search(html, match.end())
        if end is None:
            break
        parts += [embeds_of(html[position : match.start()], work), html[match.start() : end.end()]]
        position = end.end()
    return "".join([*parts, embeds_of(html[position:], work)])


def embeds_of(html: str, work: Work) -> str:
    """Return a part of a text, in which no code is, with its bare addresses replaced."""
    return BARE_ADDRESS.sub(
        lambda found: found["before"] + embed_or_link(unescape(found["url"]), work) + found["after"], html
    )


def embed_or_link(url: str, work: Work, caption: str = "") -> str:
    """Return what stands for an address: what it leads to, or a link where that is the site's own page or a file.

    The caption is inline HTML.
    """
    address = web_address(url, work.site.base)
    if not address:
        return escape(url)
    path = path_of(address)
    if not RECORDING.search(path) and (FILE.search(path) or IMAGE.search(path) or is_own(address, work.site.base)):
        link = f'<a href="{escape(address)}">{escape(url)}</a>'
        return f"{link}<br>{caption}" if caption else link
    return work.embed(address, caption)


def is_own(url: str, base: str) -> bool:
    """Tell whether an address is one of the site itself, with or without www."""
    return bool(base) and host_of(url) == host_of(base)


def host_of(url: str) -> str:
    """Return the host of an address without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """Return the path of an address; empty where it is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def is_recording(url: str) -> bool:
    """Tell whether an address is that of a sound or a film."""
    return bool(RECORDING.search(path_of(url)))


def picture(attachment: Attachment, link: str = "") -> Picture:
    """Return a file of the library as a picture."""
    return Picture(attachment.url, attachment.alt, attachment.caption, link)


def pictures(ids: list[int], work: Work) -> list[Node]:
    """Return the pictures of the old library by their ids. What is not in the export is reported."""
    found: list[Node] = []
    for wp_id in ids:
        attachment = work.site.attachment(wp_id)
        if attachment and attachment.url:
            found.append(picture(attachment))
        else:
            work.missing(wp_id)
    return found


def numbers(text: object) -> list[int]:
    """Return the ids that a text such as "12, 13" names."""
    return [int(number) for number in re.findall(r"\b[0-9]{1,12}\b", str(text or ""))]
