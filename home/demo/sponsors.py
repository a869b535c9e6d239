"""The demo site's sponsors. Those that run have no last day, so that the demo does not go stale."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from home.demo.content import Content
from home.demo.pictures.logos import draw_logo
from home.demo.records import CREDIT, cleaned, collection
from images.models import CustomImage
from research_reviews.models import ReviewPage, TopicPage
from sponsors.counting import Sums, write
from sponsors.models import Sponsor, Sponsorship

COUNTED_DAYS = 12 * 7
MOST_COUNTED_PAGES = 8


def sponsor(content: Content) -> bool:
    """Make the sponsor with its sponsorships, unless one of this name is there. Return whether none was."""
    if Sponsor.objects.filter(name=content["name"]).exists():
        return False
    fields = ("name", "tagline", "website", "description")
    with transaction.atomic():
        made = cleaned(Sponsor(logo=logo(content), **{name: content[name] for name in fields}))
        for one in content["sponsorships"]:
            topic = TopicPage.objects.get(slug=one["topic"]) if "topic" in one else None
            sponsorship = Sponsorship(sponsor=made, topic=topic, starts_on=one["starts_on"], ends_on=one.get("ends_on"))
            write(sample_counts(cleaned(sponsorship)))
    return True


def sample_counts(sponsorship: Sponsorship) -> Sums:
    """Return made-up views and clicks of the last weeks, so that the report shows what it can."""
    if not sponsorship.is_running:
        return {}
    reviews = ReviewPage.objects.listed()
    pages = reviews.about(sponsorship.topic) if sponsorship.topic else reviews
    # The same in every run; nothing here is a secret.
    random = Random(sponsorship.sponsor.name)  # noqa: S311
    yesterday = timezone.localdate() - timedelta(days=1)
    counts: Sums = {}
    for pk in pages.order_by("slug").values_list("pk", flat=True)[:MOST_COUNTED_PAGES]:
        favour = random.uniform(2, 30)
        for age in range(COUNTED_DAYS):
            views = round(favour * random.uniform(0.3, 1.7) * (1 - age / COUNTED_DAYS / 2))
            counts[sponsorship.pk, pk, yesterday - timedelta(days=age)] = (
                views,
                round(views * random.uniform(0, 0.08)),
            )
    return counts


def logo(content: Content) -> CustomImage:
    """Return the sponsor's logo, drawn where there is none."""
    title = f"Logo: {content['words']} (sample)"
    existing = CustomImage.objects.filter(title=title, collection=collection()).first()
    return existing or cleaned(
        CustomImage(
            title=title,
            description=content["words"],
            credit=CREDIT,
            licence=CustomImage.Licence.OWN,
            collection=collection(),
            file=ContentFile(draw_logo(content["mark"], content["words"]), name=f"{content['mark']}.png"),
        )
    )
