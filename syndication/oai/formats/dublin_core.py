"""Unqualified Dublin Core, as the protocol has it."""

from __future__ import annotations

from collections.abc import Iterator

from research_reviews.citations.record import CitationRecord, Creator
from research_reviews.identifiers import doi_url
from research_reviews.models import TopicPage
from syndication.oai.works import Work
from syndication.oai.xml import Element, qualified

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
NAMESPACES = {"oai_dc": NAMESPACE, "dc": "http://purl.org/dc/elements/1.1/"}


def write(work: Work, schema: str) -> Element:
    """Return the review in Dublin Core."""
    return container(statements(work), schema)


def describe_set(topic: TopicPage) -> list[Element]:
    """Return what a set is about, for the list of sets."""
    known = [("title", topic.title), ("description", topic.introduction), ("identifier", topic.full_url or "")]
    return [Element("setDescription", [container(iter(known), SCHEMA)])]


def container(known: Iterator[tuple[str, str]], schema: str) -> Element:
    """Return an element that holds what is known; what is not known is left out."""
    return qualified("oai_dc:dc", NAMESPACES, schema, [Element(f"dc:{name}", text) for name, text in known if text])


def statements(work: Work) -> Iterator[tuple[str, str]]:
    """Yield what Dublin Core says of a review, in its own order."""
    review = work.review
    yield "title", review.title
    yield from (("creator", name(creator)) for creator in review.creators)
    yield from (("subject", topic) for topic in work.topics)
    yield "description", review.abstract
    yield "publisher", review.container
    yield "date", review.issued.iso if review.issued else ""
    yield "type", "Text"
    yield "format", "text/html"
    yield "identifier", review.url
    yield "language", review.language
    yield from (("relation", relation(study)) for study in work.studies)
    yield "rights", work.licence


def name(creator: Creator) -> str:
    """Return a name as catalogues sort it: the family name first. An organisation's stays whole."""
    return creator.name if creator.is_whole else ", ".join(filter(None, (creator.family, creator.given)))


def relation(study: CitationRecord) -> str:
    """Return where the reviewed study is; its title where it is nowhere."""
    return (doi_url(study.doi) if study.doi else study.url) or study.title
