"""The search server that the setting SEARCH_URL names: Elasticsearch (7 and later) or OpenSearch.

It is asked over the interface that all of them share, so that none of their clients is needed, each of which speaks to
one make and version only. It gets the same stems as the site's own index, and so finds the same. The own index is kept
beside it: it corrects what was typed wrongly, and answers while the server is away or has not got everything yet.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings

from search import postings
from search.matching import Found, Question
from search.models import Document
from search.passages import Rank
from search.postings import ALL, KIND
from search.remote_query import body_of, counts_of

logger = logging.getLogger(__name__)

ERRORS = (requests.RequestException, ValueError, KeyError, TypeError)
SECONDS = 2
SEND_SECONDS = 30
REST_SECONDS = 30
STEP = 200
# What such servers give at most of one list of results, unless told otherwise.
DEEPEST = 10_000
DEFAULT_INDEX = "research-reviews"
MAPPING = {
    "dynamic": "strict",
    "properties": {
        # Stems already, so the server only parts them; a passage ends no phrase that began in another.
        **{rank.name.lower(): {"type": "text", "analyzer": "whitespace"} for rank in Rank},
        "facets": {"type": "keyword"},
        "date": {"type": "date"},
        "number": {"type": "integer"},
    },
}

# Until when the server is left alone after it did not answer.
_resting_until = 0.0


def is_configured() -> bool:
    """Whether there is a server."""
    return bool(settings.SEARCH_URL)


def is_resting() -> bool:
    """Whether the server did not answer of late."""
    return time.monotonic() < _resting_until


def rest() -> None:
    """Leave the server alone for a while, so that readers do not wait for it one by one."""
    global _resting_until  # noqa: PLW0603
    _resting_until = time.monotonic() + REST_SECONDS


def can_answer(question: Question) -> bool:
    """Whether the server is to be asked: it answers, has everything, and goes that deep."""
    return (
        is_configured()
        and not is_resting()
        and question.start + question.size <= DEEPEST
        and not Document.objects.filter(is_sent=False).exists()
    )


def find(question: Question) -> Found:
    """Answer from the server. Raises one of ERRORS where it does not answer, or not what was asked."""
    said = ask("POST", "/_search", body_of(question)).json()
    hits = said["hits"]
    unknown = set(question.query.stems) - {stem for stem, _rank in postings.load(question.query.stems)}
    return Found(
        total=int(hits["total"]["value"]),
        numbers=[int(hit["_id"]) for hit in hits["hits"]],
        counts=counts_of(said["aggregations"]),
        unknown=frozenset(unknown),
    )


def send_waiting() -> bool:
    """Send documents that the server does not have as they are. Returns whether there were any, and it took them."""
    if not is_configured() or is_resting():
        return False
    waiting = Document.objects.filter(is_sent=False).exclude(words="").order_by("pk")
    if not (documents := list(waiting[:STEP])):
        return False
    try:
        make_index()
        send(line for document in documents for line in ({"index": {"_id": document.pk}}, source_of(document)))
    except ERRORS:
        logger.exception("The search server took nothing. Next try in %s seconds.", REST_SECONDS)
        rest()
        return False
    for document in documents:
        # Only as it was sent: it may have changed meanwhile.
        Document.objects.filter(pk=document.pk, words=document.words).update(is_sent=True)
    return True


def forget(numbers: Iterable[int]) -> None:
    """Have the server delete documents. Where it does not, readers still never see them: results are looked up here."""
    actions = [{"delete": {"_id": number}} for number in numbers]
    if not actions or not is_configured() or is_resting():
        return
    try:
        send(actions)
    except ERRORS:
        logger.exception("The search server deleted nothing.")
        rest()


def start_anew() -> None:
    """Delete the server's index and have everything sent again. Raises one of ERRORS where it does not answer."""
    Document.objects.update(is_sent=False)
    if is_configured():
        ask("DELETE", "?ignore_unavailable=true")


def make_index() -> None:
    """Make the index where there is none."""
    if ask("HEAD", "", allows=(404,)).status_code == 404:
        ask("PUT", "", {"mappings": MAPPING}, allows=(400,))  # another worker made it first


def send(lines: Iterable[dict[str, Any]]) -> None:
    """Send lines of a bulk request. Raises ValueError where one of them was refused."""
    body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    said = ask("POST", "/_bulk?refresh=true", body, SEND_SECONDS).json()
    refused = [item for item in said["items"] for done in item.values() if done["status"] not in (200, 201, 404)]
    if refused:
        raise ValueError(f"The search server refused {len(refused)} documents, the first: {refused[0]}"[:500])


def source_of(document: Document) -> dict[str, Any]:
    """Return what the server gets of a document."""
    lines = dict(zip(Rank, document.words.split("\n"), strict=False))
    return {
        **{rank.name.lower(): [part.strip() for part in line.split("\t")] for rank, line in lines.items()},
        "facets": [ALL, f"{KIND}{document.kind}", *document.facets],
        "date": document.date.isoformat() if document.date else None,
        "number": document.pk,
    }


def ask(
    method: str, path: str, body: Any = None, seconds: int = SECONDS, allows: Iterable[int] = ()
) -> requests.Response:
    """Return the server's answer. Raises requests.RequestException where it is no good one."""
    parts = urlsplit(settings.SEARCH_URL)
    host = parts.netloc.rpartition("@")[2]
    index = parts.path.strip("/") or DEFAULT_INDEX
    data = body if isinstance(body, str) or body is None else json.dumps(body)
    response = requests.request(
        method,
        urlunsplit((parts.scheme, host, f"/{index}", "", "")) + path,
        data=data.encode() if data else None,
        headers={"Content-Type": "application/x-ndjson" if isinstance(body, str) else "application/json"},
        auth=(parts.username, parts.password or "") if parts.username else None,
        timeout=seconds,
        allow_redirects=False,
    )
    if response.status_code not in allows:
        response.raise_for_status()
    return response
