"""The sentence that says which study a review is about: its date, its address, its DOI and its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from research_reviews.identifiers import clean_doi
from research_reviews.intake import dates
from research_reviews.intake.draft import Guess, StudyDraft
from research_reviews.intake.inline import lines, links, marked_up, plain
from research_reviews.intake.nodes import Heading, ListNode, Node, Paragraph
from research_reviews.intake.study_title import QUOTED, title_in, title_near

STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|research|reports?|papers?|articles?|reviews?|evaluations?|inspections?|surveys?|thesis|"
    r"briefings?|analys[ie]s|"
    r"trial|inquiry|meta-analysis|studien?|untersuchung|forschung|bericht|étude|rapport|recherche|estudio|informe|"
    r"investigación|"
    r"onderzoek|studie|astudiaeth|ymchwil|adroddiad)\b",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:publi(?:sh\w*|cation)|released?|launch\w*|out today|appeared|issued|issues?|new|recent(?:ly)?|latest|just|"
    r"ver(?:ö|oe)ffentlicht\w*|erschien\w*|neue[rsn]?|"
    r"publiée?|parue?|nouvel(?:le)?|publicad[oa]|nuev[oa]|gepubliceerd\w*|verschenen|nieuwe?|cyhoedd\w*|newydd)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘„(\[]?[A-ZÀ-ÞŁŚŻ0-9])")
ABBREVIATED = re.compile(
    r"\b(?:\d{1,2}|Dr|Prof|Mr|Mrs|Ms|St|et al|e\.g|i\.e|No|vol|pp?|cf|approx|ed|eds|bzw|z\.B|Nr|[A-Z])\.$"
)
DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/[^\s\"'<>“”]+")
ADDRESS = re.compile(r"https?://[^\s<>\"'“”]+")
NO_STUDY = re.compile(
    r"(?:twitter|x|facebook|linkedin|bsky|instagram|youtube|orcid|unsplash|flickr|mastodon)\.[a-z]+/|^mailto:|^tel:",
    re.IGNORECASE,
)
READ_IT = re.compile(
    r"\b(?:read|find|download|access|available|see|view|published|lesen|finden|herunterladen|lire|leer|lezen)\b",
    re.IGNORECASE,
)
FIRST_NODES = 14
LONGEST_SAID = 600
LONGEST_PARAGRAPH = 4000


@dataclass
class FoundStudy:
    """What was found of the study, and what of it was guessed."""

    study: StudyDraft = field(default_factory=StudyDraft)
    guesses: list[Guess] = field(default_factory=list)


def is_study_sentence(text: str) -> bool:
    """Whether a text announces a study: one was published, by whom or when."""
    return STUDY.search(text) is not None and (PUBLISHED.search(text) is not None or DOI.search(text) is not None)


def announces_study(text: str) -> bool:
    """Whether a text announces a study by what it is or by its title: somebody published “Behind the door”."""
    return is_study_sentence(text) or (PUBLISHED.search(text) is not None and QUOTED.search(text) is not None)


def sentences(text: str) -> list[str]:
    """Return a text's sentences. An abbreviation's point ends none."""
    found: list[str] = []
    for part in SENTENCE.split(text):
        if found and ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def find(nodes: list[Node], standfirst: str, today: date, under_study: list[Node]) -> FoundStudy:
    """Return what the beginning of a text says of the study; what stands under a heading for it counts first."""
    ranked = sorted(candidates([*under_study, *nodes[:FIRST_NODES]]), key=lambda one: -one[0])
    if standfirst and is_study_sentence(standfirst):
        ranked.append((0, marked_up(standfirst), standfirst))
    doi = doi_of(nodes)
    if not ranked:
        nothing = FoundStudy(StudyDraft(doi=doi, url=f"https://doi.org/{doi}" if doi else ""))
        return completed(nothing, [*under_study, *nodes[:FIRST_NODES]])
    _rank, html, said = ranked[0]
    found = told(html, said, doi, today)
    return completed(found, [*under_study, *nodes[:FIRST_NODES]])


def completed(found: FoundStudy, nodes: list[Node]) -> FoundStudy:
    """Return a study with the title and the address that another of the first paragraphs gives it."""
    study, guesses = found.study, found.guesses
    if not study.title and (title := title_near(nodes)):
        study = replace(study, title=title)
        guesses.append(Guess("study.title", _("The words that a sentence near the beginning sets apart."), "unsure"))
    if not study.url and (address := address_near(nodes)):
        study = replace(study, url=address, doi=study.doi or cleaned_doi(address))
        guesses.append(Guess("study.url", _("The link that the text offers for reading the study.")))
    return FoundStudy(study, guesses)


def address_near(nodes: list[Node]) -> str:
    """Return where one of the first paragraphs says that the study can be read; empty where none does."""
    for node in nodes:
        if isinstance(node, Paragraph) and len(node.html) <= LONGEST_PARAGRAPH and READ_IT.search(plain(node.html)):
            for said in sentences(plain(node.html)):
                if READ_IT.search(said) and (address := address_of(node.html, said)[0]):
                    return address
    return ""


def candidates(nodes: list[Node]) -> list[tuple[int, str, str]]:
    """Return sentences that may announce the study, each with its rank and the paragraph that it stands in."""
    found: list[tuple[int, str, str]] = []
    for place, node in enumerate(nodes):
        if not isinstance(node, Paragraph):
            continue
        text = plain(node.html)
        # Nobody announces a study in the middle of a text without paragraphs.
        html = node.html if len(text) <= LONGEST_PARAGRAPH else marked_up(text[:LONGEST_PARAGRAPH])
        ranked = [(rank_of(said, html), said) for said in sentences(text[:LONGEST_PARAGRAPH])]
        found.extend((rank * 20 - place, html, said) for rank, said in ranked if rank)
    return found


def rank_of(said: str, html: str) -> int:
    """Return how much speaks for a sentence being the one about the study; 0 where it is not."""
    published = PUBLISHED.search(said)
    if not STUDY.search(said) and not (published and "publi" in said.casefold() and QUOTED.search(said)):
        return 0
    rank = 0
    if published:
        rank += 1 + ("publi" in said.casefold())
    when = dates.find(said, date(2000, 12, 31)) if published or dates.DIGIT.search(said) else None
    rank += (1 if when.is_guessed else 3) if when else 0
    rank += 1 if any(text and text in said for text, address in links(html) if not NO_STUDY.search(address)) else 0
    rank += 2 if DOI.search(said) else 0
    return rank if rank >= 2 or published else 0


def told(html: str, said: str, doi: str, today: date) -> FoundStudy:
    """Return what a sentence tells of the study."""
    guesses: list[Guess] = []
    when = dates.find(said, today)
    if when and when.is_guessed:
        why = _("The text does not say the whole date; it was counted from %(today)s.")
        guesses.append(Guess("study.published", why % {"today": today.isoformat()}, "unsure"))
    elif when:
        guesses.append(Guess("study.published", _("The date that stands in the sentence about the study.")))
    url, linked = address_of(html, said)
    if url:
        guesses.append(Guess("study.url", _("The link in the sentence about the study.")))
    own_doi = cleaned_doi(url) or next((one for match in DOI.findall(said) if (one := cleaned_doi(match))), "")
    title = title_in(html, said, linked)
    if title:
        guesses.append(Guess("study.title", _("The words that the text sets apart in the sentence about the study.")))
    doi = own_doi or doi
    study = StudyDraft(
        title, doi, url or (f"https://doi.org/{doi}" if doi else ""), when.iso if when else "", said[:LONGEST_SAID]
    )
    return FoundStudy(study, guesses)


def address_of(html: str, said: str) -> tuple[str, str]:
    """Return the address that the sentence gives for the study, and the words of the link."""
    usable = [(text, address) for text, address in links(html) if text and not NO_STUDY.search(address)]
    usable = [(text, address) for text, address in usable if address.startswith(("http://", "https://"))]
    inside = [link for link in usable if link[0] in said] or usable
    named = [link for link in inside if "doi.org/10." in link[1]] or [link for link in inside if STUDY.search(link[0])]
    if named or inside:
        text, address = (named or inside)[0]
        return address, text
    written = ADDRESS.search(said)
    if written and not NO_STUDY.search(written[0]):
        return written[0].rstrip(".,;:!?)]"), ""
    return "", ""


def doi_of(nodes: list[Node]) -> str:
    """Return the first DOI that a text names or links to outside its lists of references; empty where there is none."""
    for node in nodes:
        html = node.html if isinstance(node, Paragraph | Heading) else first_line(node)
        if "10." in html and (match := DOI.search(" ".join([plain(html), *(address for _t, address in links(html))]))):
            return cleaned_doi(match[0])
    return ""


def first_line(node: Node) -> str:
    """Return the inline HTML of a list of one paragraph; empty for other nodes."""
    if (
        isinstance(node, ListNode)
        and len(node.items) == 1
        and node.items[0]
        and isinstance(node.items[0][0], Paragraph)
    ):
        return " ".join(lines(node.items[0][0].html))
    return ""


def cleaned_doi(value: str) -> str:
    """Return a DOI without its address; empty for what is none."""
    if "10." not in value:
        return ""
    try:
        return clean_doi(value)
    except ValidationError:
        return ""
