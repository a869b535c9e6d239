"""Fills a site with evidence and measures the lists of it: `python -m bench.evidence_site result.json 100000`.

Each review has ten items, with topics and audiences by thirties. Each page is asked for right after a change of
content, when nothing is remembered, and later. Run by `bench.evidence` on a site of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import django

from bench import volume

TOPICS = AUDIENCES = 30
# Of each review: ten items.
RECOMMENDATIONS, FINDINGS, QUOTES = 5, 3, 2
STEP = 1_000
TIMES = 40
TEXT = "Train everybody before their first day, tell them why it matters, and ask them a year later what has changed."
MAKERS = ("study_authors", "reviewer", "other")
VOICES = ("named", "described", "document")


def fill(reviews: int) -> None:
    """Make so many reviews with ten items each. What is there already stays."""
    from research_reviews import tallies
    from research_reviews.models import EvidenceSource, ReviewPage

    volume.fill(reviews)
    topics, audiences = make_topics(), make_audiences()
    bare = ReviewPage.objects.filter(slug__startswith="volume-", evidence_source__isnull=True).order_by("pk")
    pks = bare.values_list("pk", flat=True).iterator()
    while some := list(islice(pks, STEP)):
        spread_topics(some, topics)
        write_items(some, audiences)
        tallies.count(some)
    tallies.recount_map()
    clean_up()
    print(f"  {EvidenceSource.objects.count():,} reviews with evidence", file=sys.stderr, flush=True)


def clean_up() -> None:
    """Let PostgreSQL count its rows and note which pages of tables are settled, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def make_topics() -> list[int]:
    """Return the keys of the topics, as many as wanted."""
    from research_reviews.models import TopicIndexPage, TopicPage

    index = TopicIndexPage.objects.get()
    for number in range(TopicPage.objects.count(), TOPICS):
        index.add_child(instance=TopicPage(title=f"Topic of the bench {number}"))
    return list(TopicPage.objects.order_by("pk").values_list("pk", flat=True))


def make_audiences() -> list[int]:
    """Return the keys of the audiences, as many as wanted."""
    from research_reviews.models import Audience

    for number in range(Audience.objects.count(), AUDIENCES):
        Audience.objects.create(name=f"Audience of the bench {number}")
    return list(Audience.objects.order_by("pk").values_list("pk", flat=True))


def spread_topics(reviews: list[int], topics: list[int]) -> None:
    """Give each review a first topic: the first topics have the most reviews, the last hardly any."""
    from research_reviews.models import ReviewPage

    groups: dict[int, list[int]] = {}
    for pk in reviews:
        groups.setdefault(skewed(pk, topics), []).append(pk)
    for topic, some in groups.items():
        ReviewPage.objects.filter(pk__in=some).update(topic=topic)


def skewed(number: int, choices: list[int]) -> int:
    """Return a choice: each in the list comes up more often than the next, the same in every run."""
    share = (number * 2_654_435_761 % 2**32) / 2**32
    return choices[int(len(choices) * share**2)]


def write_items(reviews: list[int], audiences: list[int]) -> None:
    """Write the items of each review, and to whom its recommendations speak."""
    from research_reviews.models import Finding, Quote, Recommendation

    Finding.objects.bulk_create(
        Finding(review_id=pk, block_id=f"f-{place}", sort_order=place, label=f"Finding {place}", heading="", text=TEXT)
        for pk in reviews
        for place in range(FINDINGS)
    )
    Quote.objects.bulk_create(
        Quote(review_id=pk, block_id=f"q-{place}", sort_order=10 + place, words=TEXT, made_by=VOICES[(pk + place) % 3])
        for pk in reviews
        for place in range(QUOTES)
    )
    asked = Recommendation.objects.bulk_create(
        Recommendation(
            review_id=pk, block_id=f"r-{place}", sort_order=20 + place, text=TEXT, made_by=MAKERS[(pk + place) % 3]
        )
        for pk in reviews
        for place in range(RECOMMENDATIONS)
    )
    spoken_to = Recommendation.audiences.through
    spoken_to.objects.bulk_create(spoken_to(**names) for row in asked for names in named(row, audiences))


def named(row: Any, audiences: list[int]) -> Iterator[dict[str, int]]:
    """Yield the one or two audiences of a recommendation."""
    place = row.review_id * 7 + row.sort_order
    for audience in dict.fromkeys(skewed(place * turn, audiences) for turn in (1, 3)):
        yield {"recommendation_id": row.pk, "audience_id": audience}


