"""What an editor should know of the sponsor before a review is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.editor_checks import Check, Level, register_check
from research_reviews.models import ReviewPage
from sponsors.conflicts import Conflict, conflicts
from sponsors.current import current_sponsorship
from sponsors.models import Sponsorship


@register_check(ReviewPage)
def sponsors_with_an_interest(review: ReviewPage) -> Iterator[Check]:
    """A study that the topic's sponsor, now or soon, paid for, published, wrote, or is the subject of."""
    studies = [link.study for link in review.review_studies.all()]
    for sponsorship in sponsorships_of(review):
        for conflict in conflicts(sponsorship, studies):
            yield Check(f"{conflict.sentence} {advice(conflict)}", Level.ADVICE, "topic")


def advice(conflict: Conflict) -> str:
    """Return what becomes of the conflict, and what the editor can do."""
    if not conflict.is_certain:
        return _("Readers are told nothing by itself: if it is meant, say so under the reviewer’s interests.")
    if not conflict.sponsorship.is_running:
        return _("Readers are told of it from that day. Consider who should review it.")
    return _("Readers are told of it. Consider who should review it.")


def sponsorships_of(review: ReviewPage) -> list[Sponsorship]:
    """Return the sponsorship that readers see beside the review, and those that are still to come."""
    running = current_sponsorship(review.topic)
    places = Q(topic=review.topic_id)
    if not (running and running.topic_id):
        # The whole site's shows where the topic has none.
        places |= Q(topic=None)
    coming = Sponsorship.objects.filter(places, starts_on__gt=timezone.localdate())
    return [*([running] if running else []), *coming.select_related("sponsor", "topic").order_by("starts_on")]
