"""HTML becomes nodes: a fragment as an editor stores it, or a page as a browser saves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from research_reviews.intake import page_chrome
from research_reviews.intake.elements import (
    DEEPEST,
    MEDIA,
    first_seen,
    inline,
    inlines,
    is_inline,
    is_unseen,
    safe_address,
    stands_apart,
    visible_text,
)
from research_reviews.intake.inline import lines, marked_up, plain, trimmed
from research_reviews.intake.media import file_of, linked, picture, picture_of, recording_of
from research_reviews.intake.nodes import (
    CallOut,
    Code,
    Document,
    EmbedNode,
    Heading,
    ListNode,
    Node,
    Paragraph,
    Quotation,
)
from research_reviews.intake.tables import table_of

WHOLE_PAGE = re.compile(r"<(?:html|body|head)[\s>]", re.IGNORECASE)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def read(source: str) -> Document:
    """Return HTML as a document. Of a whole page, what its mark-up sets apart from the text is left out."""
    parser = LexborHTMLParser(source)
    body = parser.body or parser.root
    if body is None:
        return Document([], "")
    is_page = WHOLE_PAGE.search(source[:20_000]) is not None
    text = visible_text(body)
    title = parser.css_first("head title") if is_page else None
    root = parser.css_first("html")
    language = (root.attributes.get("lang") or "") if root is not None else ""
    chrome = tuple(page_chrome.take_out(body)) if is_page else ()
    return Document(
        nodes=blocks(body),
        text=text,
        title=" ".join(title.text().split()) if title is not None else "",
        language=language,
        is_page=is_page,
        chrome=chrome,
    )


def nodes_of(source: str) -> list[Node]:
    """Return the nodes of a fragment of HTML."""
    body = LexborHTMLParser(source).body
    return blocks(body) if body is not None else []


def text_of(source: str) -> str:
    """Return every word that a reader could see of a fragment of HTML: the text of a Document."""
    body = LexborHTMLParser(source).body
    return visible_text(body) if body is not None else ""


def blocks(element: LexborNode, depth: int = 0) -> list[Node]:
    """Return what stands within an element as nodes, loose text as paragraphs."""
    if depth > DEEPEST:
        return paragraphs(marked_up(visible_text(element).strip()).replace("\n", "<br>"))
    found: list[Node] = []
    run: list[str] = []
    for child in element.iter(include_text=True):
        if is_inline(child):
            run.append(inline(child))
            continue
        flush(run, found)
        if child.tag in MEDIA or not is_unseen(child):
            found.extend(block(child, depth + 1))
    flush(run, found)
    return found


def flush(run: list[str], found: list[Node]) -> None:
    """Make a paragraph of the text gathered so far."""
    found.extend(paragraphs("".join(run)))
    run.clear()


def paragraphs(html: str) -> list[Node]:
    """Return inline HTML as a paragraph, or none where it holds no words."""
    html = trimmed(html)
    return [Paragraph(html)] if plain(html) else []


def block(element: LexborNode, depth: int) -> list[Node]:
    """Return an element that is a block, or holds one, as nodes."""
    tag = element.tag or ""
    if tag in HEADINGS:
        return heading(element, depth)
    if tag in MEDIA:
        return recording_of(element)
    made = MAKERS.get(tag)
    if made is not None:
        return made(element, depth)
    if tag == "a" and (only := linked(element)):
        return only
    return blocks(element, depth)


def heading(element: LexborNode, depth: int) -> list[Node]:
    """Return a heading, and after it the pictures that stand in it."""
    html = " ".join(lines(inlines(element)))
    pictures = [node for image in element.css("img") for node in picture_of(image)]
    level = int((element.tag or "h2")[1])
    return ([Heading(level, html)] if plain(html) else []) + pictures


def paragraph(element: LexborNode, depth: int) -> list[Node]:
    """Return a paragraph; pictures in it stand between its parts."""
    only = file_of(element)
    return [only] if only else blocks(element, depth)


def figure(element: LexborNode, depth: int) -> list[Node]:
    """Return what a figure shows, with its caption: a picture, a table, a quotation, an embed or any blocks."""
    caption_element = first_seen(element, "figcaption")
    caption = trimmed(inlines(caption_element)) if caption_element is not None else ""
    images = element.css("img")
    if len(images) == 1 and element.css_first("table,blockquote,ul,ol,iframe,p,pre") is None:
        anchor = element.css_first("a")
        link = safe_address(anchor.attributes.get("href") or "") if anchor is not None and anchor.css("img") else ""
        words = element.text().split()
        if words == (caption_element.text().split() if caption_element is not None else []):
            return picture_of(images[0], caption=caption, link=link)
    if caption_element is not None:
        caption_element.attrs["hidden"] = ""
    found = blocks(element, depth)
    if len(found) == 1 and isinstance(found[0], EmbedNode) and not found[0].caption:
        return [EmbedNode(found[0].url, found[0].title, caption)]
    return [*found, *paragraphs(caption)]


def listing(element: LexborNode, depth: int) -> list[Node]:
    """Return a list with its items; what stands in it outside an item becomes one, a list part of the one before."""
    items: list[list[Node]] = []
    for tag, within in entries(element, "li", depth):
        if tag in {"ul", "ol"} and items:
            items[-1].extend(within)
        else:
            items.append(within)
    if not items:
        return []
    start = element.attributes.get("start") or "1"
    return [ListNode(items, element.tag == "ol", int(start) if start.isascii() and start.isdecimal() else 1)]


def terms(element: LexborNode, depth: int) -> list[Node]:
    """Return a list of terms as a list: each term with what is said of it."""
    items: list[list[Node]] = []
    for tag, within in entries(element, "dt dd", depth):
        if tag == "dd" and items:
            items[-1].extend(within)
        else:
            items.append(within)
    return [ListNode(items)] if items else []


def entries(element: LexborNode, names: str, depth: int) -> Iterator[tuple[str, list[Node]]]:
    """Yield the entries of a list that hold anything, each with its tag; text between them has none."""
    run: list[str] = []
    for child in [*element.iter(include_text=True), None]:
        if child is not None and is_inline(child) and child.tag not in names.split():
            run.append(inline(child))
            continue
        loose: list[Node] = []
        flush(run, loose)
        if loose:
            yield "", loose
        if child is not None and (child.tag in MEDIA or not is_unseen(child)):
            within = blocks(child, depth) if child.tag in names.split() else block(child, depth)
            if within:
                yield child.tag or "", within


def quotation(element: LexborNode, depth: int) -> list[Node]:
    """Return a quotation with its citation, which cite and footer elements hold."""
    cited = first_seen(element, "cite, footer, figcaption")
    cite = trimmed(inlines(cited)) if cited is not None else ""
    if cited is not None and len(plain(cite)) <= 250 and stands_apart(cited):
        cited.attrs["hidden"] = ""
    else:
        cite = ""
    content = blocks(element, depth)
    if not content:
        return paragraphs(cite)
    return [Quotation(content, cite)]


def call_out(element: LexborNode, depth: int) -> list[Node]:
    """Return what the source sets apart, with its heading."""
    content = blocks(element, depth)
    if content and isinstance(content[0], Heading):
        return [CallOut(content[1:], plain(content[0].html))]
    return [CallOut(content)] if content else []


def summary(element: LexborNode, depth: int) -> list[Node]:
    """Return the line that opens a details element as the heading of what is in it."""
    html = " ".join(lines(inlines(element)))
    return [Heading(4, html)] if plain(html) else []


def preformatted(element: LexborNode, depth: int) -> list[Node]:
    """Return preformatted text with its white space."""
    words = visible_text(element).strip("\n")
    return [Code(words)] if words.strip() else []


def table(element: LexborNode, depth: int) -> list[Node]:
    """Return a table; one that only arranges a page becomes what stands in it."""
    made = table_of(element)
    return [made] if made else blocks(element, depth)


MAKERS: dict[str, Callable[[LexborNode, int], list[Node]]] = {
    "p": paragraph,
    "img": picture,
    "figure": figure,
    "ul": listing,
    "ol": listing,
    "menu": listing,
    "dl": terms,
    "blockquote": quotation,
    "aside": call_out,
    "details": call_out,
    "summary": summary,
    "pre": preformatted,
    "table": table,
}
