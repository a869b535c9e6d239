"""A post's content, whichever editor wrote it, as a document."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape

from django.utils.translation import gettext as _

from research_reviews.intake.html import nodes_of, text_of
from research_reviews.intake.node_text import inline_of, text_in
from research_reviews.intake.nodes import (
    CallOut,
    Document,
    Download,
    EmbedNode,
    ListNode,
    Node,
    Picture,
    Quotation,
    Unknown,
    walk,
)
from research_reviews.intake.words import words
from wordpress_import.content import blocks, layout, media, notes, widgets  # noqa: F401 - they register what is known
from wordpress_import.content.addresses import is_recording, with_embeds
from wordpress_import.content.contract import Converted, Editor, SiteContent
from wordpress_import.content.credits import split_credit
from wordpress_import.content.elementor import html_of, is_elementor
from wordpress_import.content.gutenberg import Renderer
from wordpress_import.content.paragraphs import with_paragraphs
from wordpress_import.content.placing import Placing
from wordpress_import.content.shortcodes import expand
from wordpress_import.content.titles import plain_title, summary
from wordpress_import.content.work import FORGED, MARK, Work
from wordpress_import.records import ItemRecord

READ_META = ("_elementor_edit_mode", "_elementor_data", "footnotes", "enclosure")
# A comment that is cut off, up to where words could begin.
CUT = re.compile(r"<!--(?:\s*+/?wp:[\w/-]*+)?")
# The parser takes ever longer for each further level.
DEEPEST = 500
LONGEST_UNCHECKED = 1000
NESTING = re.compile(
    r"<(/?)(?!(?:area|br|circle|col|d[dt]|ellipse|embed|g|hr|img|input|li|line|link|meta|option|p|param|path|poly[a-z]+|"
    r"rect|source|stop|t[dhr]|track|use|wbr)\b)[A-Za-z]",
    re.IGNORECASE,
)
NO_PARAGRAPH = re.compile(r"</?(?!(?:p|br)\b)[A-Za-z][^<>]*+>", re.IGNORECASE)
# To search for any of these characters is much quicker than to search for what they form.
MAYBE_GAP = re.compile(r"[ \t\r\n\xa0<>br]{200}")
GAPS = re.compile(r"(?:[ \t\r\n\xa0]|<br>){200}(?:[ \t\r\n\xa0]|<br>)*+")
HREF = re.compile(r'<a href="([^"]*)"')
BLOCKS = re.compile(r"<!--\s*+wp:", re.IGNORECASE)
BUILDERS: tuple[tuple[str, Editor], ...] = (("[et_pb_", "divi"), ("[vc_", "wpbakery"))


def convert(item: ItemRecord, site: SiteContent) -> Converted:
    """Return what an item says as a document, with what was found on the way.

    Takes the item as the reader made it and what its content refers to. Raises nothing on bad content: what cannot be
    read is named in `problems`, and its words are kept as text.
    """
    work = new_work(clean_record(item), site)
    editor = editor_of(work.item)
    html = html_of(work.item, work) if editor == "elementor" else None
    if html is not None:
        nodes, text = with_rest(*read(finished(html, work), work), work)
    else:
        work = new_work(work.item, site, work.problems)
        editor = editor_of_content(work.item.content)
        nodes, text = read(html_of_content(work), work)
    nodes = [*credited(nodes), *enclosed(work.item, nodes)]
    document = Document(nodes, text, plain_title(item), summary(item))
    return Converted(document, editor, work.unknown, work.problems, links_of(nodes), media_of(nodes))


def clean_record(item: ItemRecord) -> ItemRecord:
    """Return the item without characters that stand for nodes here."""
    meta = {key: [FORGED.sub("", value) for value in item.meta.get(key, [])] for key in READ_META}
    return replace(item, content=FORGED.sub("", item.content), meta=meta)


def new_work(item: ItemRecord, site: SiteContent, problems: list[str] | None = None) -> Work:
    """Return the state in which the conversion of an item begins."""
    work = Work(item, site, problems=problems or [])
    work.expand = lambda html: expand(html, work)
    return work


def editor_of(item: ItemRecord) -> Editor:
    """Return which editor wrote the item."""
    return "elementor" if is_elementor(item) else editor_of_content(item.content)


def editor_of_content(content: str) -> Editor:
    """Return which editor wrote a content, by its marks."""
    if BLOCKS.search(content):
        return "gutenberg"
    return next((editor for sign, editor in BUILDERS if sign in content), "classic")


def html_of_content(work: Work) -> str:
    """Return the content of the item as HTML."""
    content = work.item.content
    if BLOCKS.search(content):
        return finished(Renderer(work).render(content), work)
    return finished(with_paragraphs(work.expand(content), work), work)


def finished(html: str, work: Work) -> str:
    """Return HTML with its footnotes, its remaining shortcodes and its bare addresses in place."""
    html = notes.with_numbers(html, work)
    html = with_embeds(work.expand(html), work)
    return notes.without_jumps(html + notes.listed(work))


def read(html: str, work: Work) -> tuple[list[Node], str]:
    """Return the nodes of HTML, and every word of it that a reader could see."""
    html = tamed(closed_comments(html) if "<!--" in html else html, work)
    nodes = Placing(work).place(nodes_of(html))
    said = {number: text_in(slot.nodes) for number, slot in enumerate(work.slots)}
    text = MARK.sub(lambda mark: f"\n{said.pop(int(mark[1]), '')}\n", text_of(html))
    return nodes, "\n".join([text, *said.values()])


def tamed(html: str, work: Work) -> str:
    """Return HTML that keeps no reader busy: no text of people is nested so deep or has gaps so long."""
    if len(html) < LONGEST_UNCHECKED:
        return html
    if MAYBE_GAP.search(html):
        html = GAPS.sub("\n\n", html)
    if depth(html) > DEEPEST:
        work.problem(_("The text is nested too deep. Its words were kept, its pictures and lists were not."))
        html = NO_PARAGRAPH.sub(" ", html)
    return html


def depth(html: str) -> int:
    """Return how deep the tags of HTML are nested, if none is closed by another."""
    deepest = level = 0
    for slash in NESTING.findall(html):
        level += -1 if slash else 1
        deepest = max(deepest, level)
    return deepest


def closed_comments(html: str) -> str:
    """Return HTML without the beginning of a comment that never ends: browsers would hide all that follows."""
    end = html.rfind("-->")
    last = html.find("<!--", end + 3 if end >= 0 else 0)
    return html if last < 0 else html[:last] + CUT.sub("", html[last:])


def with_rest(nodes: list[Node], text: str, work: Work) -> tuple[list[Node], str]:
    """Return what Elementor keeps, and after it those parts of the flattened text most of whose words are not in it."""
    known = set(words(text))
    if not set(words(re.sub(r"<[^<>]*>|\[[^\[\]]*\]|https?://\S+", " ", unescape(work.item.content)))) - known:
        return nodes, text
    copy = new_work(replace(work.item, meta={}), work.site)
    flattened, _text = read(html_of_content(copy), copy)
    rest = [node for node in flattened if is_missing(node, known)]
    if not rest:
        return nodes, text
    said = text_in(rest)
    work.unknown.update(node.name for node in walk(rest) if isinstance(node, Unknown))
    work.problem(
        _("%(count)d words of the page's text are not in what Elementor keeps of it; they stand at the end.")
        % {"count": len(words(said))}
    )
    return [*nodes, *rest], f"{text}\n{said}"


def is_missing(node: Node, known: set[str]) -> bool:
    """Tell whether most of a node's words are not among the known ones."""
    own = Counter(words(text_in([node])))
    return sum(times for word, times in own.items() if word not in known) * 2 > own.total()


