"""Blocks whose HTML alone does not say what they show."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser, LexborNode

from research_reviews.intake.inline import trimmed
from research_reviews.intake.nodes import Download
from wordpress_import.content.addresses import embed_or_link, picture
from wordpress_import.content.gutenberg import Renderer
from wordpress_import.content.paragraphs import with_paragraphs
from wordpress_import.content.placing import INLINE
from wordpress_import.content.registry import Block, block
from wordpress_import.content.work import MOST_BORROWED, Work, web_address

# The frame of a gallery: in older ones pictures are items of a list. Each picture has a figure of its own.
GALLERY_FRAME = re.compile(
    r"</?(?:ul|li)\b[^<>]*+>|<figure\s[^<>]*?(?:wp-block-gallery|wp-block-jetpack|blocks-gallery-item)[^<>]*+>",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://\S+")
PRE = re.compile(r"</?pre\b[^<>]*+>", re.IGNORECASE)
DEEPEST_BORROWED = 10


def root_of(html: str) -> LexborNode | None:
    """Return the parsed HTML of a block."""
    return LexborHTMLParser(html).body


def caption_of(root: LexborNode | None) -> str:
    """Return the caption of a figure as HTML, and take it out."""
    caption = root.css_first("figcaption") if root is not None else None
    if caption is None:
        return ""
    html = trimmed(INLINE.clean(caption.inner_html or ""))
    caption.decompose()
    return html


def attribute_of(root: LexborNode | None, selector: str, name: str) -> str:
    """Return an attribute of the first such element; empty where there is none."""
    element = root.css_first(selector) if root is not None else None
    return (element.attributes.get(name) or "") if element is not None else ""


def unknown(block: Block, caption: str, work: Work) -> str:
    """Return what stands for a block that leads nowhere: itself, for editors, and its caption."""
    return f"<p>{work.leave(block.source, block.name)}</p><p>{caption}</p>"


def rest_of(root: LexborNode | None, shown: str) -> str:
    """Return what a block holds besides what it is for: nothing, unless somebody has written into it by hand."""
    if root is None:
        return ""
    for element in root.css(shown):
        element.decompose()
    text = root.text().strip()
    return "" if not text or ADDRESS.fullmatch(text) else root.inner_html or ""


@block("core/embed")
def embed(block: Block, work: Work) -> str:
    """What another site shows, by the address among the attributes or in the HTML."""
    root = root_of(block.html)
    caption = caption_of(root)
    said = block.attributes.get("url")
    found = attribute_of(root, "iframe", "src") or attribute_of(root, "a", "href")
    text = root.text().strip() if root is not None else ""
    address = said if isinstance(said, str) and said else found or text
    rest = rest_of(root, "iframe,script")
    if not web_address(address, work.site.base):
        return unknown(block, caption, work) + rest
    return f"<p>{embed_or_link(address, work, caption)}</p>{rest}"


@block("core/video", "core/audio", "jetpack/videopress", "videopress/video", "core/playlist")
def recording(block: Block, work: Work) -> str:
    """A sound or a film of the library."""
    root = root_of(block.html)
    caption = caption_of(root)
    file = work.site.attachment(block.attributes["id"]) if isinstance(block.attributes.get("id"), int) else None
    said = block.attributes.get("src") or block.attributes.get("url") or (file.url if file else "")
    address = attribute_of(root, "video[src],audio[src],source[src],iframe[src]", "src") or str(said)
    mark = work.embed(address, caption)
    return (f"<p>{mark}</p>" if mark else unknown(block, caption, work)) + rest_of(root, "video,audio,iframe,script")


@block("core/file")
def file(block: Block, work: Work) -> str:
    """A file to download. The button that says so again is left out."""
    root = root_of(block.html)
    link = root.css_first("a:not(.wp-block-file__button)") if root is not None else None
    words = " ".join(link.text().split()) if link is not None else ""
    said = block.attributes.get("href")
    address = web_address(attribute_of(root, "a[href]", "href") or str(said or ""), work.site.base)
    if not address:
        return block.html if words else f"<p>{work.leave(block.source, block.name)}</p>{block.html}"
    shown = work.slot(Download(address, words or address.rsplit("/", 1)[-1]))
    return f"<p>{shown}</p>" + rest_of(root, "a,object")


@block("core/gallery", "jetpack/tiled-gallery", "jetpack/slideshow", "jetpack/image-compare")
def gallery(block: Block, work: Work) -> str:
    """Pictures. The gallery's own caption stands after them; before WordPress 5.9 only ids say which they are."""
    if "<img" not in block.html:
        ids = block.attributes.get("ids")
        found = [work.site.attachment(one) for one in ids if isinstance(one, int)] if isinstance(ids, list) else []
        nodes = [picture(one) for one in found if one and one.url]
        shown = work.slot(*nodes) if nodes else work.leave(block.source, block.name)
        return f"<p>{shown}</p>{block.html}"
    html = re.sub(r"<figcaption\s[^<>]*blocks-gallery-caption[^<>]*>", "</figure><p>", block.html)
    return GALLERY_FRAME.sub("", html)


@block("core/verse")
def verse(block: Block, work: Work) -> str:
    """A poem: its lines are lines."""
    lines = PRE.sub("", block.html).strip()
    return "<p>" + re.sub(r"\n\s*\n", "</p><p>", lines.replace("\r", "")).replace("\n", "<br>") + "</p>"


@block("core/shortcode", "core/freeform", "core/classic")
def freeform(block: Block, work: Work) -> str:
    """What the classic editor wrote."""
    return with_paragraphs(work.expand(block.html), work)


@block("core/separator", "core/spacer", "core/more", "core/nextpage")
def nothing(block: Block, work: Work) -> str:
    """What shows no words and no picture of its own."""
    return f"{block.html}\n\n"


@block("core/table-of-contents", "yoast-seo/table-of-contents", "rank-math/toc-block", "aioseo/table-of-contents")
def contents(block: Block, work: Work) -> str:
    """A table of contents: the page makes its own. It is counted, so that nobody looks for it in vain."""
    work.unknown[block.name] += 1
    return "\n\n"


@block("core/block")
def reusable(block: Block, work: Work) -> str:
    """A synced pattern: its content, wherever it is used."""
    ref = block.attributes.get("ref")
    number = ref if isinstance(ref, int) else 0
    content = work.site.reusable_block(number) if number else None
    if content is None:
        work.problem(_("The reusable block with the number %(number)d is not in the export.") % {"number": number})
        return f"<p>{work.leave(block.source, block.name)}</p>{block.html}"
    work.borrowed += len(content)
    if number in work.borrowing or len(work.borrowing) >= DEEPEST_BORROWED or work.borrowed > MOST_BORROWED:
        work.problem(_("The reusable block with the number %(number)d holds itself.") % {"number": number})
        return block.html
    work.borrowing.append(number)
    try:
        return Renderer(work).render(content) + block.html
    finally:
        work.borrowing.pop()


@block("core/image")
def image(block: Block, work: Work) -> str:
    """A picture; where only its number is kept, that of the library."""
    if "<img" in block.html or not isinstance(block.attributes.get("id"), int):
        return block.html
    found = work.site.attachment(block.attributes["id"])
    return f"<p>{work.slot(picture(found))}</p>{block.html}" if found and found.url else block.html
