"""What stands around the text of a saved page, by the page's own mark-up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from research_reviews.intake.chrome_signs import sign_of
from research_reviews.intake.draft import ChromeDraft, ChromeKind
from research_reviews.intake.elements import DEEPEST, is_unseen, safe_address, stands_apart, visible_text

# Names of classes and ids, each in full. What themes and plug-ins call their parts.
NAMES: list[tuple[ChromeKind, str]] = [
    (
        "search",
        r"(?:site-|header-|widget_|elementor-)?search(?:-?(?:form|box|bar|wrap(?:per)?|modal|toggle|widget))?.*",
    ),
    (
        "share",
        r"sharedaddy|sd-.*|.*share-?(?:buttons?|icons?|links?|bar|this|post|box)?|(?:social|addtoany|a2a|heateor|shared|ssba|"
        r"jp-likes|sharing)(?:[_-].*)?",
    ),
    (
        "related",
        r"(?:jp-)?related-?(?:posts?|articles?|content|stories|reading)?.*|yarpp.*|you-may-also.*|more-(?:posts|stories|from).*|"
        r"(?:recent|latest|popular|recommended)-posts?.*|elementor-widget-(?:posts|loop-grid)",
    ),
    (
        "comments",
        r"comments?(?:-(?:area|respond|list|form|section|wrap(?:per)?|template|title|count|link|reply))?|respond|disqus.*",
    ),
    ("comments", r"comment-respond|comments-link|wp-block-(?:post-)?comments.*|elementor-widget-post-comments"),
    ("cookies", r".*cookie.*|.*consent.*|gdpr.*|cmplz.*|onetrust.*"),
    ("sponsor", r".*sponsor.*"),
    ("subscribe", r".*(?:subscri(?:be|ption)|newsletter|mailchimp|mc4wp|mc_embed|sign-?up|opt-?in).*"),
    (
        "menu",
        r"(?:main-|site-|primary-|secondary-|mobile-|top-)?(?:nav|menu|navigation|navbar)(?:bar|igation)?|breadcrumbs?.*|"
        r"pagination|skip-link|(?:post|posts|entry)-nav(?:igation)?|nav-links|elementor-widget-(?:nav-menu|post-navigation)|"
        r"yoast-breadcrumbs?|page-links|site-header|masthead|site-branding",
    ),
    ("footer", r"(?:site-|page-)?footer(?:-.*)?|colophon|copyright|site-info"),
    (
        "other",
        r"widget|widget-area|sidebar.*|secondary|author-(?:box|bio|info)|about-author|entry-(?:meta|footer)|post-(?:meta|tags|"
        r"footer|info)|tag(?:s|-links|cloud)|cat-links|posted-(?:on|in)|byline|reading-time|advert.*|wp-block-(?:tag-cloud|"
        r"categories|archives|latest-posts|post-(?:date|terms|author)|search)|elementor-widget-post-info|to-top|printfriendly",
    ),
]
PATTERNS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in NAMES]
TAGS: dict[str, ChromeKind] = {"nav": "menu", "form": "other", "footer": "footer", "dialog": "other", "button": "other"}
ROOTS = (
    "main article",
    "article",
    "main",
    "[role=main]",
    ".entry-content",
    ".post-content",
    ".elementor-widget-theme-post-content",
)
CANDIDATES = "nav, form, footer, header, dialog, button, aside, [class], [id]"


def take_out(body: LexborNode) -> Iterator[ChromeDraft]:
    """Take out of a page what is no text of the author's. Yields it in its order, whole as a reader saw it."""
    gone = unseen_within(body)
    root = root_of(body)
    holding = holders_of_text(root)
    for element in outside(root, body) if root is not body else []:
        if element.mem_id not in gone and stands_apart(element):
            yield from removed_with_parts(element, kind_of(element) or "other", gone)
    for element in root.css(CANDIDATES):
        if element.mem_id == root.mem_id or element.mem_id in gone:
            continue
        kind = kind_of(element)
        if kind and stands_apart(element) and not holds_text(element, holding):
            yield from removed_with_parts(element, kind, gone)


def unseen_within(body: LexborNode) -> set[int]:
    """Return the elements of a page that a reader does not see, with all that is in them."""
    unseen: set[int] = set()
    for node in body.traverse():
        if (node.parent is not None and node.parent.mem_id in unseen) or is_unseen(node):
            unseen.add(node.mem_id)
    return unseen


def root_of(body: LexborNode) -> LexborNode:
    """Return the element that holds the author's text: of several articles the one that is most of the page's."""
    for selector in ROOTS:
        found = [element for element in body.css(selector) if not is_unseen(element)]
        if not found:
            continue
        sizes = [len(element.text()) for element in found]
        largest = max(sizes)
        if largest * 2 > sum(sizes) and largest * 10 > len(body.text()):
            return found[sizes.index(largest)]
    return body


