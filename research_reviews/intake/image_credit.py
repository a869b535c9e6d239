"""The line that says who made the header image."""

from __future__ import annotations

import re

from research_reviews.intake.draft import ImageCredit
from research_reviews.intake.inline import links, plain
from research_reviews.intake.nodes import Node, Paragraph

IMAGE = (
    r"(?:images?|photos?|photographs?|pictures?|illustrations?|artwork|bild|titelbild|foto|imagen|afbeelding|delwedd|"
    r"photographie)"
)
CREDIT = re.compile(
    rf"(?:many )?thank(?:s| you) to .{{2,80}} for (?:\w+ ){{0,3}}?(?:header |cover |featured? )?{IMAGE}\b|"
    rf"thanks to .{{2,120}}(?:permission|use|using).{{0,80}}\b{IMAGE}\b|"
    rf"(?:header|cover|featured?|main|top|banner|lead)[ -]{IMAGE}\b.{{0,20}}(?::|\bby\b|©|\bcourtesy\b|\bcredit|"
    rf"\bfrom\b|\bis\b|\bvia\b)|"
    rf"{IMAGE}s?(?: credits?| courtesy| source| copyright)?\s*(?::|©|\(c\)|courtesy of|credit)\s*\S|"
    rf"{IMAGE}(?: used)?(?: with| by) (?:kind )?permission|"
    rf"{IMAGE} (?:by|von|par|de|door|gan)\s+(?!.{{0,60}}\bshows?\b)[^\W\d_].{{0,90}}(?:\bon\b|\bvia\b|\bauf\b|/|"
    rf"\bsur\b|\bfrom\b).{{2,60}}$|"
    rf"{IMAGE} (?:by|von|par|door) (?:[^\W\d_][\w.'’-]*\s?){{1,4}}\.?$|"
    rf"credit(?:s)? (?:for )?(?:the )?{IMAGE}\s*:|(?:the )?(?:header )?{IMAGE} (?:in this post|above|at the top) "
    rf"(?:is|was|comes|are)\b.{{0,20}}(?:by|from|courtesy|used)|"
    rf"(?:foto|bild|titelbild)\s*:",
    re.IGNORECASE,
)
MAYBE = re.compile(IMAGE, re.IGNORECASE)
GOES_ON = re.compile(
    r"(?:you can|see|find|follow|more of)\b.{0,80}\b(?:work|images?|photos?|photographs?|pictures?|portfolio)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
LONGEST = 400


def is_image_credit(text: str) -> bool:
    """Whether a paragraph as plain text says who made the header image, and little else."""
    return len(text) <= LONGEST and MAYBE.search(text) is not None and CREDIT.match(text.lstrip(" (*[")) is not None


def take(nodes: list[Node]) -> tuple[list[Node], ImageCredit]:
    """Return nodes without the line about the header image, and what it says with the address that it leads to.

    Where several paragraphs say so, the last counts: what stands above is rather the credit of a picture in the text.
    """
    place = next((at for at in range(len(nodes) - 1, -1, -1) if is_credit_node(nodes[at])), None)
    if place is None:
        return nodes, ImageCredit()
    taken = [nodes[place]]
    after = nodes[place + 1] if place + 1 < len(nodes) else None
    if isinstance(after, Paragraph) and len(after.html) < LONGEST and GOES_ON.match(plain(after.html)):
        taken.append(after)
    html = " ".join(node.html for node in taken if isinstance(node, Paragraph))
    text = plain(html)
    addresses = [address for _text, address in links(html) if address.startswith(("http:", "https:", "/"))]
    addresses += ADDRESS.findall(text)
    return [*nodes[:place], *nodes[place + len(taken) :]], ImageCredit(text, addresses[-1] if addresses else "")


def is_credit_node(node: Node) -> bool:
    """Whether a node is a paragraph that says who made the header image."""
    return isinstance(node, Paragraph) and len(node.html) < 2 * LONGEST and is_image_credit(plain(node.html))
