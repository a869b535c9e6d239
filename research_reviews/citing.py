"""What is cited of reviews and studies, as records for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from research_reviews.citations.record import CitationRecord, Creator, Kind
from research_reviews.models import Finding, Person, Quote, Recommendation, ReviewPage, Study
from research_reviews.partial_date import PartialDate

Item = Finding | Quote | Recommendation

# What is published as a report even where it comes out in a series with a name.
REPORTED = {Study.StudyType.STATISTICS, Study.StudyType.INSPECTION}
# The same in every language: programs look for it.
RETRACTED = "RETRACTED: "
# Publishers build the DOI of a book from its ISBN.
ISBN = re.compile(r"97[89]-?(?:\d-?){10}(?!\d)")


def review_record(review: ReviewPage, address: str, site_name: str) -> CitationRecord:
    """Return a review as it is cited: a post on the site, by its reviewers. The address is its whole one."""
    day = review.date
    return CitationRecord(
        Kind.POST,
        review.title,
        creators(review.reviewers),
        container=site_name,
        issued=PartialDate(day.year, day.month, day.day) if day else None,
        url=address,
        language=language_tag(),
        abstract=review.standfirst,
    )


def study_record(study: Study) -> CitationRecord:
    """Return a study as what it is. Whoever asks for several fetches their authors along (`study_boxes`)."""
    return CitationRecord(
        kind_of(study),
        cited_title(study),
        creators(link.person for link in study.study_authors.all()),
        container=study.container,
        publisher=study.publisher,
        volume=study.volume,
        issue=study.issue,
        pages=study.pages,
        issued=study.publication_date,
        doi=study.doi,
        url=study.url or study.doi_url,
    )


def cited_title(study: Study) -> str:
    """Return title and subtitle; those of a retracted study begin with the word that NISO RP-45 has for it."""
    title = study.full_title
    is_retracted = study.retraction_status == Study.Retraction.RETRACTED and not title.upper().startswith("RETRACTED")
    return f"{RETRACTED}{title}" if is_retracted else title


def item_record(review: CitationRecord, item: Item) -> CitationRecord:
    """Return a finding, quote or recommendation as a part of its review: with its permalink and its words."""
    return replace(review, url=f"{review.url}#{item.anchor}", note=place_of(item), abstract="")


def place_of(item: Item) -> str:
    """Return where in its review an item stands and what it says, for want of pages."""
    if isinstance(item, Finding):
        return _("Finding: %(heading)s") % {"heading": item.heading}
    if isinstance(item, Recommendation):
        return _("Recommendation: “%(text)s”") % {"text": item.text}
    quote, source = _("Quote: “%(words)s”") % {"words": item.words}, source_of(item)
    return f"{quote} ({source})" if source else quote


def words_of(item: Item) -> str:
    """Return what an item says."""
    if isinstance(item, Quote):
        return item.words
    return item.text if isinstance(item, Recommendation) else item.heading


def source_of(item: Item) -> str:
    """Return whose words they are, as far as the review says: of a finding nobody's but the reviewer's."""
    if isinstance(item, Quote):
        return ", ".join(filter(None, [item.speaker, item.source, item.page]))
    return item.attribution if isinstance(item, Recommendation) else ""


def creators(people: Iterable[Person]) -> tuple[Creator, ...]:
    """Return people as authors, in their order; each once, as a review may credit somebody twice."""
    return tuple(
        Creator(person.name, person.family_name, person.given_name, person.is_organisation)
        for person in dict.fromkeys(people)
    )


def kind_of(study: Study) -> Kind:
    """Return what a study is, by what is known of where it came out."""
    if study.volume or study.issue:
        return Kind.ARTICLE
    if not study.container and ISBN.search(study.doi):
        return Kind.BOOK
    if study.study_type in REPORTED:
        return Kind.REPORT
    if study.container and study.container != study.publisher:
        return Kind.ARTICLE
    return Kind.REPORT if study.publisher else Kind.DOCUMENT


def language_tag() -> str:
    """Return the language that the site speaks, as BCP 47 writes it: en-GB."""
    return to_locale(get_language() or "").replace("_", "-")
