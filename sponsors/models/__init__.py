"""Sponsors, what they sponsor, and how often that was seen."""

from sponsors.models.counts import CountedPage, DailyCount
from sponsors.models.sponsor import Sponsor
from sponsors.models.sponsorship import Sponsorship

__all__ = ["CountedPage", "DailyCount", "Sponsor", "Sponsorship"]
