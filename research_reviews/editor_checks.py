"""What a good editor would catch in a review before readers do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.rich_text import RichText

from core.blocks import LEFTOVER
from core.editor_checks import Check, Level, register_check
from core.querysets import is_listed
from images.models import CustomImage
from research_reviews.blocks.credits import Contribution
from research_reviews.blocks.recommendations import OTHER_BODY
from research_reviews.bylines import credited, reviewers
from research_reviews.identifiers import is_doi
from research_reviews.models import ReviewPage, Study, TopicPage
from research_reviews.notices import NOTICED, WARNED, fetch_notices
from research_reviews.quote_marks import are_balanced
from research_reviews.readiness import gaps

SMALL_HEADING = re.compile(r"<h([34])\b")
LONG_STANDFIRST = 250


@register_check(ReviewPage)
def what_publishing_asks_for(review: ReviewPage) -> Iterator[Check]:
    """What the review cannot be published without."""
    for gap in gaps(review):
        yield Check(_("Needed for publishing: %(gap)s.") % {"gap": gap.name}, field=gap.field)


@register_check(ReviewPage)
def issues_without_section(review: ReviewPage) -> Iterator[Check]:
    """A key issue that the list promises and no section tells."""
    for block in blocks_of(review, "findings"):
        for issue in block.value.numbered_issues:
            label = issue.value.get("label")
            if label and not issue.value.has_section:
                message = _("The issue “%(label)s” is listed but has no section.") % {"label": label}
                yield Check(message, Level.ADVICE, block_id=issue.block_id)


@register_check(ReviewPage)
def recommendations_without_attribution(review: ReviewPage) -> Iterator[Check]:
    """Recommendations of which a reader cannot tell who makes them."""
    for block in blocks_of(review, "recommendations"):
        if block.value.attribution:
            continue
        if block.value.get("made_by") == OTHER_BODY:
            yield Check(_("The recommendations are another body's: name it."), block_id=block.id)
        else:
            yield Check(_("The recommendations do not say who makes them."), block_id=block.id)


@register_check(ReviewPage)
def quotes_without_source(review: ReviewPage) -> Iterator[Check]:
    """A quote that names neither who speaks nor where it stands, or whose quote marks do not match."""
    for block in blocks_of(review, "quote"):
        words = block.value.get("words") or ""
        start = {"words": f"{words[:40].strip()}…" if len(words) > 40 else words}
        if words and not block.value.is_sourced:
            yield Check(_("The quote “%(words)s” does not say where it comes from.") % start, block_id=block.id)
        if not are_balanced(words):
            yield Check(
                _("In the quote “%(words)s” a quote mark is not closed or not opened.") % start, block_id=block.id
            )


@register_check(ReviewPage)
def images_without_credit_or_description(review: ReviewPage) -> Iterator[Check]:
    """An image whose maker is not named, or that a reader who cannot see it would miss."""
    if image := review.header_image:
        yield from image_checks(image, field="header_image")
    else:
        message = _("There is no header image. Lists and shared links look bare without.")
        yield Check(message, Level.ADVICE, "header_image")
    for block in blocks_of(review, "image"):
        if image := block.value.get("image"):
            yield from image_checks(image, block_id=block.id)


def image_checks(image: CustomImage, field: str = "", block_id: str = "") -> Iterator[Check]:
    """Yield what the image in the field or block lacks."""
    title = {"title": image.title}
    if not image.credit:
        yield Check(_("The image “%(title)s” has no credit.") % title, field=field, block_id=block_id)
    if not getattr(image, "decorative", False) and not image.alt_text:
        message = _("The image “%(title)s” has no description for people who cannot see it.") % title
        yield Check(message, field=field, block_id=block_id)


@register_check(ReviewPage)
def what_an_import_left_over(review: ReviewPage) -> Iterator[Check]:
    """Something that only the old site could show, and of which readers here see nothing."""
    for block in blocks_of(review, LEFTOVER):
        name = {"name": block.value.get("name") or _("without a name")}
        message = _("Readers do not see what the old site showed here (%(name)s). Replace it or take it out.") % name
        yield Check(message, Level.ADVICE, block_id=block.id)


@register_check(ReviewPage)
def skipped_heading_levels(review: ReviewPage) -> Iterator[Check]:
    """A smallest heading with no small heading above it, by which a screen reader's outline has a hole."""
    for block in review.body:
        if block.block_type == "findings":
            for issue in block.value.numbered_issues:
                texts = [child.value for child in issue.value["body"] if child.block_type == "prose"]
                yield from heading_checks(texts, issue.block_id)
        elif isinstance(block.value, StructValue):
            yield from heading_checks([text for text in block.value.values() if isinstance(text, RichText)], block.id)


