"""What the browser tests need on the demo site beside the demo: people who sign in, and a page behind a password.

Runs in a process of its own, on the demo site's database.
"""

from __future__ import annotations

from wagtail.models import PageViewRestriction

from core.roles import MODERATOR
from tests.factories import StandardPageFactory, UserFactory, home_page

MODERATOR_NAME = "moderator"
PRIVATE_SLUG = "notes-for-partners"


def arrange() -> None:
    """Make the user and the page."""
    UserFactory(username=MODERATOR_NAME, role=MODERATOR)
    page = StandardPageFactory(parent=home_page(), title="Notes for partners", slug=PRIVATE_SLUG)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="partners")
