"""What the browser tests need on the demo site beside the demo: people who sign in, a page behind a password, and
statistics of another site that wait for the reader's consent.

Runs in a process of its own, on the demo site's database.
"""

from __future__ import annotations

from wagtail.models import PageViewRestriction

from core.roles import MODERATOR, SITE_OWNER
from tests.factories import PurposeFactory, ServiceFactory, StandardPageFactory, UserFactory, home_page

MODERATOR_NAME, OWNER_NAME = "moderator", "owner"
PRIVATE_SLUG = "notes-for-partners"
STATISTICS_SCRIPT = "https://statistics.example.org/count.js"


def arrange() -> None:
    """Make the user, the page and the service."""
    UserFactory(username=MODERATOR_NAME, role=MODERATOR)
    UserFactory(username=OWNER_NAME, role=SITE_OWNER)
    page = StandardPageFactory(parent=home_page(), title="Notes for partners", slug=PRIVATE_SLUG)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="partners")
    ServiceFactory(
        name="Page statistics",
        purpose=PurposeFactory(name="Statistics"),
        hosts="statistics.example.org",
        script_url=STATISTICS_SCRIPT,
        cookies=("_stats_*",),
    )
