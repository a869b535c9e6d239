"""Sponsors and what they sponsor."""

from sponsors.models.sponsor import Sponsor
from sponsors.models.sponsorship import Sponsorship

__all__ = ["Sponsor", "Sponsorship"]
