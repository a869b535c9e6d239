"""People and organisations as nodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from images.pictures import picture_of
from research_reviews.models import Person
from syndication.structured.graph import Node, node, reference
from syndication.structured.publication import Publication


@dataclass(frozen=True)
class People:
    """The people of one page: described where they are first named, referred to from then on.

    Pages are to stay light. Of everybody but the page's own authors, name and ORCID iD are said: their identity is the
    address of their page here, which says the rest.
    """

    publication: Publication
    described: set[str] = field(default_factory=set)

    def authors(self, people: Iterable[Person]) -> list[Node]:
        """Return who wrote the page, in their order, with where else they are found."""
        return [self._one(person, url=self._address(person), sameAs=profiles_of(person)) for person in people]

    def others(self, people: Iterable[Person]) -> list[Node]:
        """Return other people, in their order."""
        return [self._one(person, sameAs=person.orcid_url) for person in people]

    def _one(self, person: Person, **properties: Any) -> Node:
        address = self._address(person)
        if address in self.described:
            return reference(address)
        self.described.add(address)
        return node(kind_of(person), address, name=person.name, **properties)

    def _address(self, person: Person) -> str:
        return self.publication.absolute(person.get_absolute_url())


def kind_of(person: Person) -> str:
    """Return the type of the vocabulary."""
    return "Organization" if person.is_organisation else "Person"


def profiles_of(person: Person) -> list[str]:
    """Return the addresses elsewhere by which it can be told who the person is."""
    addresses = [person.orcid_url, person.website, *(handle.url for handle in person.handles)]
    return [address for address in addresses if address]


def profile_page(person: Person, publication: Publication) -> list[Node]:
    """Describe the page of a person."""
    address = publication.absolute(person.get_absolute_url())
    photo = picture_of(person.photo, "portrait") if person.photo else None
    names = {} if person.is_organisation else {"givenName": person.given_name, "familyName": person.family_name}
    orcid = person.orcid and node("PropertyValue", propertyID="ORCID", value=person.orcid)
    of_whom = "parentOrganization" if person.is_organisation else "affiliation"
    main = node(
        kind_of(person),
        address,
        name=person.name,
        **names,
        description=person.bio,
        image=photo and photo.fallback and photo.fallback.full_url,
        identifier=orcid,
        sameAs=profiles_of(person),
        **{of_whom: person.affiliation and node("Organization", name=person.affiliation)},
    )
    return [node("ProfilePage", url=address, mainEntity=main, publisher=publication.publisher())]
