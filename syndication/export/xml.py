"""Elements of a WordPress export, as text. Every value is wrapped as WordPress itself does it."""

from __future__ import annotations

import re

# XML 1.0 has no place for these, not even escaped: https://www.w3.org/TR/xml/#charsets.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
FOOT = "</channel>\n</rss>\n"


def cdata(text: object) -> str:
    """Return text as a CDATA section; one that holds the end of one becomes two."""
    safe = NOT_XML.sub("", str(text)).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{safe}]]>"


def element(name: str, value: object, attributes: str = "") -> str:
    """Return an element with a value; numbers and dates need no wrapping."""
    return f"<{name}{attributes}>{cdata(value)}</{name}>\n"


def meta(key: str, value: object) -> str:
    """Return a custom field."""
    return f"<wp:postmeta>\n{element('wp:meta_key', key)}{element('wp:meta_value', value)}</wp:postmeta>\n"


def attribute(name: str, value: str) -> str:
    """Return an attribute, escaped."""
    safe = NOT_XML.sub("", value).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f' {name}="{safe}"'
