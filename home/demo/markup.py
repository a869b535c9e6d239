"""Plain text, as the content files hold it, into rich text."""

from __future__ import annotations

import re
from html import escape

from wagtail.models import Page

BOLD = re.compile(r"\*\*(.+?)\*\*")
ITALIC = re.compile(r"\*(.+?)\*")
PAGE_LINK = re.compile(r"\[([^\]]+)\]\(page:([\w-]+)\)")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def rich_text(text: str) -> str:
    """Return rich text of paragraphs, lists ("- ", "1. ") and small headings ("### "), a blank line between each."""
    return "".join(paragraph(part.strip()) for part in re.split(r"\n\s*\n", text.strip()))


def paragraph(part: str) -> str:
    """Return one paragraph, list or heading."""
    if part.startswith("### "):
        return f"<h3>{inline(part[4:])}</h3>"
    for marker, tag in ((r"- ", "ul"), (r"\d+\. ", "ol")):
        if re.match(marker, part):
            entries = re.split(rf"(?m)^{marker}", part)[1:]
            return f"<{tag}>{''.join(f'<li>{inline(entry)}</li>' for entry in entries)}</{tag}>"
    return f"<p>{inline(part)}</p>"


def inline(text: str) -> str:
    """Return one run of text with its bold, italic and linked words."""
    html = escape(" ".join(text.split()), quote=False)
    html = PAGE_LINK.sub(page_link, html)
    html = LINK.sub(r'<a href="\2">\1</a>', html)
    return ITALIC.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", html))


def page_link(match: re.Match[str]) -> str:
    """Return a link to a page of the demo site by its slug; only its words where the page is not there."""
    words, slug = match.groups()
    pk = Page.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return f'<a linktype="page" id="{pk}">{words}</a>' if pk else words
