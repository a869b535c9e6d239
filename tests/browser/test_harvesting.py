"""Harvesters of others read the demo site completely, in small parts, while its editors are at work."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from oaipmh_scythe import Scythe
from sickle import Sickle

from tests.browser.demo_site import ROOT, environment, served
from tests.syndication.harvesting import number
from tests.syndication.judges import PostingSickleJudge, ScytheJudge, SickleJudge

# Without a browser, but on the site that the tests with one have set up: it would take a minute to make another.
pytestmark = pytest.mark.browser


class Newsroom:
    """The editors' process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.calm = self.said()

    def said(self) -> Any:
        """Return what it says next."""
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def close(self) -> dict[int, str]:
        """Stop all work and return the titles of the reviews that the public may see then."""
        assert self.process.stdin is not None
        self.process.stdin.write("stop\n")
        self.process.stdin.flush()
        return {int(pk): title for pk, title in self.said().items()}


@contextmanager
def newsroom(state_dir: Path) -> Iterator[Newsroom]:
    """Let editors work on the site in state_dir."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.syndication.editors"],
        cwd=ROOT,
        env=environment(state_dir),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Newsroom(process)
        finally:
            process.terminate()


def test_harvesters_have_the_whole_demo_site_whatever_its_editors_did_meanwhile(own_folder: Path) -> None:
    with served(own_folder, OAI_PAGE_SIZE="3") as site, newsroom(own_folder) as editors:
        calm = {int(pk) for pk in editors.calm}
        judges = [kind(f"{site}/oai") for kind in (SickleJudge, PostingSickleJudge, ScytheJudge)]
        for judge in judges:
            came = judge.harvest()
            # Nothing that was there all along is missing from a whole harvest, or comes twice.
            assert {pk: came[pk] for pk in calm} == dict.fromkeys(calm, 1)
            judge.harvest()
        truth = editors.close()
        for judge in judges:
            judge.harvest()
            assert judge.present == truth
        read_everything(f"{site}/oai", set(truth))


def read_everything(address: str, reviews: set[int]) -> None:
    """Ask by every verb, with both programs."""
    sickle = Sickle(address)
    assert sickle.Identify().deletedRecord == "persistent"
    assert [found.metadataPrefix for found in sickle.ListMetadataFormats()] == ["oai_dc", "csl"]
    headers: list[Any] = list(sickle.ListIdentifiers(metadataPrefix="oai_dc", ignore_deleted=True))
    assert {number(header.identifier) for header in headers} == reviews
    first = headers[0].identifier
    assert sickle.GetRecord(identifier=first, metadataPrefix="csl").header.identifier == first
    # It makes what it returns at run time.
    scythe: Any
    with Scythe(address) as scythe:
        assert scythe.identify().granularity == "YYYY-MM-DDThh:mm:ssZ"
        sets = [found.setSpec for found in scythe.list_sets()]
        assert {found.setName for found in scythe.list_sets()} >= {"Prison", "Probation"}
        members = [scythe.list_identifiers(metadata_prefix="csl", set_=spec, ignore_deleted=True) for spec in sets]
        assert {number(header.identifier) for found in members for header in found} == reviews
        assert scythe.get_record(first).header.identifier == first
