"""Whatever titles, names and topics hold, records are XML, and give it back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from core.feeds.xml import allowed
from research_reviews.citations import csl_json
from research_reviews.citations.record import CitationRecord, Creator, Kind, line
from research_reviews.models import ReviewPage
from research_reviews.partial_date import PartialDate
from syndication.oai.formats import csl, dublin_core
from syndication.oai.works import Work
from syndication.oai.xml import Element, as_xml
from tests.factories import PersonFactory, ReviewPageFactory, TopicPageFactory
from tests.syndication.harvesting import CSL, csl_schema, record, schema, settled
from tests.syndication.harvesting import dublin_core as dublin_core_says

AWKWARD = "\x00\x0b]]>&amp;<b>\u202eسجن\u2028\U0001f98b e\u0301\ud800 \ufffe 'quoted' \"twice\""
DATE_PARTS = ("year", "month", "day")
texts = st.text(min_size=1, max_size=60) | st.just(AWKWARD)


def written(element: Element) -> etree._Element:
    return etree.fromstring(as_xml(element))


@st.composite
def creators(draw: st.DrawFn) -> Creator:
    whole = draw(st.booleans())
    name = draw(texts)
    return Creator(name, "" if whole else draw(texts), "" if whole else draw(texts), whole)


works = st.builds(
    Work,
    review=st.builds(
        CitationRecord,
        kind=st.just(Kind.POST),
        title=texts,
        creators=st.lists(creators(), max_size=3).map(tuple),
        container=texts,
        issued=st.dates(min_value=date(1500, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day)),
        url=st.just("http://localhost/reviews/one/"),
        abstract=texts,
    ),
    studies=st.lists(
        st.builds(
            CitationRecord,
            kind=st.sampled_from(Kind),
            title=texts,
            creators=st.lists(creators(), max_size=2).map(tuple),
            volume=st.text(max_size=5),
            pages=st.text(max_size=9),
            issued=st.builds(PartialDate, st.integers(1500, 2200), st.none() | st.integers(1, 12)) | st.none(),
            doi=st.just("") | st.just("10.5555/<x>&y"),
        ),
        max_size=2,
    ),
    topics=st.lists(texts.map(line), max_size=2),
    licence=st.just("https://creativecommons.org/licenses/by/4.0/"),
)


@given(work=works)
def test_dublin_core_is_valid_and_holds_every_text(work: Work) -> None:
    root = written(dublin_core.write(work, dublin_core.SCHEMA))
    schema("oai_dc.xsd").assertValid(root)
    said: dict[str, list[str]] = {}
    for element in root:
        said.setdefault(etree.QName(element).localname, []).append(element.text or "")
    review = work.review
    expected = {
        "title": [review.title],
        "creator": [dublin_core.name(creator) for creator in review.creators],
        "subject": work.topics,
        "description": [review.abstract],
        "publisher": [review.container],
        "date": [review.issued.iso if review.issued else ""],
        "relation": [dublin_core.relation(study) for study in work.studies],
    }
    for name, values in expected.items():
        assert said.get(name, []) == [allowed(value) for value in values if value], name


@given(work=works)
def test_csl_is_valid_and_holds_what_csl_json_says(work: Work) -> None:
    root = written(csl.write(work, "http://localhost/oai/csl.xsd"))
    csl_schema().assertValid(root)
    for element, work_record in zip(root, (work.review, *work.studies), strict=True):
        known = csl_json.item(work_record)
        assert (element.get("id"), element.get("type")) == (known.pop("id"), known.pop("type"))
        assert {etree.QName(child).localname: value_of(child) for child in element} == {
            name: plain(value) for name, value in known.items()
        }


def value_of(element: etree._Element) -> Any:
    """What an element says, as CSL-JSON would."""
    if element.attrib:
        return {"date-parts": [[int(part) for name in DATE_PARTS if (part := element.get(name))]]}
    if len(element):
        return [{etree.QName(part).localname: part.text or "" for part in name} for name in element]
    return element.text or ""


def plain(value: Any) -> Any:
    """A value of CSL-JSON without what XML cannot hold."""
    if isinstance(value, list):
        return [{part: allowed(text) for part, text in name.items()} for name in value]
    return value if isinstance(value, dict) else allowed(value)


@pytest.mark.django_db
def test_a_review_with_awkward_words_is_harvested_whole() -> None:
    topic = TopicPageFactory(title="Prison ]]> & <Probation>", slug="prison")
    reviewer = PersonFactory(name="Нина", given_name="Нина", family_name="O’<Hara>")
    review = ReviewPageFactory(title=AWKWARD.replace("\0", "").replace("\ud800", ""), reviewer=reviewer, topic=topic)
    # As somebody might write past every form.
    ReviewPage.objects.filter(pk=review.pk).update(standfirst="\x01One\x0b two\r\n\tthree ]]>")
    settled()
    answer = record(review)
    assert dublin_core_says(answer, "title") == [allowed(line(review.title))]
    assert dublin_core_says(answer, "creator") == ["O’<Hara>, Нина"]
    assert dublin_core_says(answer, "subject") == ["Prison ]]> & <Probation>"]
    assert dublin_core_says(answer, "description") == ["One two three ]]>"]
    assert record(review, "csl").find(f".//{{{CSL}}}title").text == allowed(line(review.title))


@given(values=st.dictionaries(st.sampled_from(["a", "b"]), texts), text=texts)
def test_every_text_comes_back_from_elements_and_attributes(values: dict[str, str], text: str) -> None:
    root = written(Element("root", [Element("leaf", text, values)]))
    # Line ends are one in XML.
    assert (root[0].text or "") == allowed(text).replace("\r\n", "\n").replace("\r", "\n")
    assert dict(root[0].attrib) == {name: allowed(found) for name, found in values.items()}
