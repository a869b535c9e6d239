"""A search server by setting: what is sent to it, what is asked of it, and what happens while it is away."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from search import remote
from search.indexing import catch_up
from search.models import Document
from tests.factories import TopicPageFactory
from tests.reading import every
from tests.search.searching import answers, catch_up_wholly, review, search, section, titles

pytestmark = pytest.mark.django_db


class Index:
    """A server that keeps what it is sent and answers every search with what it was told to."""

    def __init__(self, server: HTTPServer) -> None:
        self.documents: dict[str, dict[str, Any]] = {}
        self.mapping: dict[str, Any] = {}
        self.searches: list[dict[str, Any]] = []
        self.seen_credentials: set[str] = set()
        self.hits: list[int] = []
        self.counts: dict[str, int] = {}
        self.status = 200
        server.expect_request("/reviews").respond_with_handler(self.index)
        server.expect_request("/reviews/_bulk").respond_with_handler(self.bulk)
        server.expect_request("/reviews/_search").respond_with_handler(self.search)

    def index(self, request: Request) -> Response:
        """Make the index, delete it, or say whether it is there."""
        if request.method == "PUT":
            self.mapping = request.get_json()["mappings"]
        if request.method == "DELETE":
            self.documents, self.mapping = {}, {}
        return Response(status=self.status if self.mapping or request.method != "HEAD" else 404)

    def bulk(self, request: Request) -> Response:
        """Take what is sent."""
        self.seen_credentials.add(request.headers.get("Authorization", ""))
        lines = iter([json.loads(line) for line in request.get_data(as_text=True).splitlines()])
        done = []
        for line in lines:
            action, target = next(iter(line.items()))
            self.documents.pop(target["_id"], None)
            if action == "index":
                self.documents[target["_id"]] = next(lines)
            done.append({action: {"status": self.status}})
        return Response(json.dumps({"items": done}))

    def search(self, request: Request) -> Response:
        """Answer a search."""
        self.searches.append(request.get_json())
        buckets = [{"key": term, "doc_count": number} for term, number in self.counts.items()]
        names = self.searches[-1]["aggs"]
        answer = {
            "hits": {"total": {"value": len(self.hits)}, "hits": [{"_id": str(number)} for number in self.hits]},
            "aggregations": {
                name: {"answers": {"buckets": [bucket for bucket in buckets if str(bucket["key"]).startswith(name)]}}
                for name in names
            },
        }
        return Response(json.dumps(answer), status=self.status)


@pytest.fixture
def index(httpserver: HTTPServer, settings: Any) -> Index:
    """A server, which the site is set to."""
    settings.SEARCH_URL = f"http://ada:secret@{httpserver.host}:{httpserver.port}/reviews"
    return Index(httpserver)


def test_everything_is_sent_to_the_server_stemmed_and_by_place(index: Index) -> None:
    review("Bridges", section("Prisoners crossing."), standfirst="Of people.", published_on="2024-05-01")
    catch_up_wholly()

    document = Document.objects.get(kind="review")
    sent = index.documents[document.pk]  # type: ignore[index]
    assert sent["title"] == ["bridg"]
    assert sent["lead"] == ["of peopl"]
    assert sent["body"] == ["background prison cross"]
    assert {"all:", "kind:review", "year:2024"} <= set(sent["facets"])
    assert sent["date"] == "2024-05-01"
    assert index.mapping["properties"]["title"] == {"type": "text", "analyzer": "whitespace"}
    assert index.seen_credentials == {f"Basic {b64encode(b'ada:secret').decode()}"}
    assert not Document.objects.filter(is_sent=False).exists()


def test_the_server_says_what_is_found_and_the_page_shows_it_as_ever(index: Index) -> None:
    topic = TopicPageFactory(title="Rivers")
    made = [review(f"Bridge {number}", section("Prisoners."), topic=topic) for number in range(3)]
    catch_up_wholly()
    numbers = {document.object_id: document.pk for document in Document.objects.filter(kind="review")}
    index.hits = [numbers[made[1].pk], numbers[made[0].pk]]
    index.counts = {f"topic:{topic.pk}": 2}

    page = search('prison "long bridge" -tunnel', topic="rivers")
    assert every(page, ".card-title") == ["Bridge 1", "Bridge 0"]
    assert every(page, "main .count") == ["2 results"]
    assert every(page, ".card-summary mark") == ["Prisoners", "Prisoners"]
    assert answers(page, "topic") == ["All topics", "Rivers (2)"]
    asked = index.searches[-1]["query"]["bool"]
    assert [clause["multi_match"]["query"] for clause in asked["must"]] == ["prison", "long bridg"]
    assert [clause["multi_match"]["type"] for clause in asked["must"]] == ["best_fields", "phrase"]
    assert [clause["multi_match"]["query"] for clause in asked["must_not"]] == ["tunnel"]
    assert index.searches[-1]["post_filter"]["bool"]["filter"] == [{"term": {"facets": f"topic:{topic.pk}"}}]


def test_what_the_server_still_has_but_readers_may_not_see_is_not_shown(index: Index) -> None:
    made = review("Bridge")
    catch_up_wholly()
    index.hits = [Document.objects.get(kind="review").pk, 4_000]
    made.unpublish()

    assert titles("bridge") == []
    catch_up_wholly()
    assert titles("bridge") == []
    assert not [document for document in index.documents.values() if document["title"] == ["bridg"]]


def test_while_the_server_is_away_the_own_index_answers_and_it_is_not_asked_again_at_once(index: Index) -> None:
    review("Bridge")
    catch_up_wholly()
    index.status = 503

    assert titles("bridge") == ["Bridge"]
    assert titles("bridge") == ["Bridge"]
    assert len(index.searches) == 1


def test_what_the_server_did_not_take_is_sent_when_it_is_back(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index.status = 429
    review("Bridge")
    catch_up(60)
    assert Document.objects.filter(is_sent=False).exists()
    assert titles("bridge") == ["Bridge"]
    assert index.searches == []
    index.status = 200
    monkeypatch.setattr(remote, "_resting_until", 0.0)
    catch_up_wholly()

    assert not Document.objects.filter(is_sent=False).exists()


def test_an_answer_that_is_none_is_not_taken_for_one(index: Index, httpserver: HTTPServer) -> None:
    review("Bridge")
    catch_up_wholly()
    httpserver.clear_all_handlers()
    httpserver.expect_request("/reviews/_search").respond_with_data("<html>Sign in</html>")

    assert titles("bridge") == ["Bridge"]


def test_a_rebuild_has_the_server_begin_anew(index: Index) -> None:
    from django.core.management import call_command

    review("Bridge")
    catch_up_wholly()
    index.documents["999"] = {"title": ["ghost"]}
    call_command("rebuild_search", verbosity=0)
    assert not index.documents
    catch_up_wholly()

    assert "999" not in index.documents
    assert index.documents
