"""The elements of HTML as intake sees them: which are blocks, which are inline, which nobody sees."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

# What browsers lay out as blocks; an element that is not here runs within the line, as unknown ones do.
BLOCK_NAMES = (
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe img legend li "
    "main menu nav object ol optgroup p picture pre search section select summary table tbody td textarea "
    "tfoot th thead tr ul video audio embed"
)
BLOCKS = frozenset(BLOCK_NAMES.split())
UNSEEN_NAMES = "script style template noscript svg math head canvas datalist video audio iframe object rp"
UNSEEN = frozenset(UNSEEN_NAMES.split())
# What a screen reader alone says, and what the site hides until a button is pressed.
UNSEEN_CLASS = re.compile(r"(?:^|\s)(?:screen-reader-text|sr-only|visually-hidden|elementor-screen-only)(?:\s|$)")
UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BLOCK_SELECTOR = ",".join(sorted(BLOCKS - {"img"}))
HOLDS_BLOCKS = f"{BLOCK_SELECTOR},img"
MEDIA = frozenset(("iframe", "video", "audio", "embed", "object"))
KEPT = {"b": "b", "strong": "strong", "i": "i", "em": "em", "cite": "i", "sub": "sub", "sup": "sup"}
SCHEMES = {"http", "https", "mailto", "tel", ""}
DEEPEST = 60
# White space that browsers show as one space, and more of it than anybody sets on purpose.
WHITE = re.compile(r"[ \t\n\r\f]{2,}|\s{20,}")
# What stands between two words for certain.
APART = ' \n\t\r\xa0.,;:!?…”"()'


def is_unseen(element: LexborNode) -> bool:
    """Whether a reader sees nothing of an element."""
    if element.tag in UNSEEN:
        return True
    attributes = element.attributes
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or UNSEEN_CLASS.search(attributes.get("class") or "") is not None
        or UNSEEN_STYLE.search(attributes.get("style") or "") is not None
    )


def visible_text(root: LexborNode) -> str:
    """Return every word that a reader could see in an element, blocks apart by line ends.

    It walks the tree by itself, apart from what makes nodes of it: words that the one loses, the other still has.
    """
    pieces: list[str] = []
    block_of: dict[int, int] = {}
    unseen: set[int] = set()
    without_blocks: set[int] = set()
    last = 0
    for node in root.traverse(include_text=True):
        parent = node.parent.mem_id if node.parent is not None else 0
        hidden = parent in unseen
        if node.is_text_node:
            block = block_of.get(parent, 0)
            if not hidden:
                pieces.extend(("\n" if block != last else "", node.text_content or ""))
                last = block
        elif node.is_element_node:
            if hidden or is_unseen(node):
                unseen.add(node.mem_id)
            # Within a line without blocks there are none further down: nobody has to look again.
            if parent in without_blocks or is_inline(node):
                without_blocks.add(node.mem_id)
                block_of[node.mem_id] = block_of.get(parent, 0)
            else:
                block_of[node.mem_id] = node.mem_id
            if node.tag == "br" or node.mem_id not in without_blocks:
                pieces.append("\n")
    return "".join(pieces)


def is_inline(node: LexborNode) -> bool:
    """Whether a node runs within a line: text, and elements that hold no block."""
    if not node.is_element_node:
        return True
    if node.tag in BLOCKS or node.tag in MEDIA:
        return False
    return node.first_child is None or node.css_first(HOLDS_BLOCKS) is None


def stands_apart(element: LexborNode) -> bool:
    """Whether an element can go without its last word and the next one running together."""
    if not is_inline(element):
        return True
    before, after, parent = element.prev, element.next, element.parent
    if (before is None or after is None) and (parent is None or is_inline(parent)):
        return False
    ends = before is None or not is_inline(before) or (before.text_content or "?")[-1] in APART
    return ends and (after is None or not is_inline(after) or (after.text_content or "?")[0] in APART)


def first_seen(root: LexborNode, selector: str) -> LexborNode | None:
    """Return the first element of a selector within another that a reader sees; None where there is none."""
    for found in root.css(selector):
        path = found
        while path.mem_id != root.mem_id and not is_unseen(path) and path.parent is not None:
            path = path.parent
        if path.mem_id == root.mem_id:
            return found
    return None


def inline(node: LexborNode, depth: int = 0) -> str:
    """Return a node within a line as inline HTML: what rich text may hold, and of everything else the words."""
    if node.is_text_node:
        return escape(WHITE.sub(" ", node.text_content or ""), quote=False)
    if node.tag in {"br", "hr"}:
        return "<br>"
    if not node.is_element_node or is_unseen(node):
        return ""
    if depth > DEEPEST:
        return escape(" ".join(visible_text(node).split()), quote=False)
    within = inlines(node, depth + 1)
    return wrapped(node, within)


def inlines(element: LexborNode, depth: int = 0) -> str:
    """Return what stands within an element as inline HTML; blocks there become lines."""
    pieces: list[str] = []
    for child in element.iter(include_text=True):
        piece = inline(child, depth)
        if child.tag == "img":
            piece = " "
        elif not is_inline(child):
            piece = f"<br>{piece}<br>"
        pieces.append(piece)
    return "".join(pieces)


def wrapped(element: LexborNode, within: str) -> str:
    """Return inline HTML in the element's own tags, where rich text may hold them."""
    if not within.strip():
        return within
    if element.tag == "a":
        address = safe_address(element.attributes.get("href") or "")
        return f'<a href="{escape(address)}">{within}</a>' if address and "<a " not in within else within
    tag = KEPT.get(element.tag or "")
    return f"<{tag}>{within}</{tag}>" if tag else within


def safe_address(address: str) -> str:
    """Return an address that a link may have; empty for one within the page, of a script or of no known kind."""
    address = "".join(letter for letter in address.strip() if letter.isprintable())
    if not address or address.startswith("#"):
        return ""
    try:
        return address if urlsplit(address).scheme.lower() in SCHEMES else ""
    except ValueError:
        return ""
