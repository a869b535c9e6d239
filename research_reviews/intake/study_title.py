"""The title of the study that a review is about, where the text sets it apart."""

from __future__ import annotations

import re

from research_reviews.intake.inline import lines, links, plain
from research_reviews.intake.nodes import Node, Paragraph

NOUN = (
    r"(?:study|research|report|paper|article|review|evaluation|inspection|survey|thesis|briefing|analysis|trial|inquiry|"
    r"book|chapter|studie|untersuchung|bericht|étude|rapport|estudio|informe|onderzoek|astudiaeth|adroddiad)"
)
CALLED = r"(?:called|titled|entitled|named|mit dem titel|intitulée?|titulad[oa]|getiteld|dan y teitl)"
GOES_ON = (
    r"(?:was|is|were|are|has|have|had|will|by|and|which|who|published|written|funded|led|carried|conducted|undertaken|"
    r"commissioned|released|explor\w+|examin\w+|look\w*|investigat\w+|draw\w*|find\w*|found|show\w*|reveal\w*|present\w*|"
    r"report\w*|describ\w+|consider\w*|set\w*|ask\w*|authored|produced|wurde|ist|hat|zeigt|a été|est|is|werd)"
)
QUOTED = re.compile(r"[“\"„«]\s*([^“”\"„«»]{12,240}?)[,.]?\s*[”\"“»]|(?<!\w)‘([^‘’]{12,240}(?:’\w[^‘’]*)*)[,.]?’(?!\w)")
TITLED = re.compile(rf"\b{CALLED}[:,]?\s+(?P<title>.{{8,240}}?)(?=[.;()]|,\s+{GOES_ON}\b|$)", re.IGNORECASE)
# Between commas behind the noun: The study, Behind the door: a review, was carried out by …
APPOSED = re.compile(
    rf"\b(?i:{NOUN})(?:,|:|\s[–—-])\s+(?P<title>[^\W\d_a-zà-öø-ÿ][^\n]{{11,240}}?)(?:,|\s[–—-])\s+(?i:{GOES_ON})\b"
)
EMPHASISED = re.compile(r"<(i|em|cite)>(.*?)</\1>", re.DOTALL)
NAMES_STUDY = re.compile(rf"\b{NOUN}\b", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
MARKS = " ,.“”\"„‘’'«»"
FEWEST_WORDS = 4
LONGEST_PARAGRAPH = 4000


def title_in(html: str, said: str, linked: str) -> str:
    """Return the title that the sentence about a study sets apart: in quote marks or italics, by a word or a link."""
    if quoted := QUOTED.search(said):
        return (quoted[1] or quoted[2]).strip(" ,.")
    for _tag, words in EMPHASISED.findall(html):
        if len(plain(words).split()) >= 3 and plain(words) in said:
            return plain(words).strip(" ,.")
    for form in (APPOSED, TITLED):
        if found := form.search(said):
            return bare(found, said)
    return linked.strip(" ,.") if is_title(linked) else ""


def title_near(nodes: list[Node]) -> str:
    """Return the title that one of the first paragraphs gives the study by name; empty where none does."""
    for node in nodes:
        if not isinstance(node, Paragraph) or len(node.html) > LONGEST_PARAGRAPH:
            continue
        for line in lines(node.html):
            if found := title_said(line):
                return found
    return ""


def title_said(html: str) -> str:
    """Return the title in a line that names a study directly before it; empty where none does."""
    text = plain(html)
    for form in (APPOSED, TITLED):
        if (found := form.search(text)) and NAMES_STUDY.search(text[: found.start("title")]):
            title = bare(found, text)
            if len(title.split()) >= FEWEST_WORDS:
                return title
    for match in QUOTED.finditer(text):
        title = (match[1] or match[2]).strip(" ,.")
        if len(title.split()) > 2 and re.search(rf"\b{NOUN},?:?\s*$", text[: match.start()], re.IGNORECASE):
            return title
    apart = [plain(words) for _tag, words in EMPHASISED.findall(html)] + [words for words, _address in links(html)]
    named = NAMES_STUDY.search(text) is not None
    return next((words.strip(MARKS) for words in apart if named and is_title(words)), "")


def is_title(words: str) -> bool:
    """Whether words that are set apart, by a link for example, are rather a title than a part of the sentence."""
    return len(words.split()) > FEWEST_WORDS and words.lstrip(MARKS)[:1].isupper() and not ADDRESS.search(words)


def bare(found: re.Match[str], text: str) -> str:
    """Return a title that a form found in a text: up to the mark that closes it, where one opens it."""
    if quoted := QUOTED.match(text, found.start("title")):
        return (quoted[1] or quoted[2]).strip(" ,.")
    return found["title"].strip(MARKS)
