"""What a study found: the list of issues that a text announces, each with the section that tells it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from research_reviews.intake.announcing import announces_issues, within_sentence
from research_reviews.intake.headings import Role
from research_reviews.intake.inline import marked_up, plain, word_count
from research_reviews.intake.issues import Issue, issue_of, issue_of_heading, value_of
from research_reviews.intake.lists import short_html
from research_reviews.intake.matching import NUMBERED, Candidate, Matcher
from research_reviews.intake.node_text import text_in
from research_reviews.intake.nodes import ListNode, Node, Paragraph
from research_reviews.intake.numbers import announced
from research_reviews.intake.parts import parts_of
from research_reviews.intake.sections import IN_ISSUE, Body, Section, joined
from research_reviews.intake.words import Ledger

# Roles under which a list of issues may be announced besides the one for findings, and those that end the issues.
MAY_ANNOUNCE: frozenset[Role | None] = frozenset(
    (None, "findings", "background", "study", "lived_experience", "quotes")
)
ENDS: frozenset[Role | None] = frozenset(
    ("recommendations", "conclusion", "practice_implications", "limitations", "credits", "study")
)
LONGEST_REMARK = 60


@dataclass
class Announcement:
    """Where a list of issues stands, in which section and at which of its nodes; None where headings are the list."""

    section: int
    node: int
    listing: ListNode | None
    introduction: list[Node]
    before: list[Node]
    after: list[Node]


def find(sections: list[Section], ledger: Ledger) -> Announcement | None:
    """Return the first list of issues of a text; one under a heading for findings rather than one elsewhere."""
    order = sorted(range(len(sections)), key=lambda place: sections[place].role != "findings")
    for place in order:
        section = sections[place]
        if section.role in MAY_ANNOUNCE and (found := in_section(sections, place, ledger)):
            return found
    return None


def in_section(sections: list[Section], place: int, ledger: Ledger) -> Announcement | None:
    """Return the list of issues that a section announces, or holds because that is what its heading says."""
    section = sections[place]
    is_findings = section.role == "findings"
    for at, node in enumerate(section.nodes):
        before = section.nodes[at - 1] if at else None
        if isinstance(node, ListNode):
            named = isinstance(before, Paragraph) and announces_issues(before.html, is_findings)
            if named or (is_findings and not any(isinstance(one, ListNode) for one in section.nodes[:at])):
                return announcement(section, place, at, node, is_findings)
        elif made := within_sentence(node, ledger):
            section.nodes[at : at + 1] = list(made)
            return announcement(section, place, at + 1, made[1], is_findings)
    last = section.nodes[-1] if section.nodes else None
    if is_findings or (isinstance(last, Paragraph) and announces_issues(last.html)):
        return by_headings(sections, place, is_findings)
    return None


def announcement(section: Section, place: int, at: int, listing: ListNode, is_findings: bool) -> Announcement:
    """Return a list with what introduces it: all before it under a heading for findings, else one paragraph."""
    before, after = section.nodes[:at], section.nodes[at + 1 :]
    only_prose = (
        all(isinstance(node, Paragraph) for node in before) and word_count(" ".join(text_in(before).split())) < 200
    )
    if is_findings and only_prose:
        return Announcement(place, at, listing, before, [], after)
    has_introduction = bool(before) and isinstance(before[-1], Paragraph)
    return Announcement(
        place, at, listing, before[-1:] if has_introduction else [], before[:-1] if has_introduction else before, after
    )


def by_headings(sections: list[Section], place: int, is_findings: bool) -> Announcement | None:
    """Return the issues that only headings name: deeper than the one for findings, numbered, or as many as said."""
    section = sections[place]
    following = candidates(sections, place)
    deeper = [at for at in following if sections[at].level > max(section.level, 1)]
    number = (
        announced(plain(section.nodes[-1].html)) if section.nodes and isinstance(section.nodes[-1], Paragraph) else 0
    )
    is_brief = len(section.nodes) <= 2 and len(text_in(section.nodes).split()) < 120
    numbered = [at for at in following if NUMBERED.match(sections[at].title)]
    if not (
        (deeper and is_findings)
        or len(numbered) > 1
        or (is_brief and is_findings and following)
        or (number and len(following) >= number)
    ):
        return None
    if not section.nodes:
        return Announcement(place, 0, None, [], [], [])
    if not isinstance(section.nodes[-1], Paragraph):
        return Announcement(place, 0, None, [], section.nodes, [])
    if all(isinstance(node, Paragraph) for node in section.nodes) and (is_findings or len(section.nodes) == 1):
        return Announcement(place, 0, None, section.nodes, [], [])
    return Announcement(place, 0, None, section.nodes[-1:], section.nodes[:-1], [])


def candidates(sections: list[Section], place: int) -> list[int]:
    """Return the sections that may tell an issue: those after the list, on one level, up to one of another role."""
    found: list[int] = []
    level = own = max(sections[place].level, 1)
    for at in range(place + 1, len(sections)):
        section = sections[at]
        if section.role in ENDS or (found and level > own and section.level <= own):
            break
        if not found:
            level = section.level
        if section.level <= level and section.role in {None, "lived_experience", "background", "quotes"}:
            found.append(at)
    return found


def write(sections: list[Section], found: Announcement, body: Body, ledger: Ledger, language: str) -> set[int]:
    """Write the findings into the body. Returns which sections went into it, the announcing one among them."""
    section = sections[found.section]
    places = candidates(sections, found.section)
    texts = {at: with_deeper(sections, at, places) for at in places}
    if found.listing is None:
        issues, used = issues_of_headings(sections, found, texts, ledger)
    else:
        issues, used = issues_of_list(sections, found.listing, texts, ledger, language=language, body=body)
    path = body.path
    heading = section.title if section.role == "findings" or not found.before else ""
    if found.before:
        body.add_section("section", section.title, parts_of(found.before, max(section.level, 2)))
        heading, path = "", body.path
    remark = found.after if used and is_remark(found.after) else []
    introduction, _rest = short_html([*found.introduction, *remark])
    later = [part for issue in issues for part in issue.parts if part.type not in IN_ISSUE]
    note(issues, path, body)
    said_number(found, issues, path, body)
    body.add(
        "findings", {"heading": heading, "introduction": introduction, "issues": [value_of(issue) for issue in issues]}
    )
    for part in later:
        part.why = part.why or _("It stood within an issue, which cannot hold it: it follows the findings.")
    body.add_parts(later)
    body.add_parts(parts_of([] if remark else found.after, max(section.level, 2)))
    return {found.section, *(at for place in used for at in texts[place])}


def with_deeper(sections: list[Section], place: int, places: list[int]) -> list[int]:
    """Return a section with those below it, up to the next candidate or one that is not deeper."""
    taken = [place]
    for at in range(place + 1, len(sections)):
        if at in places or sections[at].level <= sections[place].level or sections[at].role in ENDS:
            break
        taken.append(at)
    return taken


def issues_of_headings(
    sections: list[Section], found: Announcement, texts: dict[int, list[int]], ledger: Ledger
) -> tuple[list[Issue], list[int]]:
    """Return issues named by their sections' headings alone: as many as were announced, or all that there are."""
    number = announced(text_in(found.introduction)) if found.introduction else 0
    used = list(texts)[:number] if number else list(texts)
    issues: list[Issue] = []
    for at in used:
        title = sections[at].title
        if mark := NUMBERED.match(title):
            ledger.mark(mark[1])
            rest = title[mark.end() :].strip()
            ledger.mark(title[: mark.start(1)])
            title = rest
        nodes = joined([sections[one] for one in texts[at]])
        issues.append(issue_of_heading(title, nodes, max(sections[at].level, 2)))
    return issues, used


