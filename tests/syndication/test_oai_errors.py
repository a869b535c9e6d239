"""Every way to ask /oai wrongly: an answer with status 200, in the protocol's words, and never an error of ours."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from syndication.oai.arguments import VERBS
from tests.factories import ReviewPageFactory, TopicPageFactory
from tests.syndication.harvesting import OAI, Tree, ask, checked, errors, identifier, settled, text, token

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def get(query: str) -> Tree:
    response = Client().get(f"/oai?{query}")
    assert response.status_code == 200, query
    return checked(response.content)


def repeated(root: Tree) -> dict[str, str]:
    return dict(root.find(f"{OAI}request").attrib)


@pytest.fixture
def _a_review() -> None:
    ReviewPageFactory(topic=TopicPageFactory())
    settled()


@pytest.mark.parametrize(
    "query", ["", "verb=", "verb=identify", "verb=Identify&verb=Identify", "verb=Identify&verb=ListSets", "verb=%00"]
)
def test_there_is_one_verb_and_it_is_one_of_six(query: str) -> None:
    answer = get(query)
    assert errors(answer) == ["badVerb"]
    assert repeated(answer) == {}


LIST = "verb=ListRecords&metadataPrefix=oai_dc"


BAD_ARGUMENTS = [
    "verb=Identify&metadataPrefix=oai_dc",
    "verb=Identify&resumptionToken=x",
    "verb=ListMetadataFormats&resumptionToken=x",
    "verb=ListSets&set=topic-1",
    "verb=GetRecord",
    "verb=GetRecord&metadataPrefix=oai_dc",
    "verb=GetRecord&identifier=oai:localhost.invalid:review-1",
    "verb=ListRecords",
    "verb=ListIdentifiers&from=2026-01-01",
    "verb=ListRecords&metadataPrefix=",
    "verb=ListRecords&metadataPrefix=oai%20dc",
    f"{LIST}&metadataPrefix=oai_dc",
    f"{LIST}&unknown=1",
    f"{LIST}&amp;from=2026-01-01",
    f"{LIST}&set=",
    f"{LIST}&set=a:",
    f"{LIST}&set=%D1%81",
    f"{LIST}&set=a&set=b",
    f"{LIST}&from=",
    f"{LIST}&from=yesterday",
    f"{LIST}&from=2026-13-01",
    f"{LIST}&from=2026-02-30",
    f"{LIST}&from=0000-01-01",
    f"{LIST}&from=2026-01",
    f"{LIST}&from=2026-01-01T00:00Z",
    f"{LIST}&from=2026-01-01T00:00:00",
    f"{LIST}&from=2026-01-01T00:00:00.5Z",
    f"{LIST}&from=2026-01-01T00:00:00%2B01:00",
    f"{LIST}&from=2026-01-01T24:00:01Z",
    f"{LIST}&from=%D9%A2026-01-01",
    f"{LIST}&until=2026-1-1",
    f"{LIST}&from=2026-01-01&until=2026-01-02T00:00:00Z",
    f"{LIST}&from=2026-01-01T00:00:00Z&until=2026-01-02",
    f"{LIST}&from=2026-01-02&until=2026-01-01",
    f"{LIST}&resumptionToken=x",
    "verb=ListRecords&resumptionToken=x&from=2026-01-01",
    "verb=ListRecords&resumptionToken=x&resumptionToken=y",
]


@pytest.mark.usefixtures("_a_review")
def test_arguments_are_known_complete_alone_and_of_legal_form() -> None:
    for query in BAD_ARGUMENTS:
        answer = get(query)
        assert set(errors(answer)) == {"badArgument"}, query
        assert repeated(answer) == {}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    answer = get("verb=ListRecords&from=yesterday&until=tomorrow&colour=red")
    assert errors(answer) == ["badArgument"] * 4


@pytest.mark.usefixtures("_a_review")
def test_a_token_that_is_not_ours_is_refused() -> None:
    for wrong in ("", "x", "a:b", "\0", "é", "W10:abc", "A" * 10_000):
        for verb in ("ListRecords", "ListIdentifiers", "ListSets"):
            assert errors(get(urlencode({"verb": verb, "resumptionToken": wrong}))) == ["badResumptionToken"]


def test_a_token_goes_on_with_the_verb_that_it_was_given_for_and_cannot_be_forged(settings: object) -> None:
    settings.OAI_PAGE_SIZE = 1  # type: ignore[attr-defined]
    ReviewPageFactory()
    ReviewPageFactory()
    settled()
    given_token = token(ask("ListRecords", metadataPrefix="oai_dc")) or ""
    assert errors(ask("ListIdentifiers", resumptionToken=given_token)) == ["badResumptionToken"]
    assert errors(ask("ListRecords", resumptionToken=f"{given_token[:-1]}-")) == ["badResumptionToken"]
    assert errors(ask("ListRecords", resumptionToken=given_token)) == []


@pytest.mark.usefixtures("_a_review")
def test_a_format_that_there_is_not_is_refused() -> None:
    one = {"identifier": text(ask("ListIdentifiers", metadataPrefix="oai_dc"), "identifier")}
    for verb, more in {"GetRecord": one, "ListRecords": {}, "ListIdentifiers": {}}.items():
        query = {"verb": verb, "metadataPrefix": "marc21", **more}
        answer = get(urlencode(query))
        assert errors(answer) == ["cannotDisseminateFormat"]
        assert repeated(answer) == query


@pytest.mark.parametrize(
    "unknown",
    [
        "oai:localhost.invalid:review-999999999",
        "oai:localhost.invalid:review-99999999999999999999",
        "oai:localhost.invalid:review-0",
        "oai:localhost.invalid:review-01",
        "oai:localhost.invalid:review-%D9%A1",
        "oai:localhost.invalid:topic-1",
        "oai:elsewhere.example:review-1",
        "http://localhost/reviews/",
        "review-1",
    ],
)
def test_an_identifier_that_there_is_not_is_refused(unknown: str) -> None:
    for query in ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, {"verb": "ListMetadataFormats"}):
        answer = get(urlencode({**query, "identifier": unknown}))
        assert errors(answer)[0] == "idDoesNotExist"


@pytest.mark.parametrize("illegal", ["", 'invalid"id', "oai:a b", "oai:%zz", "oai:\x00\x01", "]]>", "oai:\ud7ff\ufffe"])
def test_an_identifier_that_is_no_address_is_not_repeated(illegal: str) -> None:
    answer = get(urlencode({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": illegal}))
    assert errors(answer) == ["idDoesNotExist", "badArgument"]
    assert repeated(answer) == {}


def test_the_review_of_a_draft_is_no_record() -> None:
    draft = ReviewPageFactory(published=False)
    draft.title = "Another"
    draft.save_revision()
    settled()
    query = {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": identifier(draft)}
    assert errors(get(urlencode(query))) == ["idDoesNotExist"]


@pytest.mark.usefixtures("_a_review")
def test_a_list_of_nothing_is_said_to_be_that() -> None:
    for query in ("from=2999-01-01", "until=1999-12-31", "until=0001-01-01", "set=topic-999", "set=no-topic"):
        answer = get(f"{LIST}&{query}")
        assert errors(answer) == ["noRecordsMatch"]
        assert repeated(answer)["verb"] == "ListRecords"


def test_a_site_without_reviews_has_an_empty_list() -> None:
    assert errors(get(LIST)) == ["noRecordsMatch"]


def test_a_site_without_topics_has_no_sets() -> None:
    assert errors(get("verb=ListSets")) == ["noSetHierarchy"]
    assert errors(get(f"{LIST}&set=topic-1")) == ["noSetHierarchy"]


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(method: str) -> None:
    assert getattr(Client(), method)("/oai?verb=Identify").status_code == 405


def test_head_is_answered_like_get() -> None:
    response = Client().head("/oai?verb=Identify")
    assert (response.status_code, response.content) == (200, b"")


def test_what_is_posted_in_another_form_is_no_argument() -> None:
    for content_type in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        answer = Client().post("/oai", "verb=Identify", content_type=content_type)
        assert errors(checked(answer.content)) == ["badVerb"]


def test_an_argument_in_the_address_and_in_the_form_is_there_twice() -> None:
    answer = Client().post("/oai?verb=Identify", "verb=Identify", content_type=FORM)
    assert errors(checked(answer.content)) == ["badVerb"]


names = st.sampled_from(["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"]) | st.text()
values = st.sampled_from([*VERBS, "oai_dc", "csl", "2026-01-01", "9999-12-31", "0001-01-01T00:00:00Z"]) | st.text()


@pytest.mark.usefixtures("_a_review")
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(names, values), max_size=5), verb=st.sampled_from([*VERBS, ""]), is_post=st.booleans())
def test_whatever_is_asked_the_answer_is_valid(pairs: list[tuple[str, str]], verb: str, is_post: bool) -> None:
    query = urlencode([("verb", verb), *pairs] if verb else pairs, errors="surrogatepass")
    response = Client().post("/oai", query, content_type=FORM) if is_post else Client().get(f"/oai?{query}")
    assert response.status_code == 200
    checked(response.content)
