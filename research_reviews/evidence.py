"""Writes what a published review says into rows, and takes the rows away with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import reduce
from html import unescape
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.rich_text import RichText

from core.prefetch import choices_in, fetch_choices
from core.snapshot import snapshot
from research_reviews import tallies
from research_reviews.blocks.findings import Issue
from research_reviews.models import Credit, EvidenceSource, Finding, Quote, Recommendation, ReviewPage
from research_reviews.models.evidence import Voice

STEP = 500


def refresh(review: ReviewPage) -> None:
    """Make the rows of a review what its published body says; none where the public may not see it."""
    with transaction.atomic():
        # Two editors may publish at once: the second waits for the first one's rows. Who writes a row that leads to
        # the review (no_key) does not have to wait, or two who publish reviews related to one another could for ever.
        locked = ReviewPage.objects.select_for_update(of=("self",), no_key=True).filter(pk=review.pk).first()
        before = tallies.contributions([review.pk])
        delete_rows([review.pk])
        if locked and ReviewPage.objects.listed().filter(pk=review.pk).exists():
            write_all([EvidenceWriter(locked).collect()])
            tallies.count([review.pk])
        tallies.change_map(before, tallies.contributions([review.pk]))


def write_new(reviews: Iterable[ReviewPage]) -> None:
    """Write the rows of reviews that have none and that nobody else knows of yet, as of those just written in bulk.

    Those that the public may not see get none. Call it inside the transaction that writes the reviews.
    """
    by_key = {review.pk: review for review in reviews}
    listed = list(ReviewPage.objects.listed().filter(pk__in=by_key).order_by("pk").values_list("pk", flat=True))
    with snapshot(shares=False):
        writers = [by_key[pk] for pk in listed]
        fetch_choices(choices_in(*(stream for review in writers for stream in (review.body, review.credits))))
        write_all([EvidenceWriter(review).collect() for review in writers])
    tallies.count(listed)
    tallies.change_map(Counter(), tallies.contributions(listed))


def write_all(writers: list[EvidenceWriter]) -> None:
    """Write what was collected, and the credits: a few queries, however many reviews there are."""
    recommendations = [pair for writer in writers for pair in writer.recommendations.values()]
    spoken_to = Recommendation.audiences.through
    batches: list[tuple[type[Any], Iterable[Any]]] = [
        (Credit, (row for writer in writers for row in credit_rows(writer.review))),
        (Finding, (row for writer in writers for row in writer.findings.values())),
        (Quote, (row for writer in writers for row in writer.quotes.values())),
        (Recommendation, (row for row, _audiences in recommendations)),
        (
            spoken_to,
            (
                spoken_to(recommendation=row, audience=audience)
                for row, audiences in recommendations
                for audience in dict.fromkeys(audiences)
            ),
        ),
    ]
    for model, rows in batches:
        model._default_manager.bulk_create(rows, batch_size=STEP)


def remove(reviews: Iterable[int]) -> None:
    """Take away every row of the reviews with these keys."""
    keys = list(reviews)
    for start in range(0, len(keys), STEP):
        some = keys[start : start + STEP]
        with transaction.atomic():
            tallies.hold(some)
            before = tallies.contributions(some)
            delete_rows(some)
            tallies.change_map(before, Counter())


def refresh_below(page: Page) -> None:
    """Write the rows of what is listed now at or below the page or an alias of it, and take away those of the rest."""
    paths = [page.path, *page.aliases.values_list("path", flat=True)]
    reviews = ReviewPage.objects.filter(reduce(or_, (Q(path__startswith=path) for path in paths)))
    listed = reviews.listed()
    remove(
        reviews.filter(evidence_source__isnull=False).exclude(pk__in=listed.values("pk")).values_list("pk", flat=True)
    )
    for review in listed.filter(evidence_source__isnull=True).iterator():
        refresh(review)


def delete_rows(reviews: list[int]) -> None:
    """Delete what is written and counted of the reviews. The map is left alone."""
    for model in (Quote, Finding, Recommendation, Credit, EvidenceSource):
        model._default_manager.filter(review__in=reviews).delete()


class EvidenceWriter:
    """Collects the rows of one review, by block id, and writes them.

    Where two blocks carry the same id, as copied data may, the first has the permalink and so the row.
    """

    def __init__(self, review: ReviewPage) -> None:
        self.review = review
        self.findings: dict[str, Finding] = {}
        self.quotes: dict[str, Quote] = {}
        self.recommendations: dict[str, tuple[Recommendation, list[Any]]] = {}
        self.next_place = iter(range(1_000_000)).__next__

    def collect(self) -> EvidenceWriter:
        """Make a row for each finding, quote and recommendation, not written yet. Returns itself."""
        for block in self.review.body:
            self._collect(block)
        return self

    def _collect(self, block: Any) -> None:
        if block.block_type == "findings":
            for issue in block.value.numbered_issues:
                self._collect_finding(issue)
        elif block.block_type == "quote":
            self._collect_quote(block)
        elif block.block_type == "recommendations":
            self._collect_recommendations(block.value)

    def _collect_finding(self, issue: Issue) -> None:
        finding = Finding(
            review=self.review,
            block_id=issue.block_id,
            sort_order=self.next_place(),
            label=issue.value["label"],
            heading=issue.value.heading,
            text="\n\n".join(plain(block.value) for block in issue.value["body"] if block.block_type == "prose"),
        )
        finding = self.findings.setdefault(issue.block_id, finding)
        for block in issue.value["body"]:
            if block.block_type == "quote":
                self._collect_quote(block, finding)

    def _collect_quote(self, block: Any, finding: Finding | None = None) -> None:
        value = block.value
        quote = Quote(
            review=self.review,
            finding=finding,
            block_id=block.id,
            sort_order=self.next_place(),
            words=value.bare_words,
            person=value.get("person"),
            speaker=value.speaker,
            made_by=voice(value),
            source=value.get("source") or "",
            page=value.get("page") or "",
        )
        self.quotes.setdefault(block.id, quote)

    def _collect_recommendations(self, value: Any) -> None:
        for item in value.recommendations:
            row = Recommendation(
                review=self.review,
                block_id=item.block_id,
                sort_order=self.next_place(),
                text=plain(item.value["text"]),
                made_by=value.get("made_by") or "",
                attribution=value.attribution,
            )
            audiences = [audience for audience in item.value["audiences"] if audience]
            self.recommendations.setdefault(item.block_id, (row, audiences))


def voice(quote: Any) -> Voice:
    """Return who speaks in the quote."""
    if quote.get("person"):
        return Voice.NAMED
    return Voice.DESCRIBED if quote.speaker else Voice.DOCUMENT


def credit_rows(review: ReviewPage) -> Iterator[Credit]:
    """Yield a row for each credit whose person still exists, in the editor's order."""
    for place, block in enumerate(review.credits):
        if person := block.value.get("person"):
            yield Credit(
                review=review,
                person=person,
                contribution=block.value["contribution"],
                descriptor=block.value.get("descriptor") or "",
                sort_order=place,
            )


def plain(prose: RichText) -> str:
    """Return rich text as plain text, a blank line between paragraphs."""
    html = prose.source.replace("</p>", "</p>\n\n").replace("</li>", "</li>\n").replace("<br>", "\n")
    return unescape(strip_tags(html)).strip()
