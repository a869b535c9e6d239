"""What stands at the head of a text: its title, its standfirst, who wrote it and when, the picture above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from research_reviews.intake import dates
from research_reviews.intake.chrome import is_long
from research_reviews.intake.chrome_signs import sign_of
from research_reviews.intake.draft import ChromeDraft, CreditDraft, Guess
from research_reviews.intake.headings import HeadingTable, folded
from research_reviews.intake.image_credit import is_image_credit
from research_reviews.intake.inline import links, plain, without_site_name
from research_reviews.intake.node_text import level_of, text_at
from research_reviews.intake.nodes import Document, Heading, Node, Paragraph, Picture
from research_reviews.intake.people import IS_NAME
from research_reviews.intake.quotes import is_quoted
from research_reviews.intake.standfirst import is_standfirst
from research_reviews.intake.words import Ledger

BYLINE = re.compile(
    (
        r"(?:(?:written|posted|reviewed|guest (?:post|blog)|a guest (?:post|blog)) )?(?:by|von|par|por|door|"
        r"gan):?\s+(?P<name>.{3,80}?)\.?(?:\s*[|·•,/–-]\s*(?P<date>[^|·•]{0,20}\d{4}))?"
    ),
    re.IGNORECASE,
)
WORD = re.compile(r"\w[\w’'-]*")
# Below the title of a copied page often stands its topic.
TOPIC = re.compile(r"[^\W\d_][\w’'-]*(?: (?:& |and )?[\w’'-]+)?")
TOPMOST = 12
LONGEST_TITLE_WORDS = 28
FEWEST_TITLE_WORDS = 3


@dataclass
class Front:
    """The head of a text, and the nodes that are left."""

    nodes: list[Node]
    title: str = ""
    standfirst: str = ""
    byline: CreditDraft | None = None
    header_image: dict[str, str] | None = None
    written_on: date | None = None
    is_page: bool = False
    chrome: list[ChromeDraft] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)


def take(document: Document, nodes: list[Node], table: HeadingTable, ledger: Ledger) -> Front:
    """Return the head of a document's nodes apart from the rest."""
    front = Front(list(nodes), is_page=document.is_page)
    take_title(front, document, table, ledger)
    take_picture(front)
    take_lines(front, ledger)
    take_picture(front)
    take_standfirst(front, document, table, ledger)
    take_picture(front)
    take_lines(front, ledger)
    return front


def take_title(front: Front, document: Document, table: HeadingTable, ledger: Ledger) -> None:
    """Take the title: the source's own, its first heading of the first level, or the first line that looks like one."""
    given = document.title if not document.is_page else ""
    place = None if given else title_place(front.nodes, document, table)
    if place is not None:
        node = front.nodes[place]
        assert isinstance(node, Heading | Paragraph)  # noqa: S101 - title_place finds no other
        front.title = plain(node.html)
        if not (isinstance(node, Heading) and node.level == 1):
            front.guesses.append(Guess("title", _("The first line that looks like a title.")))
        above = front.nodes[:place]
        front.nodes = [*keep_above(front, above, ledger), *front.nodes[place + 1 :]]
    elif document.title:
        front.title = given or without_site_name(document.title)
        ledger.copy(front.title)
        if document.is_page:
            front.guesses.append(Guess("title", _("The title of the page, as browsers show it.")))
    else:
        front.guesses.append(Guess("title", _("The document has no title: give it one."), "unsure"))
    drop_echo(front)


def title_place(nodes: list[Node], document: Document, table: HeadingTable) -> int | None:
    """Return where the title stands; None where nothing at the top looks like one."""
    top = range(min(len(nodes), TOPMOST * 3))
    titled = folded(document.title)
    first = next((at for at in top if level_of(nodes[at]) == 1 and not role_at(nodes, at, table)), None)
    if first is not None and (first == 0 or not any(is_long(node) for node in nodes[:first])):
        return first
    if titled:
        same = next(
            (at for at in top if (text := text_at(nodes, at)) and len(text) > 8 and titled.startswith(folded(text))),
            None,
        )
        if same is not None or any(level_of(node) for node in nodes[:TOPMOST]):
            return same
    return first_title_line(nodes, table)


def first_title_line(nodes: list[Node], table: HeadingTable) -> int | None:
    """Return the first line above the text that has words enough for a title, or the first of fewer."""
    short: int | None = None
    for at, node in enumerate(nodes[:TOPMOST]):
        text = text_at(nodes, at)
        if isinstance(node, Picture) or sign_of(text) == "other" or BYLINE.fullmatch(text):
            continue
        if not is_title_line(node, text, at, nodes) or role_at(nodes, at, table):
            break
        if len(WORD.findall(text)) >= FEWEST_TITLE_WORDS:
            return at
        short = at if short is None else short
    return short