def issues_of_list(
    sections: list[Section],
    listing: ListNode,
    texts: dict[int, list[int]],
    ledger: Ledger,
    *,
    language: str,
    body: Body,
) -> tuple[list[Issue], list[int]]:
    """Return the issues of a list, each with its section where one was found."""
    issues = [issue_of(item, ledger) for item in listing.items]
    places = list(texts)
    told = [Candidate(sections[at].title, " ".join(text_in(sections[at].nodes).split())) for at in places]
    end = places[-1] + len(texts[places[-1]]) if places else 0
    is_bounded = end < len(sections) and sections[end].role in ENDS
    matcher = Matcher([issue.line for issue in issues], told, language, is_bounded)
    matches = matcher.matches() if told else []
    for match in matches:
        at = places[match.section]
        issue = issues[match.label]
        heading = sections[at].title
        if mark := NUMBERED.match(heading):
            ledger.mark(heading[: mark.end()])
            heading = heading[mark.end() :].strip()
        if " ".join(heading.casefold().split()).strip(" .:;,") == issue.line.casefold().strip(" .:;,"):
            ledger.mark(heading)
        else:
            issue.own_heading = heading
            where = f"{body.path}.issues.{match.label}"
            why = (
                _("The section “%(heading)s” was taken for this issue by its place.")
                if match.by_order
                else _("The section “%(heading)s” was taken for this issue by its words.")
            )
            body.guess(where, why % {"heading": heading}, match.by_order)
        issue.parts.extend(parts_of(joined([sections[one] for one in texts[at]]), max(sections[at].level, 2)))
    return issues, [places[match.section] for match in matches]


def is_remark(nodes: list[Node]) -> bool:
    """Whether what follows a list only leads over to the sections: it joins the introduction then."""
    return (
        bool(nodes)
        and all(isinstance(node, Paragraph) for node in nodes)
        and len(text_in(nodes).split()) <= LONGEST_REMARK
    )


def note(issues: list[Issue], path: str, body: Body) -> None:
    """Note which quotes within issues were guessed."""
    for number, issue in enumerate(issues):
        kept = [part for part in issue.parts if part.type in IN_ISSUE]
        for place, part in enumerate(kept):
            if part.why:
                body.guess(f"{path}.issues.{number}.body.{place}", part.why, part.is_unsure)


def said_number(found: Announcement, issues: list[Issue], path: str, body: Body) -> None:
    """Note where the text announces another number of issues than there are."""
    text = text_in(found.introduction[-1:])
    number = announced(text) if announces_issues(marked_up(text)) else 0
    if number and number != len(issues):
        why = _("The text announces %(said)d issues; there are %(found)d.")
        body.guess(path, why % {"said": number, "found": len(issues)}, True)