def outside(root: LexborNode, body: LexborNode) -> list[LexborNode]:
    """Return what stands on the page before and after the text; of what holds the title only what is beside it."""
    needs_title = root.css_first("h1") is None
    found: list[LexborNode] = []
    path = root
    while path.parent is not None and path.mem_id != body.mem_id:
        siblings = [child for child in path.parent.iter() if child.mem_id != path.mem_id]
        for sibling in siblings:
            found.extend(beside_title(sibling) if needs_title else [sibling])
        path = path.parent
    return [element for element in found if element.tag not in {"script", "style"}]


def beside_title(element: LexborNode, depth: int = 0) -> list[LexborNode]:
    """Return the element, or where it holds the page's title the parts of it that do not."""
    if element.tag == "h1" or depth > DEEPEST:
        return []
    if element.css_first("h1") is None:
        return [element]
    return [part for child in element.iter() for part in beside_title(child, depth + 1)]


def holders_of_text(root: LexborNode) -> tuple[set[int], set[int]]:
    """Return the elements within another that hold its title or a whole article, and those that hold half its words.

    It walks the tree once: to count the words of each element by itself takes minutes where many stand in each other.
    """
    parents: list[tuple[int, int]] = []
    counts: Counter[int] = Counter()
    titled: set[int] = set()
    for node in root.traverse(include_text=True):
        parent = node.parent.mem_id if node.parent is not None else 0
        parents.append((node.mem_id, parent))
        if node.is_text_node and node.parent is not None and not is_unseen(node.parent):
            counts[node.mem_id] = len((node.text_content or "").split())
        elif node.tag in {"h1", "article", "main"}:
            titled.add(parent)
    for own, parent in reversed(parents):
        counts[parent] += counts[own]
        if own in titled:
            titled.add(parent)
    everything = counts[root.mem_id]
    return titled, {own for own, number in counts.items() if number * 2 > everything}


def holds_text(element: LexborNode, holding: tuple[set[int], set[int]]) -> bool:
    """Whether an element holds the title or half of the text: then its name says nothing of what it is."""
    titled, large = holding
    return (element.mem_id in titled and element.tag not in {"nav", "form"}) or element.mem_id in large


def kind_of(element: LexborNode) -> ChromeKind | None:
    """Return what an element is besides text, by its names and then its tag; None where it may be the author's."""
    attributes = element.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
    if element.tag not in {"body", "html", "article", "main"}:
        for kind, pattern in PATTERNS:
            if any(pattern.fullmatch(name) for name in names):
                return kind
    if element.tag == "footer" and within_quotation(element):
        return None
    if element.tag == "form":
        return form_kind(element)
    return TAGS.get(element.tag or "")


def within_quotation(element: LexborNode) -> bool:
    """Whether an element stands in a quotation, where a footer names who speaks."""
    parent = element.parent
    return parent is not None and parent.tag in {"blockquote", "figure"}


def form_kind(form: LexborNode) -> ChromeKind:
    """Return what a form is for, by its fields."""
    if form.css_first("[type=search], [name=s]") is not None:
        return "search"
    if form.css_first("textarea") is not None:
        return "comments"
    return "subscribe" if form.css_first("[type=email]") is not None else "other"


def removed_with_parts(element: LexborNode, kind: ChromeKind, gone: set[int]) -> Iterator[ChromeDraft]:
    """Take an element out, after the parts of it that are for something else, such as the search box in a header."""
    for part in element.css(CANDIDATES):
        own = kind_of(part) if part.mem_id not in gone and part.mem_id != element.mem_id else None
        if own and own not in {kind, "other", "footer"} and stands_apart(part):
            yield from removed(part, own, gone)
    yield from removed(element, kind, gone)


def removed(element: LexborNode, kind: ChromeKind, gone: set[int]) -> Iterator[ChromeDraft]:
    """Take an element out and yield what it said; nothing where it said nothing."""
    text = "\n".join(" ".join(line.split()) for line in visible_text(element).splitlines() if line.strip())
    found = [(" ".join(a.text().split()), safe_address(a.attributes.get("href") or "")) for a in element.css("a")]
    gone.update(node.mem_id for node in element.traverse())
    # It stays in the tree, unseen: what stood on either side of it does not run together then.
    element.attrs["hidden"] = ""
    if kind == "other":
        # A box of a name that says nothing often says in its first line what it is for.
        kind = sign_of(text.partition("\n")[0]) or kind
    if any(letter.isalnum() for letter in text):
        yield ChromeDraft(kind, text, [(words, address) for words, address in found if words and address])
