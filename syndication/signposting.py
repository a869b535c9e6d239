"""Where a page's authors, metadata and files are, for machines that read no HTML: FAIR Signposting, levels 1 and 2.

https://signposting.org/FAIR/ names the relations. They stand in the header of the page (RFC 8288) and, whole and with
the way back, in its link set (RFC 9264).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri

from research_reviews.models import Person, ReviewPage
from syndication.structured.publication import Publication

LINKSET_TYPE = "application/linkset+json"
PAGE_TYPE = "text/html"
# Servers give all headers together 4 to 8 KB.
LONGEST_HEADER = 2_000
CITATION_TYPES = {
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "json": "application/vnd.citationstyles.csl+json",
}
# Of a relation to an item or to metadata, the one that leads back to the page.
WAYS_BACK = {"item": "collection", "describedby": "describes"}


@dataclass(frozen=True)
class Signpost:
    """A link from a page: how what it leads to relates to the page, and its media type where that says more."""

    relation: str
    target: str
    media_type: str = ""

    @property
    def uri(self) -> str:
        """The target in ASCII, without what could end it in a header."""
        return str(iri_to_uri(self.target))

    def __str__(self) -> str:
        media_type = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.uri}>; rel="{self.relation}"{media_type}'


def review_signposts(review: ReviewPage, publication: Publication) -> list[Signpost]:
    """Return the signposts of a review: those that a machine needs first come first."""
    address = publication.address_of(review)
    return [
        Signpost("linkset", urljoin(address, "linkset.json"), LINKSET_TYPE),
        Signpost("cite-as", address),
        *types("AboutPage", "BlogPosting", "Review"),
        *(
            Signpost("describedby", urljoin(address, f"cite/review.{name}"), kind)
            for name, kind in CITATION_TYPES.items()
        ),
        *([Signpost("license", publication.licence_url)] if publication.licence_url else []),
        *(Signpost("author", author_address(person, publication)) for person in review.reviewers),
        *downloads(review, publication),
    ]


def address_signposts(address: str, kind: str) -> list[Signpost]:
    """Return the signposts of a page that is no work of its own, such as a list: its one address and what it is."""
    return [Signpost("canonical", address), *types(kind)]


def types(*names: str) -> list[Signpost]:
    """Return what a page is, in the vocabulary of schema.org."""
    return [Signpost("type", f"https://schema.org/{name}") for name in names]


def author_address(person: Person, publication: Publication) -> str:
    """Return who wrote it as machines know them: by their ORCID iD, else by their page here."""
    return person.orcid_url or publication.absolute(person.get_absolute_url())


def downloads(review: ReviewPage, publication: Publication) -> list[Signpost]:
    """Return the documents that the review offers, each once."""
    documents = [block.value["document"] for block in review.body if block.block_type == "download"]
    return [
        Signpost("item", publication.absolute(document.url), document.content_type)
        for document in dict.fromkeys(filter(None, documents))
    ]


def header(signposts: Iterable[Signpost]) -> str:
    """Return the value of a Link header. What makes it too long is left to the link set.

    A relation is given with all its targets or not at all, so that nobody takes some authors for all.
    """
    text = ""
    for _relation, group in groupby(signposts, key=lambda signpost: signpost.relation):
        longer = ", ".join(filter(None, [text, *map(str, group)]))
        if len(longer) <= LONGEST_HEADER:
            text = longer
    return text


def linkset(address: str, signposts: Iterable[Signpost]) -> dict[str, Any]:
    """Return the link set of the page: its own links, and those that lead back from what belongs to it."""
    links: dict[str, list[dict[str, str]]] = {}
    back = []
    for signpost in signposts:
        if signpost.relation == "linkset":
            continue
        target = {"href": signpost.uri, **({"type": signpost.media_type} if signpost.media_type else {})}
        links.setdefault(signpost.relation, []).append(target)
        if relation := WAYS_BACK.get(signpost.relation):
            back.append({"anchor": signpost.uri, relation: [{"href": iri_to_uri(address), "type": PAGE_TYPE}]})
    return {"linkset": [{"anchor": iri_to_uri(address), **links}, *back]}


def put_up(request: HttpRequest, signposts: list[Signpost]) -> None:
    """Have the response to the request carry the signposts. For template tags, which know what a page holds."""
    request.__dict__["signposts"] = signposts


class SignpostMiddleware:
    """Writes the signposts of a page into its header. It stands within the page cache, which keeps headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if signposts := getattr(request, "signposts", None):
            response["Link"] = header(signposts)
        return response
