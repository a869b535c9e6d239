"""Harvesters of others, over the network, while reviews are published, changed, taken down and deleted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any, NamedTuple

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connections, transaction
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import NoRecordsMatch as ScytheNoRecordsMatch
from pytest_django.live_server_helper import LiveServer
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from research_reviews.models import Person, ReviewPage, TopicPage
from tests.factories import ReviewPageFactory, StudyFactory
from tests.syndication.harvesting import OAI, number, settled

CHANGES_A_HARVEST = 8
RESTLESS = 8


class Said(NamedTuple):
    """What a harvester was told of a review."""

    is_deleted: bool
    title: str


class Judge:
    """A harvester's program, and what its owner has gathered with it: incrementally, as its documentation says."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.gathered: dict[int, Said] = {}
        self.since: dict[str, str] = {}

    def harvest(self) -> Counter[int]:
        """Ask for what is new since the last time. Returns how often each review came."""
        began = self.moment()
        came: Counter[int] = Counter()
        for pk, said in self.records():
            self.gathered[pk] = said
            came[pk] += 1
        self.since = {"from": began}
        return came

    def moment(self) -> str:
        """Return the moment at which the site says that the harvest begins."""
        raise NotImplementedError

    def records(self) -> Iterator[tuple[int, Said]]:
        """Yield what is new."""
        raise NotImplementedError


class SickleJudge(Judge):
    """Sickle, asking for Dublin Core by GET."""

    prefix, method = "oai_dc", "GET"

    def moment(self) -> str:
        """Return the responseDate of Identify."""
        sickle = Sickle(self.address, http_method=self.method, timeout=30)
        return str(sickle.harvest(verb="Identify").xml.find(f"{OAI}responseDate").text)

    def records(self) -> Iterator[tuple[int, Said]]:
        """Yield every record; no error when there is none."""
        sickle = Sickle(self.address, http_method=self.method, timeout=30)
        try:
            found = sickle.ListRecords(metadataPrefix=self.prefix, **self.since)
        except NoRecordsMatch:
            return
        for record in found:
            title = "" if record.deleted else record.metadata["title"][0]
            yield number(record.header.identifier), Said(record.deleted, title)


class PostingSickleJudge(SickleJudge):
    """Sickle, asking for CSL by POST."""

    prefix, method = "csl", "POST"

    def records(self) -> Iterator[tuple[int, Said]]:
        """Yield every record."""
        sickle = Sickle(self.address, http_method=self.method, timeout=30)
        try:
            found = sickle.ListRecords(metadataPrefix=self.prefix, **self.since)
        except NoRecordsMatch:
            return
        for record in found:
            titles = record.xml.iter("{urn:x-research-reviews:csl:1.0}title")
            yield number(record.header.identifier), Said(record.deleted, next((title.text for title in titles), ""))


class ScytheJudge(Judge):
    """oaipmh-scythe, asking for Dublin Core."""

    def moment(self) -> str:
        """Return the responseDate of Identify."""
        with Scythe(self.address) as scythe:
            return str(scythe.harvest({"verb": "Identify"}).xml.find(f"{OAI}responseDate").text)

    def records(self) -> Iterator[tuple[int, Said]]:
        """Yield every record; no error when there is none."""
        with Scythe(self.address) as scythe:
            try:
                for record in scythe.list_records(metadata_prefix="oai_dc", from_=self.since.get("from")):
                    title = "" if record.deleted else record.metadata["title"][0]
                    yield number(record.header.identifier), Said(record.deleted, title)
            except ScytheNoRecordsMatch:
                return


