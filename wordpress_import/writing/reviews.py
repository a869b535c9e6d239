"""A post becomes a review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from research_reviews.blocks import Contribution
from research_reviews.drafting import studies
from research_reviews.drafting.filling import fill
from research_reviews.drafting.markup import beginning, plain
from research_reviews.intake.draft import Draft, StudyDraft
from research_reviews.models import ReviewPage
from research_reviews.portable import SiteThings as CarriedThings
from wordpress_import.content.contract import Converted
from wordpress_import.models import ImportedItem
from wordpress_import.records import ItemRecord
from wordpress_import.writing import responses
from wordpress_import.writing.addresses import OldSite, upload_path
from wordpress_import.writing.authors import Authors
from wordpress_import.writing.files import plain as plain_html
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.library import SiteLibrary
from wordpress_import.writing.linking import Links, rewritten
from wordpress_import.writing.made import Made, dress, title_of
from wordpress_import.writing.memory import Memory
from wordpress_import.writing.slugs import slug_in
from wordpress_import.writing.standing import standing_of
from wordpress_import.writing.survey import SiteSurvey, first
from wordpress_import.writing.tags import Tags
from wordpress_import.writing.things import PostThings, SiteThings
from wordpress_import.writing.topics import Topics

STANDFIRST = 400


@dataclass
class Desk:
    """What the making of pages of one old site needs."""

    site: SiteSurvey
    memory: Memory
    things: SiteThings
    authors: Authors
    topics: Topics
    tags: Tags
    library: SiteLibrary
    links: Links
    ledger: Ledger
    now: datetime
    # What reviews that posts carry have found or made so far.
    carried: CarriedThings | None = None


def make(item: ItemRecord, converted: Converted, draft: Draft, row: ImportedItem, desk: Desk) -> Made:
    """Return the review that a post becomes, with its key; nothing of it is written yet but people, topics and tags."""
    things = PostThings(desk.things, desk.library, f"{desk.site.record.key} {item.kind} {item.wp_id}")
    standing = standing_of(item, desk.now)
    review = ReviewPage(responses_open=item.comments_open)
    title = title_of(item, plain(draft.title) or _untitled(draft, item))
    blocks = rewritten(draft.body, desk.links.tag)
    body = [replace(block, value=things.without_kept_credits(block.value)) for block in blocks]
    fill(review, replace(draft, title=title, body=body), things)
    review.slug = slug_in(item.slug) or title
    review.standfirst = review.standfirst or beginning(plain_html(item.excerpt), STANDFIRST)
    dress(review, item, standing)
    moment = standing.published or standing.goes_live_at or item.published
    review.published_on = timezone.localdate(moment) if moment else None
    _credit(review, desk.authors.of(item), things)
    made = Made(row, item, desk.site, standing, review)
    made.tags = desk.tags.of(item)
    _topics(made, desk)
    _header(made, things, desk)
    _study(made, draft, things, desk)
    take_responses(made, desk)
    row.missing = things.missing
    made.notes += [*item.problems, *converted.problems, *([standing.note] if standing.note else [])]
    return made


def _untitled(draft: Draft, item: ItemRecord) -> str:
    for block in draft.body:
        heading = block.value.get("heading") if isinstance(block.value, dict) else ""
        if heading:
            return str(heading)
    return _("Untitled (%d)") % item.wp_id


def _credit(review: ReviewPage, people: list[int], things: PostThings) -> None:
    """Name who wrote the review, before whom the text names."""
    named = list(review.credits.raw_data)
    there = {(block["value"]["person"], block["value"]["contribution"]) for block in named}
    mine = [
        {
            "type": "credit",
            "id": things.block_id(f"author.{place}"),
            "value": {"person": pk, "contribution": Contribution.REVIEW_AUTHOR.value, "descriptor": ""},
        }
        for place, pk in enumerate(people)
        if (pk, Contribution.REVIEW_AUTHOR) not in there
    ]
    field: Any = review._meta.get_field("credits")
    review.credits = StreamValue(field.stream_block, [*mine, *named], is_lazy=True)


def _topics(made: Made, desk: Desk) -> None:
    topic, others = desk.topics.of(made.item)
    made.page.topic_id, made.topics = topic, others
    if not topic:
        made.notes.append(_("It is in no category that is a topic here."))


def _header(made: Made, things: PostThings, desk: Desk) -> None:
    number = first(made.item.meta, "_thumbnail_id")
    if not number.isdigit() or number == "0":
        return
    file = desk.site.files.get(int(number))
    if not file:
        made.notes.append(_("Its featured image (%s) is not in the export.") % number)
    elif pk := things.image(file.url):
        made.page.header_image_id = pk


def _study(made: Made, draft: Draft, things: PostThings, desk: Desk) -> None:
    """Put the study that the text names into the library, once, with who is credited as its author."""
    meant = study_meant(draft.study, desk.site.old)
    if meant is None:
        return
    authors = [credit for credit in draft.credits if credit.contribution == Contribution.STUDY_AUTHOR]
    study = studies.find_or_make(meant, [pk for credit in authors if (pk := things.person(credit))])
    if study:
        made.studies.append(study.pk)


def study_meant(study: StudyDraft, old: OldSite) -> StudyDraft | None:
    """Return the study that a text is about; None where there is only a link, of which nobody says that it is one.

    Nobody looks through the guesses of thousands of posts, and most of their links lead to other posts.
    """
    is_post = bool(study.url) and old.local(study.url) is not None and not upload_path(study.url)
    if is_post:
        return replace(study, url="") if study.doi else None
    return study if study.doi or study.title or study.said else None


def take_responses(made: Made, desk: Desk) -> None:
    """Give a review the responses of its post, and count those that are none."""
    made.comments, left_out = responses.kept(made.item.comments)
    for kind, number in left_out.items():
        made.counts[kind, "skipped"] = number
    if number := responses.orphans(made.comments):
        made.notes.append(_("%d responses answer one that is not in the export: they begin threads.") % number)
