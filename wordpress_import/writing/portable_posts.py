"""A post that carries a whole review of ours becomes that review again.

`manage.py export_site` writes it into the custom field `_research_review`. What the item itself says of its state, its
topics and its responses counts, as it does of any post; everything else comes from the review.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from images.models import CustomImage
from research_reviews.models import Person, ReviewPage, Study
from research_reviews.portable import PortableError, SiteThings, from_json
from research_reviews.portable.records import Record
from wordpress_import.models import ImportedItem, Outcome
from wordpress_import.records import ItemRecord
from wordpress_import.writing.made import Made
from wordpress_import.writing.memory import WORK
from wordpress_import.writing.reviews import Desk, take_responses
from wordpress_import.writing.standing import Standing, standing_of
from wordpress_import.writing.survey import POST, first
from wordpress_import.writing.things import PostThings

FIELD = "_research_review"
CHOSEN = "chosen "
# What an update brings in that other posts do not have.
COPIED = (
    *("no_study_reason", "key_messages", "interests", "listing_title", "listing_summary", "listing_image_id"),
    *("social_image_id", "show_in_menus", "expire_at"),
)
OF_IMAGES = ("description", "credit", "credit_url", "licence")
FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def carried(item: ItemRecord, row: ImportedItem, desk: Desk) -> Made | None:
    """Return the review that a post carries, with its key; None where it carries none that can be read.

    Nothing of it is written yet but people, audiences, topics and studies. One that is damaged is reported, and its
    text read like that of any post.
    """
    if item.kind != POST or not first(item.meta, FIELD):
        return None
    things = CarriedThings(item, desk)
    try:
        data = json.loads(first(item.meta, FIELD))
        review = from_json(data, things)
    except (PortableError, ValueError, RecursionError) as error:
        said = _("post %(id)s carries a review that cannot be read, so its text was read instead: %(why)s")
        desk.ledger.note(said % {"id": item.wp_id, "why": error})
        return None
    standing = standing_of(item, desk.now)
    settle(review, standing, data)
    made = Made(row, item, desk.site, standing, review, copied=COPIED)
    review.topic_id, made.topics = desk.topics.of(item)
    made.studies = [link.study_id for link in review.review_studies.all()]
    made.chosen = [link.chosen_id for link in review.chosen_reviews.all()]
    if made.chosen:
        work = desk.memory.new(WORK, f"{CHOSEN}{item.wp_id}")
        made.later = [work.becomes(Outcome.PLANNED, object_id=row.object_id, missing=made.chosen)]
    take_responses(made, desk)
    row.missing = things.post.missing
    made.notes += [*item.problems, *([standing.note] if standing.note else [])]
    return made


def settle(review: ReviewPage, standing: Standing, data: Record) -> None:
    """Give the review the state that the item has, and the moments that the review itself knows better."""
    review.live, review.has_unpublished_changes = standing.live, not standing.live
    review.draft_title = review.title
    review.expired = not standing.live and data["status"] == "expired"
    review.go_live_at = standing.goes_live_at or review.go_live_at
    if standing.live:
        review.first_published_at = review.first_published_at or standing.published
        review.last_published_at = review.last_published_at or review.first_published_at


class CarriedThings:
    """What there is here of what a carried review refers to. Files and pages are found as those of other posts are."""

    def __init__(self, item: ItemRecord, desk: Desk) -> None:
        self.desk = desk
        if desk.carried is None:
            desk.carried = SiteThings()
        self.shared: SiteThings = desk.carried
        self.post = PostThings(desk.things, desk.library, f"{desk.site.record.key} {item.kind} {item.wp_id}")

    def person(self, record: Record, photo: int | None) -> int | None:
        """Return the person, put into the library where there is none, and known to the posts that follow."""
        is_first = ("person", record["slug"]) not in self.shared.found
        pk = self.shared.person(record, photo)
        if pk and is_first:
            self.desk.things.directory.add(Person.objects.get(pk=pk))
        return pk

    def audience(self, record: Record) -> int | None:
        """Return the audience, made where there is none."""
        return self.shared.audience(record)

    def topic(self, record: Record) -> int | None:
        """Return none: the post's categories say which topics it has, and they may be mapped to others."""
        return None

    def study(self, record: Record, authors: list[int]) -> Study | None:
        """Return the study, made where there is none."""
        return self.shared.study(record, authors)

    def image(self, record: Record) -> int | None:
        """Return the image, with what only the review knows of it."""
        pk = self.post.image(self._url(record))
        if pk:
            self.shared.once("dressed", record["file"], lambda: dressed(pk, record))
        return pk

    def document(self, record: Record) -> int | None:
        """Return the document."""
        return self.post.document(self._url(record))

    def page(self, path: str) -> int | None:
        """Return the page that was at the path: one of the export, written yet or not, else one that is here."""
        local = self.desk.site.old.local(path)
        return (self.desk.links.page(local) if local else None) or self.shared.page(path)

    def is_taken(self, key: UUID) -> bool:
        """Whether a page of the site has the key already."""
        return self.shared.is_taken(key)

    def _url(self, record: Record) -> str:
        """Return the address that the export gives for a file of the review."""
        number = self.desk.site.files_by_path.get(record["file"])
        file = self.desk.site.files.get(number) if number else None
        return file.url if file else str(record["file"])


def dressed(pk: int, record: Record) -> CustomImage | None:
    """Give an image what the review knows of it and nobody has written here. Returns the image."""
    image = CustomImage.objects.filter(pk=pk).first()
    if image is None:
        return None
    changes: dict[str, Any] = {name: record[name] for name in OF_IMAGES if record[name] and not getattr(image, name)}
    if record.get("focus") and image.focal_point_x is None:
        changes.update(zip(FOCUS, record["focus"], strict=True))
    if changes:
        CustomImage.objects.filter(pk=pk).update(**changes)
    return image
