"""The pages that say how to cite a review, its studies and what it says, and the files for reference managers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from core.page_cache import register_moment
from core.routing import listed_page
from research_reviews.citations import bibtex, csl_json, ris
from research_reviews.citations.record import CitationRecord
from research_reviews.citations.styles import STYLES, Style, cite
from research_reviews.citing import Item, item_record, review_record, source_of, study_record, words_of
from research_reviews.models import Finding, Quote, Recommendation, ReviewPage
from research_reviews.partial_date import PartialDate
from research_reviews.study_box import study_boxes
from site_settings.models import BrandSettings

REVIEW = "review"
STUDY = re.compile(r"study-([1-9][0-9]{0,3})")
ITEM_HEADINGS = {
    Finding: _lazy("Cite this finding"),
    Quote: _lazy("Cite this quote"),
    Recommendation: _lazy("Cite this recommendation"),
}
ITEMS: dict[str, Any] = {model.anchor_prefix: model for model in ITEM_HEADINGS}


@dataclass(frozen=True)
class Format:
    """A kind of file that reference managers read."""

    name: str
    media_type: str
    write: Callable[[CitationRecord], str]


FORMATS = {
    "ris": Format("RIS", ris.MEDIA_TYPE, ris.write),
    "bib": Format("BibTeX", bibtex.MEDIA_TYPE, bibtex.write),
    "json": Format("CSL-JSON", csl_json.MEDIA_TYPE, csl_json.write),
}


@dataclass(frozen=True)
class Reference:
    """A work in a style, and the id of its text on the page."""

    style: Style
    anchor: str
    html: SafeString


@dataclass(frozen=True)
class Work:
    """Something that can be cited, as its part of the page shows it. `what` names it in addresses."""

    path: str
    what: str
    heading: str
    record: CitationRecord

    @property
    def references(self) -> list[Reference]:
        """The work in every style."""
        return [
            # citations.styles has escaped everything in it.
            Reference(style, f"{self.what}-{style.name.lower()}", SafeString(cite(self.record, style)))
            for style in STYLES
        ]

    @property
    def files(self) -> list[tuple[str, str]]:
        """The name and the address of the work's file in each format."""
        return [
            (known.name, reverse("research_reviews:citation", args=[self.path, self.what, suffix]))
            for suffix, known in FORMATS.items()
        ]


@require_safe
def cite_review(request: HttpRequest, path: str) -> HttpResponse:
    """Show how to cite the review and how to cite what it is about."""
    review = listed_page(request, path, ReviewPage)
    own = Work(path, REVIEW, _("This review"), record_of(request, review))
    records = study_records(review)
    studies = [
        Work(path, f"study-{number}", study_heading(number, len(records)), record)
        for number, record in enumerate(records, start=1)
    ]
    context = {"review": review, "heading": _("Cite"), "works": [own, *studies]}
    return render(request, "research_reviews/cite.html", context)


@require_safe
def cite_item(request: HttpRequest, path: str, anchor: str) -> HttpResponse:
    """Show what a finding, quote or recommendation says and how to cite it."""
    review = listed_page(request, path, ReviewPage)
    item = item_at(review, anchor)
    work = Work(path, anchor, _("As part of the review"), item_record(record_of(request, review), item))
    said = {
        "heading": ITEM_HEADINGS[type(item)],
        "item": item,
        "words": words_of(item),
        "source": source_of(item),
        "permalink": work.record.url,
    }
    return render(request, "research_reviews/cite.html", {"review": review, "works": [work], **said})


@require_safe
def citation(request: HttpRequest, path: str, what: str, suffix: str) -> HttpResponse:
    """Answer with the file that a reference manager takes."""
    review, known = listed_page(request, path, ReviewPage), FORMATS[suffix]
    record = record_named(request, review, what)
    response = HttpResponse(known.write(record), content_type=f"{known.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{record.key}.{suffix}"'
    return response


def record_named(request: HttpRequest, review: ReviewPage, what: str) -> CitationRecord:
    """Return the record that an address names. Raises Http404 where the review has none of that name."""
    if what == REVIEW:
        return record_of(request, review)
    if not (study := STUDY.fullmatch(what)):
        return item_record(record_of(request, review), item_at(review, what))
    records = study_records(review)
    if int(study[1]) > len(records):
        raise Http404
    return records[int(study[1]) - 1]


def record_of(request: HttpRequest, review: ReviewPage) -> CitationRecord:
    """Return the review as it is cited today."""
    record = review_record(review, review.get_full_url(request), BrandSettings.for_request(request).site_name)
    return replace(record, accessed=today())


def study_records(review: ReviewPage) -> list[CitationRecord]:
    """Return the review's studies as they are cited today, in the editor's order."""
    boxes = study_boxes([link.study for link in review.review_studies.select_related("study")])
    return [replace(study_record(box.study), accessed=today()) for box in boxes]


def study_heading(number: int, count: int) -> str:
    """Return what the page calls a study."""
    return _("The study") if count == 1 else _("Study %(number)d") % {"number": number}


def item_at(review: ReviewPage, anchor: str) -> Item:
    """Return what the published review says at the anchor. Raises Http404 where there is nothing (any more)."""
    prefix, _dash, block_id = anchor.partition("-")
    if prefix not in ITEMS:
        raise Http404
    item: Item = get_object_or_404(ITEMS[prefix].objects.listed(), review=review, block_id=block_id)
    return item


def today() -> PartialDate:
    """Return the day on which the page is read."""
    day = timezone.localdate()
    return PartialDate(day.year, day.month, day.day)


@register_moment
def next_day(now: datetime) -> datetime:
    """Return when the day changes, and with it the date of access in what is cited."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
