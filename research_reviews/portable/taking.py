"""Finds what a review refers to on this site, and makes what is missing. Knows again what it has found before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from images.models import CustomImage
from research_reviews.identifiers import clean_doi
from research_reviews.models import Audience, Person, Study, StudyAuthor, StudyFunder, TopicIndexPage, TopicPage
from research_reviews.portable.records import PERSON_FIELDS, Record, study_fields

LONGEST_NAME = 255


class SiteThings:
    """What there is on this site, and what is added to it.

    Images and documents are only looked for: their files come by another way. Everything else is made where it is
    missing; what is there stays as its editors have it.
    """

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Any] = {}

    def person(self, record: Record, photo: int | None) -> int | None:
        """Return the person, by ORCID, slug or name; made with the photo where there is none."""
        return self.once("person", record["slug"], lambda: find_person(record) or make_person(record, photo))

    def audience(self, record: Record) -> int | None:
        """Return the audience, by slug or name."""
        return self.once("audience", record["slug"], lambda: find_audience(record) or make_audience(record))

    def topic(self, record: Record) -> int | None:
        """Return the topic, by slug. A new one is made below the list of topics, and is live."""
        return self.once("topic", record["slug"], lambda: find_topic(record) or make_topic(record))

    def image(self, record: Record) -> int | None:
        """Return the image with the same content, else with the same file name."""
        return self.once("image", record["file"], lambda: find_file(CustomImage, record))

    def document(self, record: Record) -> int | None:
        """Return the document with the same content, else with the same file name."""
        return self.once("document", record["file"], lambda: find_file(get_document_model(), record))

    def study(self, record: Record, authors: list[int]) -> Study | None:
        """Return the study by DOI, address, or title and year; made with the authors where there is none."""
        published = record.get("published") or {}
        key = "|".join(map(str, (record["doi"], record["url"], record["title"], published.get("year"))))
        if ("study", key) not in self.found:
            self.found["study", key] = find_study(record) or make_study(record, authors)
        study: Study = self.found["study", key]
        return study

    def page(self, path: str) -> int | None:
        """Return the page at the path. One that is not there yet is looked for again."""
        if path in self.pages:
            return self.pages[path]
        pk = Page.objects.filter(url_path=f"{self.root}{path.removeprefix('/')}").values_list("pk", flat=True).first()
        if pk:
            self.pages[path] = pk
        return pk

    def is_taken(self, key: UUID) -> bool:
        """Whether a page of the site has the key already."""
        return Page.objects.filter(translation_key=key).exists()

    @property
    def pages(self) -> dict[str, int]:
        """The pages that were found, by path."""
        known: dict[str, int] = self.found.setdefault(("pages", ""), {})
        return known

    @property
    def root(self) -> str:
        """The path within the tree below which the site's pages stand."""
        if ("root", "") not in self.found:
            site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
            self.found["root", ""] = site.root_page.url_path if site else "/"
        return str(self.found["root", ""])

    def once(self, kind: str, name: str, find: Callable[[], Model | None]) -> int | None:
        """Return the key of a thing, and look for it only once."""
        if (kind, name) not in self.found:
            thing = find()
            self.found[kind, name] = thing.pk if thing else None
        pk: int | None = self.found[kind, name]
        return pk


def find_person(record: Record) -> Person | None:
    """Return the person. One with another ORCID iD is another, whatever the name."""
    if record["orcid"] and (person := Person.objects.filter(orcid=record["orcid"]).first()):
        return person
    same = Person.objects.filter(is_organisation=record["is_organisation"])
    for criterion in ({"slug": record["slug"]}, {"name": record["name"]}):
        person = same.filter(**criterion).order_by("pk").first()
        if person and person.name.casefold() == record["name"].casefold():
            return person if record["orcid"] in ("", person.orcid) or not person.orcid else None
    return None


def make_person(record: Record, photo: int | None) -> Person:
    """Make the person. A handle or iD that cannot be one is left out rather than the person."""
    person = Person(**{name: record[name] for name in PERSON_FIELDS if name in record}, photo_id=photo)
    if Person.objects.filter(slug=person.slug).exists():
        person.slug = ""
    try:
        person.full_clean(exclude=["slug", "photo"])
    except ValidationError as error:
        for name in error.message_dict:
            # A name cannot be left out, only cut.
            setattr(person, name, person.name[:LONGEST_NAME] if name == "name" else "")
    person.save()
    return person


def find_audience(record: Record) -> Audience | None:
    """Return the audience."""
    by_slug = Audience.objects.filter(slug=record["slug"]).first()
    return by_slug or Audience.objects.filter(name__iexact=record["name"]).first()


def make_audience(record: Record) -> Audience:
    """Make the audience."""
    audience = Audience(name=record["name"], slug=record["slug"], description=record["description"])
    audience.full_clean()
    audience.save()
    return audience


def find_topic(record: Record) -> TopicPage | None:
    """Return the topic."""
    topic: TopicPage | None = TopicPage.objects.filter(slug=record["slug"]).order_by("pk").first()
    return topic


def make_topic(record: Record) -> TopicPage | None:
    """Make the topic and publish it; nothing where the site has no list of topics."""
    parent = TopicIndexPage.objects.order_by("pk").first()
    if parent is None:
        return None
    slug = slugify(record["slug"], allow_unicode=True)
    topic = TopicPage(title=record["title"], slug=slug, introduction=record["introduction"])
    parent.add_child(instance=topic)
    topic.save_revision().publish()
    return topic


def find_file(model: Any, record: Record) -> Model | None:
    """Return the image or document with the same content, else with the same file name."""
    if record["sha1"] and (same := model.objects.filter(file_hash=record["sha1"]).order_by("pk").first()):
        found: Model = same
        return found
    named: Model | None = model.objects.filter(file=record["file"]).order_by("pk").first()
    return named


def find_study(record: Record) -> Study | None:
    """Return the study."""
    published = record.get("published") or {}
    if record["doi"]:
        return Study.objects.filter(doi=clean_doi(record["doi"])).order_by("pk").first()
    same = {"title": record["title"], "publication_year": published.get("year"), "doi": ""}
    return Study.objects.filter(**same, url=record["url"]).order_by("pk").first()


def make_study(record: Record, authors: list[int]) -> Study:
    """Make the study with its authors and funders. Raises ValueError for one that cannot be."""
    study = Study(**study_fields(record))
    try:
        study.full_clean()
    except ValidationError as error:
        raise ValueError(str(error)) from None
    study.save()
    StudyAuthor.objects.bulk_create(
        StudyAuthor(study=study, person_id=pk, sort_order=place) for place, pk in enumerate(authors)
    )
    StudyFunder.objects.bulk_create(
        StudyFunder(study=study, sort_order=place, **{name: funder[name] for name in ("name", "ror", "award")})
        for place, funder in enumerate(record["funders"])
    )
    return study
