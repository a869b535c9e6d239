"""Harvesters of others, and what the owner of one gathers with it: incrementally, as its documentation says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import NoRecordsMatch as ScytheNoRecordsMatch
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from tests.syndication.harvesting import CSL, OAI, number


class Said(NamedTuple):
    """What a harvester was told of a review."""

    is_deleted: bool
    title: str


class Judge:
    """A harvester with its store."""

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

    @property
    def present(self) -> dict[int, str]:
        """The titles of the reviews that are there, as far as the harvester knows."""
        return {pk: said.title for pk, said in self.gathered.items() if not said.is_deleted}

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
        return str(self.sickle().harvest(verb="Identify").xml.find(f"{OAI}responseDate").text)

    def records(self) -> Iterator[tuple[int, Said]]:
        """Yield every record; nothing where there is none."""
        try:
            found = self.sickle().ListRecords(metadataPrefix=self.prefix, **self.since)
        except NoRecordsMatch:
            return
        for record in found:
            yield number(record.header.identifier), Said(record.deleted, "" if record.deleted else self.title(record))

    def sickle(self) -> Any:
        """Return the program."""
        return Sickle(self.address, http_method=self.method, timeout=30)

    def title(self, record: Any) -> str:
        """Return the title that a record holds."""
        return str(record.metadata["title"][0])


class PostingSickleJudge(SickleJudge):
    """Sickle, asking for CSL by POST."""

    prefix, method = "csl", "POST"

    def title(self, record: Any) -> str:
        """Return the title of the first work, which is the review."""
        return str(record.xml.find(f".//{{{CSL}}}title").text)


class ScytheJudge(Judge):
    """oaipmh-scythe, asking for Dublin Core."""

    def moment(self) -> str:
        """Return the responseDate of Identify."""
        with Scythe(self.address) as scythe:
            return str(scythe.harvest({"verb": "Identify"}).xml.find(f"{OAI}responseDate").text)

    def records(self) -> Iterator[tuple[int, Said]]:
        """Yield every record; nothing where there is none."""
        with Scythe(self.address) as scythe:
            try:
                found: Iterator[Any] = scythe.list_records(metadata_prefix="oai_dc", from_=self.since.get("from"))
                for record in found:
                    title = "" if record.deleted else record.metadata["title"][0]
                    yield number(record.header.identifier), Said(record.deleted, title)
            except ScytheNoRecordsMatch:
                return
