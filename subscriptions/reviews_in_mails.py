"""What a mail shows of reviews: everything asked for here, so that the templates only arrange."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from core.site_address import absolute
from images.models import CustomImage
from images.pictures import picture_of
from research_reviews.bylines import sentence
from research_reviews.models import Person, ReviewPage, Study
from research_reviews.notices import TEXTS, WARNED, notice_of
from sponsors.current import current_sponsorship

# A digest of more would be cut off by some mail programs; the site has them all.
MOST_IN_A_DIGEST = 30
# A long list of names is given on the site.
MOST_NAMES = 40


@dataclass(frozen=True)
class MailImage:
    """An image in a format and width that mail programs show."""

    url: str
    alt: str
    credit: str


@dataclass(frozen=True)
class Names:
    """People under one heading, and how many more there are."""

    heading: str
    names: list[str]
    more: int


@dataclass(frozen=True)
class SponsorLine:
    """Who pays, and where their own site is."""

    sentence: str
    tagline: str
    website: str
    host: str


@dataclass(frozen=True)
class MailedReview:
    """A review as a mail shows it."""

    title: str
    url: str
    standfirst: str
    topic: str
    # That its publisher has retracted the study or warned of it.
    warning: str = ""
    byline: str = ""
    key_messages: list[str] = field(default_factory=list)
    credits: list[Names] = field(default_factory=list)
    image: MailImage | None = None


def review_parts(review: ReviewPage) -> dict[str, Any]:
    """Return what the mail of one review shows."""
    shown = MailedReview(
        title=review.title,
        url=address_of(review),
        standfirst=review.standfirst,
        topic=review.topic.title if review.topic else "",
        warning=warning_of(review),
        key_messages=[str(message.value) for message in review.key_messages],
        credits=[names(group.heading, group.credits) for group in review.credit_groups],
        image=image_of(review.header_image),
    )
    return {"review": shown, "sponsors": sponsor_lines([review])}


def digest_parts(reviews: QuerySet[ReviewPage]) -> dict[str, Any]:
    """Return what a digest of the reviews shows, with the picture of the first alone."""
    pages: list[ReviewPage] = list(reviews.for_cards()[: MOST_IN_A_DIGEST + 1])  # type: ignore[attr-defined]
    pages, rest = pages[:MOST_IN_A_DIGEST], pages[MOST_IN_A_DIGEST:]
    return {
        "reviews": [in_digest(page, with_image=not place) for place, page in enumerate(pages)],
        "more": reviews.count() - len(pages) if rest else 0,
        "more_url": absolute("/reviews/"),
        "sponsors": sponsor_lines(pages),
    }


def in_digest(review: ReviewPage, *, with_image: bool) -> MailedReview:
    """Return a review as one of several."""
    return MailedReview(
        title=review.title,
        url=address_of(review),
        standfirst=review.standfirst,
        topic=review.topic.title if review.topic else "",
        warning=str(TEXTS[Study.Retraction.RETRACTED]) if review.has_retracted_study else "",
        byline=byline(review.reviewers_in_lists),
        image=image_of(review.header_image) if with_image else None,
    )


def warning_of(review: ReviewPage) -> str:
    """Return what readers are told of the study before anything else, where they should not trust it."""
    studies = [link.study for link in review.review_studies.select_related("study")]
    notices = (notice_of(study) for study in studies if study.retraction_status in WARNED)
    return next((str(notice.text) for notice in notices if notice), "")


def address_of(review: ReviewPage) -> str:
    """Return the review's whole address."""
    parts = review.get_url_parts()
    return absolute(parts[2]) if parts else absolute("/")


def byline(people: list[Person]) -> str:
    """Return the names as they follow each other in a sentence."""
    return "".join(f"{name.before}{name.person.name}" for name in sentence(people[:MOST_NAMES]))


def names(heading: str, credits_: list[Any]) -> Names:
    """Return the credited people with what the editor calls each."""
    shown = [
        f"{credit['person'].name} ({credit['descriptor']})" if credit.get("descriptor") else credit["person"].name
        for credit in credits_[:MOST_NAMES]
    ]
    return Names(heading, shown, len(credits_) - len(shown))


def image_of(image: CustomImage | None) -> MailImage | None:
    """Return the image as a JPEG of 1200 pixels at most; nothing where its file is gone."""
    rendition = picture_of(image, "header").fallback if image else None
    if image is None or rendition is None:
        return None
    url = rendition.url if "://" in rendition.url else absolute(rendition.url)
    return MailImage(url, image.alt_text, image.credit)


def sponsor_lines(reviews: list[ReviewPage]) -> list[SponsorLine]:
    """Return who sponsors the topics of the reviews today, each once."""
    found = (current_sponsorship(review.topic) for review in reviews)
    running = {sponsorship.pk: sponsorship for sponsorship in found if sponsorship}
    return [
        SponsorLine(
            sentence=sponsorship.sentence,
            tagline=sponsorship.sponsor.tagline,
            website=sponsorship.sponsor.website,
            host=sponsorship.sponsor.host,
        )
        for sponsorship in running.values()
    ]
