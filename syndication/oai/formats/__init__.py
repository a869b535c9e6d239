"""The formats that records can be had in. `oai_dc` is the one that the protocol asks of everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from syndication.oai.formats import csl, dublin_core
from syndication.oai.repository import Repository
from syndication.oai.works import Work
from syndication.oai.xml import Element


class Format(NamedTuple):
    """What a format is called, where its schema is, and how a work is written in it."""

    namespace: str
    schema: Callable[[Repository], str]
    write: Callable[[Work, str], Element]

    def metadata(self, work: Work, repository: Repository) -> Element:
        """Return the work in the format, as it stands in a record."""
        return Element("metadata", [self.write(work, self.schema(repository))])


FORMATS = {
    "oai_dc": Format(dublin_core.NAMESPACE, lambda repository: dublin_core.SCHEMA, dublin_core.write),
    "csl": Format(csl.NAMESPACE, lambda repository: repository.csl_schema, csl.write),
}
