"""Sets out what the import of one site needs."""

from __future__ import annotations

from typing import cast

from django.utils import timezone

from research_reviews.intake.headings import HeadingRule, Role
from research_reviews.models import Audience, SectionHeading
from wordpress_import.writing.authors import Authors
from wordpress_import.writing.conversion import Converter
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.library import SiteLibrary
from wordpress_import.writing.linking import Links
from wordpress_import.writing.memory import Memory
from wordpress_import.writing.options import Options
from wordpress_import.writing.reviews import Desk
from wordpress_import.writing.survey import SiteSurvey
from wordpress_import.writing.tags import Tags
from wordpress_import.writing.things import SiteThings
from wordpress_import.writing.topics import Topics


def desk_for(site: SiteSurvey, memory: Memory, options: Options, ledger: Ledger) -> tuple[Desk, Converter]:
    """Return the desk, and who converts the posts."""
    things = SiteThings()
    library = SiteLibrary(site, memory, options, ledger)
    desk = Desk(
        site=site,
        memory=memory,
        things=things,
        authors=Authors(site, memory, things, options.mapping, ledger),
        topics=Topics(site, memory, options.mapping, ledger),
        tags=Tags(),
        library=library,
        links=Links(site, memory, library),
        ledger=ledger,
        now=timezone.now(),
    )
    return desk, converter_for(options)


def converter_for(options: Options) -> Converter:
    """Return who converts the posts, with the owner's table of headings."""
    return Converter(options.mapping, heading_rules(), list(Audience.objects.values_list("name", flat=True)))


def heading_rules() -> list[HeadingRule]:
    """Return what the owner's table says of headings."""
    rows = SectionHeading.objects.values_list("wording", "role", "language")
    return [HeadingRule(wording, cast("Role", role), language) for wording, role, language in rows]