class Editors(Thread):
    """Editors who change a few reviews without rest, from a thread with a connection of its own."""

    def __init__(self, reviews: list[ReviewPage]) -> None:
        super().__init__()
        self.keys = [review.pk for review in reviews]
        self.topics = list(TopicPage.objects.listed().values_list("pk", flat=True))
        self.chance = random.Random(5)  # noqa: S311
        self.done = 0
        self.changed = Event()
        self.stopping = Event()
        self.failure: Exception | None = None

    def run(self) -> None:
        """Change one thing after another until told to stop."""
        try:
            while not self.stopping.is_set():
                self.change()
                self.done += 1
                self.changed.set()
        except Exception as error:
            self.failure = error
        finally:
            connections.close_all()

    def change(self) -> None:
        """Do one thing, half of the time in a transaction that is committed late."""
        pk = self.chance.choice(self.keys)
        page = ReviewPage.objects.filter(pk=pk).first()
        act = self.chance.choice([self.edit, self.edit, self.move, self.take_down, self.publish, self.delete])
        if page is None:
            return
        if self.chance.random() < 0.5:
            act(page)
            return
        with transaction.atomic():
            act(page)
            self.stopping.wait(0.05)

    def edit(self, page: ReviewPage) -> None:
        """Publish another title."""
        page.title = f"Edited {self.done}"
        page.save_revision().publish()

    def move(self, page: ReviewPage) -> None:
        """Publish under another topic."""
        page.topic_id = self.chance.choice(self.topics)
        page.save_revision().publish()

    def take_down(self, page: ReviewPage) -> None:
        """Take the page down."""
        page.unpublish()

    def publish(self, page: ReviewPage) -> None:
        """Publish as it is."""
        page.save_revision().publish()

    def delete(self, page: ReviewPage) -> None:
        """Delete for good, but leave some to go on with."""
        if ReviewPage.objects.filter(pk__in=self.keys).count() > RESTLESS // 2:
            page.delete()

    def wait_for(self, number_of_changes: int) -> None:
        """Return once so many more changes were made."""
        until = self.done + number_of_changes
        while self.done < until and self.is_alive():
            self.changed.wait(10)
            self.changed.clear()

    def stop(self) -> None:
        """Stop, and fail with what failed."""
        self.stopping.set()
        self.join(60)
        if self.failure:
            raise self.failure


@pytest.fixture
def demo_site(settings: LazySettings, live_server: LiveServer) -> str:
    """A demo site that is served, in parts of three. Returns the address that harvesters ask."""
    settings.OAI_PAGE_SIZE = 3
    call_command("load_demo", verbosity=0)
    return f"{live_server.url}/oai"


def restless_reviews() -> list[ReviewPage]:
    topic, study, reviewer = TopicPage.objects.listed().first(), StudyFactory(authors=[]), Person.objects.first()
    return [
        ReviewPageFactory(topic=topic, studies=[study], reviewer=reviewer, header_image=None, title=f"Restless {place}")
        for place in range(RESTLESS)
    ]


def truth() -> dict[int, str]:
    """The titles of all reviews that the public may see."""
    return dict(ReviewPage.objects.listed().values_list("pk", "title"))


def test_harvesters_have_every_review_as_it_is_in_the_end_whatever_happened_meanwhile(demo_site: str) -> None:
    read_everything(demo_site)
    calm = set(truth())
    restless = restless_reviews()
    judges = [SickleJudge(demo_site), PostingSickleJudge(demo_site), ScytheJudge(demo_site)]
    editors = Editors(restless)
    editors.start()
    try:
        for judge in judges:
            editors.wait_for(1)
            came = judge.harvest()
            # Nothing that was there all along is missing from a whole harvest, or comes twice.
            assert {pk: came[pk] for pk in calm} == dict.fromkeys(calm, 1)
        for judge in judges:
            editors.wait_for(CHANGES_A_HARVEST)
            judge.harvest()
    finally:
        editors.stop()
    settled()
    for judge in judges:
        judge.harvest()
        present = {pk: said.title for pk, said in judge.gathered.items() if not said.is_deleted}
        assert present == truth()
    # Whoever saw a review that is gone was told so.
    gone = {review.pk for review in restless} - truth().keys()
    assert gone
    assert any(gone & judge.gathered.keys() for judge in judges)


def read_everything(address: str) -> None:
    """Ask by every verb, with both programs."""
    sickle, topics = Sickle(address), set(TopicPage.objects.listed().values_list("title", flat=True))
    assert sickle.Identify().deletedRecord == "persistent"
    assert {found.setName for found in sickle.ListSets()} == topics
    assert [found.metadataPrefix for found in sickle.ListMetadataFormats()] == ["oai_dc", "csl"]
    headers: list[Any] = list(sickle.ListIdentifiers(metadataPrefix="oai_dc"))
    assert {number(header.identifier) for header in headers} == set(truth())
    first = headers[0].identifier
    one = sickle.GetRecord(identifier=first, metadataPrefix="oai_dc")
    assert one.metadata["title"] == [truth()[number(first)]]
    with Scythe(address) as scythe:
        assert scythe.identify().granularity == "YYYY-MM-DDThh:mm:ssZ"
        sets = [found.setSpec for found in scythe.list_sets()]
        members = [scythe.list_identifiers(metadata_prefix="csl", set_=spec) for spec in sets]
        assert {number(header.identifier) for found in members for header in found} == set(truth())
        assert scythe.get_record(first).header.identifier == first
