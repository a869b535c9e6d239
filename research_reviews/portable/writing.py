"""Writes a review as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.blocks import Block, ChooserBlock, StreamValue
from wagtail.models import Page

from images.models import CustomImage
from research_reviews.models import Audience, Person, ReviewPage, Study
from research_reviews.portable import records
from research_reviews.portable.known import Known, gather
from research_reviews.portable.raw import is_choice, is_prose, relinked, rewritten
from research_reviews.portable.records import Record

FORMAT = "research-reviews/review"
VERSION = 1
SCHEMA = Path(__file__).with_name("review.schema.json")


def to_json(review: ReviewPage, known: Known | None = None) -> Record:
    """Return the review with everything that it holds, ready for `json.dumps`.

    `known` comes from `gather` and saves the queries where many are written. A draft is written as it is handed
    over: `as_written` returns its latest version.
    """
    return Writer(review, known or gather([review])).record()


class Writer:
    """Writes one review, and collects what it refers to."""

    def __init__(self, review: ReviewPage, known: Known) -> None:
        self.review, self.known = review, known
        self.people: dict[str, Record] = {}
        self.audiences: dict[str, Record] = {}
        self.images: dict[str, Record] = {}
        self.documents: dict[str, Record] = {}

    def record(self) -> Record:
        """Return the whole review. The things that it refers to stand last, because they are found on the way."""
        review, path = self.review, self.known.path_of(self.review)
        return {
            "format": FORMAT,
            "version": VERSION,
            "key": str(review.translation_key),
            "path": path,
            "address": urljoin(self.known.root_url, path),
            "title": review.title,
            "slug": review.slug,
            "language": review.locale.language_code,
            "standfirst": review.standfirst,
            "status": self.status(),
            "private": self.known.is_private(review),
            "has_unpublished_changes": bool(review.live and review.has_unpublished_changes),
            "dates": self.dates(),
            **self.topics(),
            "header_image": self.image(review.header_image_id),
            "credits": self.stream(review.credits),
            "no_study_reason": review.no_study_reason,
            "studies": [self.study(link.study_id) for link in review.review_studies.all()],
            "key_messages": self.stream(review.key_messages),
            "body": self.stream(review.body),
            "interests": review.interests,
            "responses_open": review.responses_open,
            **self.promotion(),
            "related": self.related(),
            "people": self.people,
            "audiences": self.audiences,
            "images": self.images,
            "documents": self.documents,
        }

    def status(self) -> str:
        """Return whether readers see it, or will."""
        if self.review.live:
            return "live"
        if self.review.pk in self.known.scheduled:
            return "scheduled"
        return "expired" if self.review.expired else "draft"

    def dates(self) -> Record:
        """Return when it appeared and changed, and when it is to come and go."""
        review = self.review
        moments = ("first_published_at", "last_published_at", "go_live_at", "expire_at")
        return {
            "published_on": written(review.published_on),
            **{name: written(getattr(review, name)) for name in moments},
        }

    def topics(self) -> Record:
        """Return the first topic and the others."""
        first, others = self.known.topics.get(self.review.topic_id), self.review.other_topics.all()
        return {
            "topic": records.topic_record(first) if first else None,
            "other_topics": [records.topic_record(self.known.topics[topic.pk]) for topic in others],
        }

    def promotion(self) -> Record:
        """Return what lists, search engines and shared links show."""
        review = self.review
        return {
            "search": {"title": review.seo_title, "description": review.search_description},
            "listing": {
                "title": review.listing_title,
                "summary": review.listing_summary,
                "image": self.image(review.listing_image_id),
            },
            "social_image": self.image(review.social_image_id),
            "show_in_menus": review.show_in_menus,
        }

    def related(self) -> list[Record]:
        """Return the reviews that the editor leads readers to."""
        chosen = (self.known.pages.get(link.chosen_id) for link in self.review.chosen_reviews.all())
        return [{"path": self.known.path_of(page), "title": page.title} for page in chosen if page]

    def study(self, pk: int) -> Record:
        """Return a study, with its authors among the people."""
        study: Study = self.known.studies[pk]
        authors = (self.person(author.person_id) for author in study.study_authors.all())
        return records.study_record(study, [slug for slug in authors if slug])

    def stream(self, value: StreamValue) -> Any:
        """Return the stored form of a stream, with what it refers to by name."""
        # What was not read from the database may hold dates and lazy texts.
        raw = json.loads(json.dumps(list(value.raw_data), cls=DjangoJSONEncoder))
        return rewritten(value.stream_block, raw, self.leaf)

    def leaf(self, block: Block, raw: Any) -> Any:
        """Return a leaf of a stream as it is written."""
        if is_choice(block):
            return self.choice(block, raw)
        return relinked(raw, self.link) if is_prose(block) and isinstance(raw, str) else raw

    def choice(self, block: ChooserBlock, pk: Any) -> str | None:
        """Return the name of what a block chooses; None where it is gone."""
        model = block.model_class
        if model is Person:
            return self.person(pk)
        if model is Audience:
            return self.audience(pk)
        if model is CustomImage:
            return self.image(pk)
        if issubclass(model, Page):
            page = self.known.pages.get(pk)
            return self.known.path_of(page) if page else None
        return self.document(pk)

    def link(self, attributes: dict[str, str]) -> dict[str, str]:
        """Return a link as it is written: with an address that works elsewhere, and what it leads to here."""
        key = attributes.get("id", "")
        pk = int(key) if key.isdecimal() else 0
        if attributes.get("linktype") == "page":
            page = self.known.pages.get(pk)
            path = self.known.path_of(page) if page else ""
            return {"href": urljoin(self.known.root_url, path), "data-page": path} if path else {}
        if attributes.get("linktype") == "document":
            if not (document := self.known.documents.get(pk)):
                return {}
            return {"href": urljoin(self.known.root_url, document.url), "data-document": str(self.document(pk))}
        return {"href": attributes["href"]} if "href" in attributes else {}

    def person(self, pk: int) -> str | None:
        """Return the person's slug."""
        if not (person := self.known.people.get(pk)):
            return None
        if person.slug not in self.people:
            self.people[person.slug] = records.person_record(person, self.image(person.photo_id) or "")
        return str(person.slug)

    def audience(self, pk: int) -> str | None:
        """Return the audience's slug."""
        if not (audience := self.known.audiences.get(pk)):
            return None
        self.audiences[audience.slug] = records.audience_record(audience)
        return str(audience.slug)

    def image(self, pk: int | None) -> str | None:
        """Return the name of the image's file in the storage."""
        if not pk or not (image := self.known.images.get(pk)):
            return None
        self.images[image.file.name] = records.image_record(image)
        return str(image.file.name)

    def document(self, pk: int) -> str | None:
        """Return the name of the document's file in the storage."""
        if not (document := self.known.documents.get(pk)):
            return None
        self.documents[document.file.name] = records.document_record(document)
        return str(document.file.name)


def written(moment: date | datetime | None) -> str | None:
    """Return a day or a moment as ISO 8601 writes it."""
    return moment.isoformat() if moment else None