def addresses() -> dict[str, str]:
    """Return what is asked for."""
    from research_reviews.evidence_filters import EvidenceFilters
    from research_reviews.evidence_kinds import FINDINGS as FINDING_KIND
    from research_reviews.evidence_kinds import RECOMMENDATIONS as KIND
    from research_reviews.evidence_lists import ITEMS_A_PAGE, EvidenceList
    from research_reviews.models import Audience, TopicPage

    topics = list(TopicPage.objects.listed().order_by("pk").values_list("slug", flat=True))
    audiences = list(Audience.objects.order_by("pk").values_list("slug", flat=True))

    def last(filters: EvidenceFilters) -> int:
        return -(-EvidenceList(KIND, filters).count() // ITEMS_A_PAGE)

    whole, big = EvidenceFilters(), EvidenceFilters(audience=audiences[0])
    common, rare = (f"topic={topics[place]}&audience={audiences[place]}" for place in (0, -1))
    return {
        "Recommendations, page 1": KIND.address(),
        "page 2": f"{KIND.address()}?page=2",
        "middle page": f"{KIND.address()}?page={last(whole) // 2}",
        "last page": f"{KIND.address()}?page={last(whole)}",
        "of the largest topic and audience": f"{KIND.address()}?{common}",
        "of the smallest topic and audience": f"{KIND.address()}?{rare}",
        "of a year, a kind of study and a maker": f"{KIND.address()}?year=2023&study_type=qualitative&made_by=reviewer",
        "all five filters": f"{KIND.address()}?{common}&year=2023&study_type=qualitative&made_by=reviewer",
        "Findings in reviews that speak to the largest audience": f"{FINDING_KIND.address()}?audience={audiences[0]}",
        "Audience, page 1": f"/audiences/{audiences[0]}/",
        "Audience, middle page": f"/audiences/{audiences[0]}/?page={last(big) // 2}",
        "Map by audience": "/evidence-map/",
        "Map by kind of study": "/evidence-map/?by=study_type",
        "Feed": KIND.address("feed"),
    }


def milliseconds(client: Any, address: str, after_change: bool) -> float:
    """Return what an answer takes."""
    from core.page_cache import begin_generation

    if after_change:
        begin_generation()
    # Whoever says who they are is never answered from the page cache.
    headers = {"X-Forwarded-Proto": "https", "Accept-Encoding": "br", "Authorization": "none"}
    started = time.perf_counter()
    response = client.get(address, headers=headers)
    taken = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
    return taken


def measure(client: Any, address: str) -> dict[str, float]:
    """Return the 95th percentile in milliseconds, right after a change and later, and the page's weight."""
    milliseconds(client, address, after_change=True)
    times = {
        name: [milliseconds(client, address, after) for _time in range(TIMES)]
        for name, after in (("after_change", True), ("later", False))
    }
    weight = len(client.get(address, headers={"X-Forwarded-Proto": "https", "Accept-Encoding": "br"}).content)
    return {**{name: statistics.quantiles(taken, n=20)[18] for name, taken in times.items()}, "bytes": weight}


def export(client: Any, address: str) -> dict[str, float]:
    """Return what reading a whole file takes: its size, seconds, and by how many megabytes the process grows."""
    before, started, size, most = megabytes(), time.perf_counter(), 0, 0.0
    for number, chunk in enumerate(client.get(address, headers={"X-Forwarded-Proto": "https"}).streaming_content):
        size += len(chunk)
        if number % 20 == 0:
            most = max(most, megabytes())
    return {"megabytes": size / 1e6, "seconds": time.perf_counter() - started, "grown": max(0.0, most - before)}


def megabytes() -> float:
    """Return how much memory this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Fill, measure and write the results as JSON."""
    django.setup()
    from django.test import Client

    from research_reviews.models import Finding, Quote, Recommendation

    fill(int(sys.argv[2]))
    client = Client(SERVER_NAME="127.0.0.1")
    pages = {name: measure(client, address) for name, address in addresses().items()}
    result = {
        "items": sum(model._default_manager.count() for model in (Finding, Quote, Recommendation)),
        "pages": pages,
        "export": export(client, "/recommendations/export.csv"),
    }
    Path(sys.argv[1]).write_text(json.dumps(result))


if __name__ == "__main__":
    main()
