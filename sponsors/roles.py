"""Who sees the report of which sponsorships."""

from __future__ import annotations

from typing import Any

from sponsors.models import Sponsorship
from sponsors.models.sponsorship import SponsorshipQuerySet

# The role of people who are of a sponsor and not of the team.
SPONSOR = "Sponsor"
SEES_REPORT = "sponsors.view_dailycount"


def sees_every_sponsor(user: Any) -> bool:
    """Whether the user manages sponsorships, and so sees the report of all of them."""
    return user.has_perm("sponsors.change_sponsorship") or user.has_perm("sponsors.view_sponsorship")


def sees_report(user: Any) -> bool:
    """Whether the user may open the report at all."""
    return user.has_perm(SEES_REPORT) or sees_every_sponsor(user)


def visible_sponsorships(user: Any) -> SponsorshipQuerySet:
    """Return the sponsorships whose report the user may see: all, or those of sponsors who name the user as contact."""
    sponsorships: SponsorshipQuerySet = Sponsorship.objects.select_related("sponsor", "topic")
    if sees_every_sponsor(user):
        return sponsorships
    # A user is named once by a sponsor, so nothing comes twice.
    return sponsorships.filter(sponsor__contacts=user) if sees_report(user) else sponsorships.none()


def is_only_sponsor(user: Any) -> bool:
    """Whether the user has the role Sponsor and no other."""
    return (
        user.has_perm(SEES_REPORT)
        and not sees_every_sponsor(user)
        and [group.name for group in user.groups.all()[:2]] == [SPONSOR]
    )
