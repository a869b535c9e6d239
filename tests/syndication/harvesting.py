"""What a harvester asks and reads. Every answer is checked against the protocol's schemas."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client
from lxml import etree

from research_reviews.models import ReviewPage
from tests.subscriptions.workers import work

SCHEMAS = Path(__file__).parents[1] / "data" / "oai"
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
CSL = "urn:x-research-reviews:csl:1.0"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
XML_TYPE = "text/xml; charset=utf-8"

Tree = Any


class KeptSchemas(etree.Resolver):
    """Answers with the schemas that are kept here, whatever host they are asked of."""

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:
        """Return the kept file with the name."""
        return self.resolve_filename(str(SCHEMAS / system_url.rpartition("/")[2]), context)


@cache
def schema(name: str) -> Tree:
    """Return a schema that is kept here."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(KeptSchemas())
    return etree.XMLSchema(etree.parse(SCHEMAS / name, parser))


@cache
def csl_schema() -> Tree:
    """Return the schema of our own format, as the site serves it."""
    response = Client().get("/oai/csl.xsd")
    assert response.status_code == 200
    return etree.XMLSchema(etree.fromstring(response.content))


def checked(document: bytes) -> Tree:
    """Return an answer as a tree, after it was found valid, and everything within it by its own schema."""
    root = etree.fromstring(document)
    schema("OAI-PMH.xsd").assertValid(root)
    for part in root.iter(f"{OAI}metadata", f"{OAI}description", f"{OAI}setDescription"):
        # On its own, as harvesters take it out: it has to say itself which namespaces it uses.
        inner = etree.fromstring(etree.tostring(part[0]))
        namespace = etree.QName(inner).namespace
        own = {OAI_DC: schema("oai_dc.xsd"), CSL: csl_schema(), IDENTIFIER: schema("oai-identifier.xsd")}
        own[namespace].assertValid(inner)
    return root


def ask(verb: str, **arguments: str) -> Tree:
    """Ask by GET and return the answer. `from` is written `from_`."""
    query = {name.rstrip("_"): value for name, value in arguments.items()}
    response = Client().get("/oai", {"verb": verb, **query})
    assert response.status_code == 200
    assert response["Content-Type"] == XML_TYPE
    assert not response.cookies
    return checked(response.content)


def errors(root: Tree) -> list[str]:
    """Return the codes of what is wrong."""
    return [error.get("code") for error in root.iter(f"{OAI}error")]


def text(root: Tree, name: str) -> str:
    """Return the text of the first element of the protocol with the name. It has to be there."""
    found = root.find(f".//{OAI}{name}")
    assert found is not None, f"No {name}"
    return found.text or ""


def number(identifier: str) -> int:
    """Return the number of the review that an identifier ends with."""
    return int(identifier.rpartition("-")[2])


def numbers(root: Tree) -> list[int]:
    """Return the numbers of the reviews that an answer lists, in its order."""
    return [number(found.text) for found in root.iter(f"{OAI}identifier")]


def deleted(root: Tree) -> set[int]:
    """Return the numbers of the reviews that an answer says are deleted."""
    return {
        number(header.find(f"{OAI}identifier").text)
        for header in root.iter(f"{OAI}header")
        if header.get("status") == "deleted"
    }


def token(root: Tree) -> str | None:
    """Return the resumption token: empty at the end of a list in parts, None where there is none."""
    found = root.find(f".//{OAI}resumptionToken")
    return None if found is None else found.text or ""


def parts(verb: str = "ListIdentifiers", prefix: str = "oai_dc", **arguments: str) -> list[Tree]:
    """Read a list to its end and return its parts."""
    found = [ask(verb, metadataPrefix=prefix, **arguments)]
    while following := token(found[-1]):
        found.append(ask(verb, resumptionToken=following))
    return found


def whole(verb: str = "ListIdentifiers", prefix: str = "oai_dc", **arguments: str) -> list[int]:
    """Read a list to its end and return the numbers of its reviews."""
    return [pk for part in parts(verb, prefix, **arguments) for pk in numbers(part)]


def identifier(review: ReviewPage) -> str:
    """Return the identifier of a review's record."""
    return f"oai:localhost.invalid:review-{review.pk}"


def record(review: ReviewPage, prefix: str = "oai_dc") -> Tree:
    """Return the record of a review."""
    return ask("GetRecord", identifier=identifier(review), metadataPrefix=prefix)


def datestamp(review: ReviewPage) -> str:
    """Return the datestamp of a review's record."""
    return text(record(review), "datestamp")


def settled() -> None:
    """Let the worker do what is left: in a test, nothing is ever committed."""
    work()


def dublin_core(root: Tree, name: str) -> list[str]:
    """Return what the records of an answer say of something in Dublin Core."""
    return [found.text for metadata in root.iter(f"{OAI}metadata") for found in metadata.iter(f"{DC}{name}")]
