"""A document becomes a structured draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from research_reviews.intake import (
    chrome,
    findings,
    front,
    image_credit,
    leftovers,
    named_people,
    people,
    quote_links,
    recommendations,
    shaping,
    study_line,
    words,
)
from research_reviews.intake.announcing import announces_issues, announces_recommendations
from research_reviews.intake.draft import CreditDraft, Draft, Guess, Report
from research_reviews.intake.headings import DEFAULT_HEADINGS, HeadingTable, Role
from research_reviews.intake.inline import plain
from research_reviews.intake.nodes import Document, ListNode, Node, Paragraph
from research_reviews.intake.parts import parts_of
from research_reviews.intake.sections import Body, Section, parts_in, sections_of, with_deeper
from research_reviews.intake.words import Ledger

FIXED_ROLES: frozenset[Role | None] = frozenset(
    ("conclusion", "practice_implications", "limitations", "lived_experience")
)
ROLES_THAT_STOP: frozenset[Role | None] = frozenset(("findings", "recommendations", *FIXED_ROLES))


def structure(
    document: Document, table: HeadingTable | None = None, audiences: Sequence[str] = (), today: date | None = None
) -> Draft:
    """Return a document as a structured draft, with a report of what was left out, guessed and counted.

    The table says what headings announce, the audiences are those that recommendations may be for, and today is the day
    from which “today” and a date without a year are counted: the day of publication of an older text.
    Raises IntakeError where a word of the document would be lost or one be invented.
    """
    table = table or default_table()
    ledger = Ledger()
    ledger.mark(*document.marks)
    cleared = chrome.clear(leftovers.set_after(document.nodes), table, document.is_page)
    nodes, credit = image_credit.take(cleared.nodes)
    shaped = shaping.shape(nodes, table, ledger)
    head = front.take(document, shaped.nodes, table, ledger)
    day = today or head.written_on or date.today()
    body = Body()
    text_nodes = quote_links.set_below(head.nodes, ledger)
    if text_nodes is not head.nodes:
        body.guess("body", _("Links stood within quotes, which hold none: they follow the quotes."), True)
    sections = sections_of(text_nodes, table)
    study_nodes = [node for section in sections if section.role == "study" for node in section.nodes]
    study = study_line.find(head.nodes, head.standfirst, day, study_nodes)
    named = take_people(sections, ledger, body)
    if not named:
        named = people_in_sentences(head.nodes, study.study.said, ledger, body)
    write_body(sections, audiences, body, ledger, document.language[:2])
    if head.byline:
        named = [*named, head.byline]
    draft = Draft(
        title=head.title,
        standfirst=head.standfirst,
        study=study.study,
        credits=named,
        body=body.blocks,
        image_credit=credit,
        header_image=head.header_image,
    )
    left_out = [*document.chrome, *cleared.chrome, *head.chrome]
    counted = words.count(document.text, draft, left_out, ledger)
    words.check(counted)
    guesses = [*head.guesses, *study.guesses, *body.guesses]
    if shaped.has_guessed_headings:
        guesses.append(Guess("body", _("Short or bold lines were taken for headings.")))
    return Draft(
        draft.title,
        draft.standfirst,
        draft.study,
        draft.credits,
        draft.body,
        draft.image_credit,
        draft.header_image,
        Report(left_out, guesses, counted),
    )


@lru_cache(maxsize=1)
def default_table() -> HeadingTable:
    """Return the table that a new site begins with."""
    return HeadingTable(DEFAULT_HEADINGS)


def take_people(sections: list[Section], ledger: Ledger, body: Body) -> list[CreditDraft]:
    """Take the lists of people out of the sections and return them as credits in their order."""
    named: list[CreditDraft] = []
    for section in sections:
        kept: list[Node] = []
        is_credits = section.role == "credits"
        for node in people.lines_joined(section.nodes) if is_credits else section.nodes:
            introduction = plain(kept[-1].html) if kept and isinstance(kept[-1], Paragraph) else section.title
            if isinstance(node, ListNode) and is_people(node, introduction, is_credits):
                made, left = people.credits_in(node, people.contribution_of(introduction), ledger)
                named.extend(made)
                kept.extend(left)
            else:
                kept.append(node)
        section.nodes = kept
    if named:
        body.guess("credits", _("The people of a list, in its order."))
    return named


def is_people(node: ListNode, introduction: str, is_credits: bool) -> bool:
    """Whether a list names people. One that announces issues or recommendations does not, unless they have handles."""
    announced = not announces_issues(introduction) and not announces_recommendations(introduction)
    return people.is_list_of_people(node, f"researchers {introduction}" if is_credits else introduction, announced)


def people_in_sentences(nodes: list[Node], said: str, ledger: Ledger, body: Body) -> list[CreditDraft]:
    """Return the people whom the first paragraphs name with handles, or else those by whom the study is said to be."""
    named: dict[str, CreditDraft] = {}
    for node in nodes[: study_line.FIRST_NODES]:
        if isinstance(node, Paragraph) and ("@" in node.html or "<a " in node.html) and len(node.html) < 3000:
            for credit in named_people.named_in(node.html, "study_author", ledger):
                if credit.name in named:
                    ledger.copies.subtract(word for text in words.texts_of_credit(credit) for word in words.words(text))
                named.setdefault(credit.name, credit)
    if named:
        body.guess("credits", _("The people whom the text names with a handle."))
        return list(named.values())
    authors = named_people.authors_in(said, ledger) if said else []
    if authors:
        body.guess("credits", _("The names in the sentence about the study."), True)
    return authors


def write_body(sections: list[Section], audiences: Sequence[str], body: Body, ledger: Ledger, language: str) -> None:
    """Write every section into the body, in the order of the text."""
    found = findings.find(sections, ledger)
    used: set[int] = set()
    place = 0
    while place < len(sections):
        if place in used:
            place += 1
        elif found and place == found.section:
            used |= findings.write(sections, found, body, ledger, language)
            place += 1
        else:
            stops = used | ({found.section} if found and found.section > place else set())
            end = min([with_deeper(sections, place, ROLES_THAT_STOP), *(at for at in stops if at > place)])
            write_section(sections[place:end], audiences, body, ledger)
            place = end


def write_section(sections: list[Section], audiences: Sequence[str], body: Body, ledger: Ledger) -> None:
    """Write a section with those below it into the body, as what its heading says it is."""
    first = sections[0]
    if first.role == "recommendations":
        recommendations.write(sections, audiences, body, ledger)
    elif first.role == "credits" and not first.nodes and len(sections) == 1:
        # The heading stood above the people, who are the credits now.
        ledger.mark(first.title)
    elif first.role in FIXED_ROLES:
        body.add_section(str(first.role), first.title, parts_in(sections))
    elif (place := announced_recommendations(first)) is not None:
        write_with_recommendations(sections, place, audiences, body, ledger)
    else:
        body.add_section("section", first.title, parts_in(sections))


def announced_recommendations(section: Section) -> int | None:
    """Return where a section's list of recommendations stands, which the paragraph before announces."""
    for place, node in enumerate(section.nodes[1:], start=1):
        before = section.nodes[place - 1]
        if isinstance(node, ListNode) and isinstance(before, Paragraph) and announces_recommendations(before.html):
            return place
    return None


def write_with_recommendations(
    sections: list[Section], place: int, audiences: Sequence[str], body: Body, ledger: Ledger
) -> None:
    """Write a section in which recommendations stand without a heading of their own."""
    first = sections[0]
    before = Section(first.heading, first.nodes[: place - 1])
    if before.nodes:
        body.add_section("section", first.title, parts_in([before]))
    heading = None if before.nodes else first.heading
    recommendations.write([Section(heading, first.nodes[place - 1 : place + 1])], audiences, body, ledger)
    after = Section(None, first.nodes[place + 1 :])
    if after.nodes or len(sections) > 1:
        body.add_parts(parts_of(after.nodes) if len(sections) == 1 else parts_in([after, *sections[1:]]))
