"""The six verbs: what each answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from syndication.models import OaiRecord
from syndication.oai.arguments import TOKEN, Question
from syndication.oai.dates import written
from syndication.oai.errors import Code, OaiError
from syndication.oai.formats import FORMATS, Format
from syndication.oai.formats.dublin_core import describe_set
from syndication.oai.headers import Header, headers
from syndication.oai.lists import Row, part
from syndication.oai.repository import Repository
from syndication.oai.sets import listed_topics, spec_of
from syndication.oai.tokens import bad_token
from syndication.oai.works import works
from syndication.oai.xml import Element, leaves, qualified

IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
Content = list[Element]


def identify(question: Question, repository: Repository) -> Content:
    """Say who we are and what can be relied on."""
    sample = OaiRecord.objects.order_by("pk").values_list("pk", flat=True).first() or 1
    scheme = leaves(
        scheme="oai",
        repositoryIdentifier=repository.namespace,
        delimiter=":",
        sampleIdentifier=repository.identifier(sample),
    )
    described = qualified("oai-identifier", {"": IDENTIFIER}, f"{IDENTIFIER}.xsd", scheme)
    return [
        *leaves(
            repositoryName=repository.name,
            baseURL=repository.base_url,
            protocolVersion="2.0",
            adminEmail=repository.email,
            earliestDatestamp=written(repository.earliest),
            deletedRecord="persistent",
            granularity="YYYY-MM-DDThh:mm:ssZ",
        ),
        Element("description", [described]),
    ]


def list_metadata_formats(question: Question, repository: Repository) -> Content:
    """List the formats, of one record where one is asked for."""
    if "identifier" in question.arguments and found(question, repository).is_deleted:
        raise OaiError((Code.NO_METADATA_FORMATS, _("The record is deleted, and there is nothing left of it.")))
    described = (
        leaves(metadataPrefix=prefix, schema=known.schema(repository), metadataNamespace=known.namespace)
        for prefix, known in FORMATS.items()
    )
    return [Element("metadataFormat", description) for description in described]


def list_sets(question: Question, repository: Repository) -> Content:
    """List the sets, all of them at once."""
    if TOKEN in question.arguments:
        raise bad_token()
    topics = listed_topics()
    if not topics:
        raise OaiError((Code.NO_SET_HIERARCHY, _("There are no sets.")))
    return [
        Element("set", [*leaves(setSpec=spec_of(pk), setName=topic.title), *describe_set(topic)])
        for pk, topic in topics.items()
    ]


def get_record(question: Question, repository: Repository) -> Content:
    """Give one record."""
    header = found(question, repository)
    known = format_of(question.get("metadataPrefix"))
    return records([header], known, repository)


def list_records(question: Question, repository: Repository) -> Content:
    """List records whole."""
    known, rows, token = listed(question)
    return [*records(headers(rows), known, repository), *token]


def list_identifiers(question: Question, repository: Repository) -> Content:
    """List the headers of records."""
    _known, rows, token = listed(question)
    return [*(header.element(repository) for header in headers(rows)), *token]


VERBS: dict[str, Callable[[Question, Repository], Content]] = {
    "GetRecord": get_record,
    "Identify": identify,
    "ListIdentifiers": list_identifiers,
    "ListMetadataFormats": list_metadata_formats,
    "ListRecords": list_records,
    "ListSets": list_sets,
}


def listed(question: Question) -> tuple[Format, list[Row], Content]:
    """Return the format and the part of the list that is asked for, and its token."""
    known = None if TOKEN in question.arguments else format_of(question.get("metadataPrefix"))
    asked = part(question)
    return known or format_of(asked.arguments["metadataPrefix"]), asked.rows, [asked.token] if asked.token else []


def records(of: list[Header], known: Format, repository: Repository) -> Content:
    """Return records whole; of a deleted one, the header is all there is."""
    described = works([header for header in of if not header.is_deleted], repository)
    return [
        Element("record", [header.element(repository), known.metadata(work, repository)])
        if (work := described.get(header.review_id))
        # Also one that went since the headers were read.
        else Element("record", [replace(header, is_deleted=True).element(repository)])
        for header in of
    ]


def format_of(prefix: str) -> Format:
    """Return the format with the prefix. Raises OaiError."""
    if prefix not in FORMATS:
        raise OaiError((Code.CANNOT_DISSEMINATE_FORMAT, _("There is no such format.")))
    return FORMATS[prefix]


def found(question: Question, repository: Repository) -> Header:
    """Return the header of the record that the identifier is of. Raises OaiError."""
    pk = repository.review_id(question.get("identifier"))
    stamp = pk and datestamp(pk)
    if not pk or not stamp:
        faults = [(Code.ID_DOES_NOT_EXIST, _("There is no record with that identifier."))]
        if "identifier" not in question.repeatable:
            faults.append((Code.BAD_ARGUMENT, _("An identifier must have the form of an address.")))
        raise OaiError(*faults)
    return headers([(pk, stamp)])[0]


def datestamp(review_id: int) -> datetime | None:
    """Return the datestamp of a review's record."""
    return OaiRecord.objects.filter(pk=review_id).values_list("datestamp", flat=True).first()