def is_title_line(node: Node, text: str, at: int, nodes: list[Node]) -> bool:
    """Whether a line could be the title: a heading, or a line that is no sentence of the text, with more below it."""
    if not text or len(text.split()) > LONGEST_TITLE_WORDS or (at + 1 >= len(nodes) > 1) or "@" in text:
        return False
    if isinstance(node, Heading):
        return True
    return (
        isinstance(node, Paragraph)
        and not text.endswith((".", ":", ";", ","))
        and not is_quoted(text)
        and not is_image_credit(text)
    )


def keep_above(front: Front, above: list[Node], ledger: Ledger) -> list[Node]:
    """Leave out the short lines above a title, such as the topic; return what else stands there."""
    kept: list[Node] = []
    for node in above:
        if not isinstance(node, Paragraph | Heading) or is_long(node):
            kept.append(node)
        elif not take_line(front, plain(node.html), ledger):
            front.chrome.append(ChromeDraft("other", plain(node.html), links(node.html)))
    return kept


def drop_echo(front: Front) -> None:
    """Leave out the lines at the top that only say the title again."""
    title = folded(front.title)
    for at in range(min(len(front.nodes), 4)):
        if title and folded(text_at(front.nodes, at)) == title:
            front.chrome.append(ChromeDraft("other", text_at(front.nodes, at)))
            del front.nodes[at]
            return


def take_picture(front: Front) -> None:
    """Take the picture that stands first as the header image."""
    if front.header_image is None and front.nodes and isinstance(front.nodes[0], Picture) and front.nodes[0].src:
        picture = front.nodes.pop(0)
        assert isinstance(picture, Picture)  # noqa: S101 - as the line above says
        front.header_image = {
            "src": picture.src,
            "alt": picture.alt,
            "caption": picture.caption,
            "credit": picture.credit,
            "link": picture.link,
        }
        if picture.credit_url:
            front.header_image["credit_url"] = picture.credit_url
        front.guesses.append(Guess("header_image", _("The first picture of the text.")))


def take_lines(front: Front, ledger: Ledger) -> None:
    """Take the lines below a title that say who wrote the text, when, and under which topic."""
    while front.nodes and isinstance(front.nodes[0], Paragraph | Heading) and len(front.nodes) > 1:
        node = front.nodes[0]
        text = plain(node.html)
        if take_line(front, text, ledger):
            front.nodes.pop(0)
        elif (kind := sign_of(text)) and kind in {"other", "share"}:
            front.chrome.append(ChromeDraft(kind, text, links(node.html)))
            if kind == "other":
                note_day(front, text)
            front.nodes.pop(0)
        elif front.is_page and isinstance(node, Paragraph) and TOPIC.fullmatch(text):
            front.chrome.append(ChromeDraft("other", text, links(node.html)))
            front.nodes.pop(0)
        else:
            return


def note_day(front: Front, text: str) -> None:
    """Note the day on which the text was written, where a line at its head says it."""
    when = dates.find(text, date.today())
    if when and not when.is_guessed and len(when.iso) == 10 and front.written_on is None:
        front.written_on = date.fromisoformat(when.iso)


def take_line(front: Front, text: str, ledger: Ledger) -> bool:
    """Take a line that names who wrote the text. Returns whether it was one."""
    byline = BYLINE.fullmatch(text) if len(text) < 90 else None
    if not byline or front.byline or not IS_NAME.fullmatch(byline["name"].strip()):
        return False
    front.byline = CreditDraft(byline["name"].strip(), "", "review_author")
    front.guesses.append(Guess("credits", _("The line below the title says who wrote the review.")))
    ledger.mark(text[: byline.start("name")])
    if byline["date"]:
        front.chrome.append(ChromeDraft("other", byline["date"]))
        note_day(front, byline["date"])
    return True


def take_standfirst(front: Front, document: Document, table: HeadingTable, ledger: Ledger) -> None:
    """Take the source's own summary, or else the one or two sentences between the title and the text."""
    if document.summary:
        front.standfirst = plain(document.summary)
        if front.nodes and folded(text_at(front.nodes, 0)) == folded(front.standfirst):
            front.nodes.pop(0)
        else:
            ledger.copy(front.standfirst)
        return
    if not front.title or len(front.nodes) < 2 or role_at(front.nodes, 0, table):
        return
    node, after = front.nodes[0], front.nodes[1]
    if isinstance(node, Heading) and not (isinstance(after, Paragraph) and len(plain(node.html).split()) >= 6):
        return
    if is_standfirst(node, after):
        front.standfirst = text_at(front.nodes, 0)
        front.nodes.pop(0)
        front.guesses.append(Guess("standfirst", _("The short text between the title and the first paragraph.")))


def role_at(nodes: list[Node], at: int, table: HeadingTable) -> bool:
    """Whether the heading or line at a place is one that the table knows."""
    text = text_at(nodes, at)
    return bool(text) and len(text) < 120 and table.role_of(text) is not None
