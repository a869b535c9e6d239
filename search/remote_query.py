"""A question as Elasticsearch and OpenSearch are asked it, and the counts in their answer."""

from __future__ import annotations

from typing import Any

from search.facets import FACETS
from search.matching import Question
from search.postings import ALL
from search.query import Stems
from search.ranking import WORTH

FIELDS = [f"{rank.name.lower()}^{worth}" for rank, (worth, _saturation) in WORTH.items()]
# More than any facet has answers: topics, years, audiences.
MOST_ANSWERS = 500


def body_of(question: Question) -> dict[str, Any]:
    """Return the body of a search: one request for the page, the number of results and the counts of every facet."""
    query = question.query
    kind = "should" if question.matches_any else "must"
    by_date = question.sort == "date" or not query.required
    newest = [{"date": {"order": "desc", "missing": "_last"}}, {"number": "desc"}]
    return {
        "query": {
            "bool": {
                kind: [clause(stems) for stems in query.required],
                "must_not": [clause(stems) for stems in query.excluded],
                "filter": [{"term": {"facets": ALL}}],
                **({"minimum_should_match": 1} if question.matches_any else {}),
            }
        },
        # After the counts, each of which is to know of the other choices only.
        "post_filter": chosen(question),
        "aggs": {name: counts(question, name) for name in FACETS},
        "sort": newest if by_date else ["_score", *newest],
        "from": question.start,
        "size": question.size,
        "track_total_hits": True,
        "_source": False,
    }


def clause(stems: Stems) -> dict[str, Any]:
    """Return a word, or a phrase."""
    kind = "phrase" if len(stems) > 1 else "best_fields"
    return {"multi_match": {"query": " ".join(stems), "type": kind, "fields": FIELDS}}


def chosen(question: Question, but: str = "") -> dict[str, Any]:
    """Return the condition that a document has every facet that is chosen, but for one."""
    terms = [{"term": {"facets": term}} for name, term in question.terms.items() if name != but]
    return {"bool": {"filter": terms}}


def counts(question: Question, name: str) -> dict[str, Any]:
    """Return the request for the counts of a facet."""
    terms = {"field": "facets", "size": MOST_ANSWERS, "include": f"{name}:.*"}
    return {"filter": chosen(question, but=name), "aggs": {"answers": {"terms": terms}}}


def counts_of(aggregations: dict[str, Any]) -> dict[str, int]:
    """Return the counts by term."""
    return {
        bucket["key"]: int(bucket["doc_count"])
        for name in FACETS
        for bucket in aggregations[name]["answers"]["buckets"]
    }
