"""The things that a review refers to, as records: each says enough of itself to be found or made elsewhere."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_datetime

from images.models import CustomImage
from research_reviews.handles import HANDLE_FIELDS
from research_reviews.models import Audience, Person, Study, TopicPage

Record = dict[str, Any]

PERSON_FIELDS = (
    *("slug", "name", "is_organisation", "given_name", "family_name", "affiliation", "orcid", "bio", "website"),
    *HANDLE_FIELDS,
)
# Of a study, what is kept as it is; its date, authors, funders and notices are told apart.
STUDY_FIELDS = (
    *("title", "subtitle", "container", "publisher", "volume", "issue", "pages", "doi", "url", "no_link_reason"),
    *("study_type", "method", "sample", "setting", "country", "data_collection", "comparator", "limitations"),
    *("competing_interests", "registration", "access", "licence", "lived_experience", "field_sources"),
)
IMAGE_FIELDS = ("title", "description", "credit", "credit_url", "licence", "width", "height")
FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
DATE_PARTS = ("year", "month", "day")


def person_record(person: Person, photo: str) -> Record:
    """Return a person. The photo is named by its file, as `images` of the review has it."""
    return {**{name: getattr(person, name) for name in PERSON_FIELDS}, "photo": photo}


def audience_record(audience: Audience) -> Record:
    """Return an audience."""
    return {"slug": audience.slug, "name": audience.name, "description": audience.description}


def topic_record(topic: TopicPage) -> Record:
    """Return a topic."""
    return {"slug": topic.slug, "title": topic.title, "introduction": topic.introduction}


def image_record(image: CustomImage) -> Record:
    """Return an image. `sha1` is empty where nobody has asked for it yet; the focus is in pixels of the original."""
    focus = [getattr(image, name) for name in FOCUS]
    return {
        "file": image.file.name,
        "sha1": image.file_hash,
        **{name: getattr(image, name) for name in IMAGE_FIELDS},
        "focus": focus if None not in focus else None,
    }


def document_record(document: Any) -> Record:
    """Return a document."""
    return {"file": document.file.name, "sha1": document.file_hash, "title": document.title}


def study_record(study: Study, authors: list[str]) -> Record:
    """Return a study. Its authors are named by their slugs, in order."""
    return {
        **{name: getattr(study, name) for name in STUDY_FIELDS},
        "published": {part: getattr(study, f"publication_{part}") for part in DATE_PARTS},
        "authors": authors,
        "funders": [{"name": one.name, "ror": one.ror, "award": one.award} for one in study.funders.all()],
        "notices": {
            "status": study.retraction_status,
            "source": study.retraction_source,
            "checked_at": study.retraction_checked_at.isoformat() if study.retraction_checked_at else None,
        },
    }


def study_fields(record: Record) -> Record:
    """Return the fields of a study, for the model, from its record. Raises ValueError for a date that is none."""
    published, notices = record.get("published") or {}, record.get("notices") or {}
    checked_at = notices.get("checked_at")
    return {
        **{name: record[name] for name in STUDY_FIELDS if name in record},
        **{f"publication_{part}": published.get(part) for part in DATE_PARTS},
        "retraction_status": notices.get("status") or Study.Retraction.NOT_CHECKED,
        "retraction_source": notices.get("source") or "",
        "retraction_checked_at": parse_datetime(checked_at) if checked_at else None,
    }
