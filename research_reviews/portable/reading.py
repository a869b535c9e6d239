"""Reads a review from JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.blocks import Block, ChooserBlock
from wagtail.models import Page

from images.models import CustomImage
from research_reviews.models import Audience, ChosenReview, Person, ReviewPage, ReviewStudy, Study
from research_reviews.portable.raw import ShapeError, is_choice, is_prose, relinked, rewritten
from research_reviews.portable.records import Record
from research_reviews.portable.writing import FORMAT, VERSION

STREAMS = ("credits", "key_messages", "body")


class PortableError(Exception):
    """The data is no review of ours, or one that was damaged. Says what is wrong."""


class Things(Protocol):
    """Finds or makes what a review refers to. Each answers with a primary key, None for what there is none of."""

    def person(self, record: Record, photo: int | None) -> int | None:
        """Return the person, by ORCID, slug or name; made with the photo where there is none."""

    def audience(self, record: Record) -> int | None:
        """Return the audience, by slug or name."""

    def topic(self, record: Record) -> int | None:
        """Return the topic, by slug."""

    def image(self, record: Record) -> int | None:
        """Return the image, by its file."""

    def document(self, record: Record) -> int | None:
        """Return the document, by its file."""

    def study(self, record: Record, authors: list[int]) -> Study | None:
        """Return the study, saved, by DOI, address or title and year; made with these authors where there is none."""

    def page(self, path: str) -> int | None:
        """Return the page that stands at the path here."""

    def is_taken(self, key: UUID) -> bool:
        """Whether a page of the site has the key already."""


def from_json(data: Any, things: Things) -> ReviewPage:
    """Return the review, not saved, with its studies, credits and everything else that `to_json` wrote.

    Whether it goes live is left to whoever saves it: `data["status"]` says what it was. An image or document that
    `things` does not have leaves its place empty; a link to a page that is not there keeps its address.
    Raises PortableError.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise PortableError(_("This is no review in the site's own format."))
    if data.get("version") != VERSION:
        said = _("This review is written in version %(version)s of the format, which this site does not know.")
        raise PortableError(said % {"version": data.get("version")})
    try:
        return Reader(data, things).review()
    except ShapeError as error:
        raise PortableError(_("A block does not fit: %(place)s.") % {"place": error}) from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PortableError(_("The review is damaged: %(what)s.") % {"what": repr(error)[:200]}) from None


class Reader:
    """Reads one review."""

    def __init__(self, data: Record, things: Things) -> None:
        self.data, self.things = data, things

    def review(self) -> ReviewPage:
        """Return the review, not saved."""
        data = self.data
        review = ReviewPage(
            title=text(data, "title"),
            slug=slugify(text(data, "slug"), allow_unicode=True),
            standfirst=text(data, "standfirst"),
            no_study_reason=text(data, "no_study_reason"),
            interests=text(data, "interests"),
            responses_open=bool(data["responses_open"]),
            header_image_id=self.image(data.get("header_image")),
            topic_id=self.things.topic(data["topic"]) if data.get("topic") else None,
            **self.promotion(),
            **self.dates(),
        )
        for name in STREAMS:
            setattr(review, name, json.dumps(self.stream(name)))
        studies = filter(None, (self.study(record) for record in data["studies"]))
        review.review_studies = [ReviewStudy(study=study, sort_order=place) for place, study in enumerate(studies)]
        topics = (self.things.topic(record) for record in data["other_topics"])
        review.other_topics = ReviewPage._meta.get_field("other_topics").related_model.objects.filter(
            pk__in=[pk for pk in topics if pk]
        )
        review.chosen_reviews = self.related()
        key = UUID(text(data, "key"))
        if not self.things.is_taken(key):
            review.translation_key = key
        return review

    def promotion(self) -> Record:
        """Return what lists, search engines and shared links show."""
        search, listing = self.data["search"], self.data["listing"]
        return {
            "seo_title": text(search, "title"),
            "search_description": text(search, "description"),
            "listing_title": text(listing, "title"),
            "listing_summary": text(listing, "summary"),
            "listing_image_id": self.image(listing.get("image")),
            "social_image_id": self.image(self.data.get("social_image")),
            "show_in_menus": bool(self.data.get("show_in_menus")),
        }

    def dates(self) -> Record:
        """Return when it appeared and changed, and when it is to come and go."""
        dates = self.data["dates"]
        moments = ("first_published_at", "last_published_at", "go_live_at", "expire_at")
        return {"published_on": day(dates.get("published_on")), **{name: moment(dates.get(name)) for name in moments}}

    def related(self) -> list[ChosenReview]:
        """Return the reviews that the editor leads readers to, as far as they are here."""
        found = (self.things.page(text(other, "path")) for other in self.data["related"])
        return [ChosenReview(chosen_id=pk, sort_order=place) for place, pk in enumerate(pk for pk in found if pk)]

    def study(self, record: Record) -> Study | None:
        """Return a study, saved."""
        authors = (self.person(slug) for slug in record["authors"])
        return self.things.study(record, [pk for pk in authors if pk])

    def stream(self, name: str) -> Any:
        """Return the stored form of a stream, as this database has it."""
        block = ReviewPage._meta.get_field(name).stream_block
        raw = rewritten(block, self.data[name], self.leaf)
        # A credit or a response of nobody cannot be shown.
        return [child for child in raw if not (child["type"] in NEED_A_PERSON and not child["value"].get("person"))]

    def leaf(self, block: Block, raw: Any) -> Any:
        """Return a leaf of a stream as it is stored."""
        if is_choice(block):
            return self.choice(block, raw)
        return relinked(raw, self.link) if is_prose(block) and isinstance(raw, str) else raw

    def choice(self, block: ChooserBlock, name: Any) -> int | None:
        """Return the key of what a block chooses."""
        model = block.model_class
        if model is Person:
            return self.person(name)
        if model is Audience:
            return self.named("audiences", name, self.things.audience)
        if model is CustomImage:
            return self.image(name)
        if issubclass(model, Page):
            return self.things.page(str(name))
        return self.named("documents", name, self.things.document)

    def link(self, attributes: dict[str, str]) -> dict[str, str]:
        """Return a link as it is stored: to the page or document here, else to its address."""
        if path := attributes.get("data-page"):
            if pk := self.things.page(path):
                return {"linktype": "page", "id": str(pk)}
        elif (name := attributes.get("data-document")) and (pk := self.named("documents", name, self.things.document)):
            return {"linktype": "document", "id": str(pk)}
        return {"href": attributes["href"]} if "href" in attributes else {}

    def person(self, slug: Any) -> int | None:
        """Return the key of one of the review's people."""

        def find(record: Record) -> int | None:
            return self.things.person(record, self.image(record.get("photo")))

        return self.named("people", slug, find)

    def image(self, name: Any) -> int | None:
        """Return the key of one of the review's images."""
        return self.named("images", name, self.things.image)

    def named(self, kind: str, name: Any, find: Any) -> int | None:
        """Return the key of something that the review names."""
        record = self.data[kind].get(name) if name else None
        found: int | None = find(record) if record else None
        return found


NEED_A_PERSON = {"credit", "author_response"}


def text(record: Record, name: str) -> str:
    """Return a text of a record. Raises TypeError for anything else, KeyError for none."""
    value = record[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def day(value: str | None) -> date | None:
    """Return a day. Raises ValueError."""
    return parse_date(value) if value else None


def moment(value: str | None) -> datetime | None:
    """Return a moment. Raises ValueError for one that does not say its time zone."""
    found = parse_datetime(value) if value else None
    if found and found.tzinfo is None:
        raise ValueError(value)
    return found