def credited(nodes: list[Node]) -> list[Node]:
    """Return the nodes with the credits of pictures apart from their captions."""
    return [with_credit(node) for node in nodes]


def with_credit(node: Node) -> Node:
    """Return a node, and what it holds, with credits of pictures apart."""
    if isinstance(node, Picture) and node.caption and not node.credit:
        caption, credit, url = split_credit(node.caption)
        return replace(node, caption=caption, credit=credit, credit_url=url)
    if isinstance(node, ListNode):
        return replace(node, items=[credited(item) for item in node.items])
    if isinstance(node, Quotation | CallOut):
        return replace(node, content=credited(node.content))
    return node


def links_of(nodes: list[Node]) -> list[str]:
    """Return the addresses that text and pictures lead to, each once."""
    found: dict[str, None] = {}
    for node in walk(nodes):
        for html in inline_of(node):
            if "<a " in html:
                found.update(dict.fromkeys(map(unescape, HREF.findall(html))))
        if isinstance(node, Picture):
            found.update(dict.fromkeys(filter(None, (node.link, node.credit_url))))
    return list(found)


def enclosed(item: ItemRecord, nodes: list[Node]) -> list[Node]:
    """Return the recordings that a post has beside its text, as podcasts do: each an address, its size and its type.

    WordPress notes every recording that a text leads to there as well.
    """
    urls = [value.split("\n", 1)[0].strip() for value in item.meta.get("enclosure", [])]
    there = {*media_of(nodes), *links_of(nodes)} if urls else ()
    web = (url for url in dict.fromkeys(urls) if url.startswith(("http://", "https://")))
    return [EmbedNode(url) for url in web if is_recording(url) and url not in there]


def media_of(nodes: list[Node]) -> list[str]:
    """Return the addresses of images, recordings and files, each once."""
    found: dict[str, None] = {}
    for node in walk(nodes):
        if isinstance(node, Picture) and node.src:
            found[node.src] = None
        elif isinstance(node, Download) or (isinstance(node, EmbedNode) and is_recording(node.url)):
            found[node.url] = None
    return list(found)