def heading_checks(texts: list[RichText], block_id: str) -> Iterator[Check]:
    """Yield a check where the first heading in the texts is of the smallest kind."""
    levels = [level for text in texts for level in SMALL_HEADING.findall(text.source)]
    if levels and levels[0] == "4":
        message = _("A heading of the fourth level (H4) comes before any of the third (H3). Make it an H3.")
        yield Check(message, block_id=block_id)


@register_check(ReviewPage)
def studies_that_mislead(review: ReviewPage) -> Iterator[Check]:
    """A study whose DOI leads nowhere, or that a reader cannot find."""
    for study in studies_of(review):
        title = {"title": study.title}
        if study.doi and not is_doi(study.doi):
            yield Check(_("The DOI of the study “%(title)s” is malformed.") % title, field="review_studies")
        if not study.link and not study.no_link_reason:
            yield Check(_("The study “%(title)s” has neither DOI nor address.") % title, field="review_studies")


@register_check(ReviewPage)
def studies_with_notices(review: ReviewPage) -> Iterator[Check]:
    """A study that its publisher has warned of or corrected, until somebody has dealt with it."""
    studies = studies_of(review)
    fetch_notices(studies)
    for study in studies:
        if study.retraction_status in WARNED:
            yield Check(
                _("The publisher has warned of the study “%(title)s” (%(notice)s). The review should say so.")
                % {"title": study.title, "notice": study.get_retraction_status_display().lower()},
                field="review_studies",
            )
        elif study.retraction_status in NOTICED and any(notice.is_open for notice in study.notices.all()):
            yield Check(
                _("The study “%(title)s” has been corrected. Check whether what the review says still holds.")
                % {"title": study.title},
                Level.ADVICE,
                field="review_studies",
            )


@register_check(ReviewPage)
def credits_that_raise_questions(review: ReviewPage) -> Iterator[Check]:
    """No reviewer, someone named twice for the same thing, or a reviewer who judges their own study."""
    by = reviewers(review.credits)
    if not by:
        yield Check(_("Nobody is credited as the author of this review."), Level.ADVICE, "credits")
    seen = set()
    for value in credited(review.credits):
        credit = (value["person"].pk, value["contribution"])
        if credit in seen:
            contribution = str(Contribution(value["contribution"]).label).lower()
            message = _("%(name)s is credited twice as %(contribution)s.")
            yield Check(message % {"name": value["person"].name, "contribution": contribution}, field="credits")
        seen.add(credit)
    authors = {author.person_id for study in studies_of(review) for author in study.study_authors.all()}
    for person in by:
        if person.pk in authors:
            message = _("%(name)s reviews a study of their own. Say so under the reviewer's interests.")
            yield Check(message % {"name": person.name}, Level.ADVICE, "interests")


@register_check(ReviewPage)
def chosen_reviews_that_nobody_meets(review: ReviewPage) -> Iterator[Check]:
    """A related review that the editor has chosen and readers cannot see."""
    for link in review.chosen_reviews.all():
        if not is_listed(link.chosen):
            message = _("The related review “%(title)s” is not public: readers are led to another in its place.")
            yield Check(message % {"title": link.chosen.title}, Level.ADVICE, "chosen_reviews")


@register_check(ReviewPage)
def words_that_run_long(review: ReviewPage) -> Iterator[Check]:
    """A standfirst that is no longer one."""
    if len(review.standfirst) > LONG_STANDFIRST:
        message = _("The standfirst has %(count)d characters. Readers take in about %(limit)d at a glance.")
        yield Check(message % {"count": len(review.standfirst), "limit": LONG_STANDFIRST}, Level.ADVICE, "standfirst")


@register_check(TopicPage)
def topics_that_say_too_little(topic: TopicPage) -> Iterator[Check]:
    """A topic that readers meet without a word about it."""
    if not topic.introduction:
        yield Check(
            _("The topic has no introduction: what is it, and why does it matter?"), Level.ADVICE, "introduction"
        )
    if topic.image:
        yield from image_checks(topic.image, field="image")


def studies_of(review: ReviewPage) -> list[Study]:
    """Return the studies of the draft, those not saved yet included."""
    return [link.study for link in review.review_studies.all()]


def blocks_of(review: ReviewPage, block_type: str) -> Iterator[StreamValue.StreamChild]:
    """Yield the blocks of the type, in the body and in the sections of its issues."""
    for block in review.body:
        if block.block_type == block_type:
            yield block
        if block.block_type == "findings":
            for issue in block.value.numbered_issues:
                yield from (child for child in issue.value["body"] if child.block_type == block_type)
