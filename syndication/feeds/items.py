"""Reviews as entries of a feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import PurePosixPath
from urllib.parse import urljoin

from django.template.loader import render_to_string
from django.utils import timezone

from core.feeds import Author, Category, Entry, FeedImage
from images.pictures import picture_of
from research_reviews.bylines import credited
from research_reviews.models import Person, ReviewPage, TopicPage
from research_reviews.study_box import StudyBox
from sponsors.conflicts import conflicts
from sponsors.current import current_sponsorship
from syndication.feeds.content import cleaned
from syndication.feeds.places import FEED, path_of
from syndication.feeds.reading import fetch_contents, studies_of, topics_of

IMAGE_TYPES = {".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png"}


@dataclass(frozen=True)
class EntryWriter:
    """Makes entries for readers elsewhere: every address begins with the site's own."""

    root: str
    site_name: str

    def entries(self, reviews: Sequence[ReviewPage]) -> list[Entry]:
        """Return the reviews as entries."""
        fetch_contents(reviews)
        boxes, topics = studies_of(reviews), topics_of(reviews)
        return [self.entry(review, boxes.get(review.pk, []), topics[review.pk]) for review in reviews]

    def entry(self, review: ReviewPage, boxes: list[StudyBox], topics: list[TopicPage]) -> Entry:
        """Return a review as an entry."""
        address, image = self.whole(path_of(review)), self.image(review)
        reviewers = review.reviewers
        others = [value["person"] for value in credited(review.credits) if value["person"] not in reviewers]
        others += [person for box in boxes for person in box.authors if person not in reviewers]
        return Entry(
            id=identity(review),
            url=address,
            title=review.title,
            html=self.html(review, address, boxes, image),
            summary=review.standfirst,
            published=published_at(review),
            updated=review.last_published_at or published_at(review),
            authors=self.people(reviewers),
            contributors=self.people(others),
            categories=[Category(topic.title, self.whole(path_of(topic))) for topic in topics],
            image=image,
            replies_url=f"{address}#responses" if review.responses_open else "",
            replies_feed=f"{address}responses/{FEED}" if review.responses_open else "",
        )

    def html(self, review: ReviewPage, address: str, boxes: list[StudyBox], image: FeedImage | None) -> str:
        """Return the whole text of a review."""
        sponsorship = current_sponsorship(review.topic)
        studies = (box.study for box in boxes)
        ties = [tie for tie in conflicts(sponsorship, studies) if tie.is_certain] if sponsorship else []
        context = {
            "review": review,
            "address": address,
            "boxes": boxes,
            "image": image,
            "sponsorship": sponsorship,
            "conflicts": ties,
            "site_name": self.site_name,
        }
        return cleaned(render_to_string("syndication/feed_review.html", context), address)

    def image(self, review: ReviewPage) -> FeedImage | None:
        """Return the header image in a format that every reader shows; nothing where its file is gone."""
        image = review.header_image
        rendition = picture_of(image, "header").fallback if image else None
        if image is None or rendition is None:
            return None
        suffix = PurePosixPath(rendition.file.name).suffix.lower()
        return FeedImage(
            url=self.whole(rendition.url),
            type=IMAGE_TYPES.get(suffix, "image/jpeg"),
            width=rendition.width,
            height=rendition.height,
            alt=image.alt_text,
            credit=image.credit,
            licence_url=image.licence_url,
        )

    def people(self, people: Iterable[Person]) -> list[Author]:
        """Return people, each once, with their page here."""
        return [Author(person.name, self.whole(path_of(person))) for person in dict.fromkeys(people)]

    def whole(self, path: str) -> str:
        """Return the whole address of a path; one that is whole already stays."""
        return urljoin(f"{self.root}/", path)


def identity(review: ReviewPage) -> str:
    """Return what a feed reader knows a review by for ever.

    Wagtail's key of the page and its translations: it outlives another slug, another place in the tree and another
    domain, none of which makes a review that people have read a new one.
    """
    return f"urn:uuid:{review.translation_key}"


def published_at(review: ReviewPage) -> datetime:
    """Return when the review appeared: the editor's date, to the minute where that is the day it went live."""
    went_live = review.first_published_at
    day = review.published_on
    if went_live and (not day or timezone.localdate(went_live) == day):
        return went_live
    return timezone.make_aware(datetime.combine(day, time())) if day else review.latest_revision_created_at
