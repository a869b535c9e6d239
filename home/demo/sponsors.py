"""The demo site's sponsors. Those that run have no last day, so that the demo does not go stale."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction

from home.demo.content import Content
from home.demo.pictures.logos import draw_logo
from home.demo.records import CREDIT, cleaned, collection
from images.models import CustomImage
from research_reviews.models import TopicPage
from sponsors.models import Sponsor, Sponsorship


def sponsor(content: Content) -> bool:
    """Make the sponsor with its sponsorships, unless one of this name is there. Return whether none was."""
    if Sponsor.objects.filter(name=content["name"]).exists():
        return False
    fields = ("name", "tagline", "website", "description")
    with transaction.atomic():
        made = cleaned(Sponsor(logo=logo(content), **{name: content[name] for name in fields}))
        for one in content["sponsorships"]:
            topic = TopicPage.objects.get(slug=one["topic"]) if "topic" in one else None
            cleaned(Sponsorship(sponsor=made, topic=topic, starts_on=one["starts_on"], ends_on=one.get("ends_on")))
    return True


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
