"""What an editor should know of the sponsor before a review is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from core.editor_checks import Check, Level, register_check
from research_reviews.models import ReviewPage
from sponsors.conflicts import conflicts
from sponsors.current import current_sponsorship
from sponsors.models import Sponsorship


@register_check(ReviewPage)
def sponsors_with_an_interest(review: ReviewPage) -> Iterator[Check]:
    """A study that the topic's sponsor, now or soon, paid for, published, wrote, or is the subject of."""
    studies = [link.study for link in review.review_studies.all()]
    for sponsorship in sponsorships_of(review):
        for conflict in conflicts(sponsorship, studies):
            when = "" if sponsorship.is_running else _("The sponsorship begins later (%s).") % sponsorship.days
            message = _("%(tie)s Readers are told of it. Consider who should review it. %(when)s")
            yield Check((message % {"tie": conflict.sentence, "when": when}).strip(), Level.ADVICE, "topic")


def sponsorships_of(review: ReviewPage) -> list[Sponsorship]:
    """Return the sponsorship that readers see beside the review, and those of its topic that are still to come."""
    running = current_sponsorship(review.topic)
    coming = Sponsorship.objects.filter(topic=review.topic_id, starts_on__gt=timezone.localdate())
    return [*([running] if running else []), *coming.select_related("sponsor", "topic").order_by("starts_on")]
