"""What the site tells machines."""

from syndication.models.oai import OaiChange, OaiClock, OaiMembership, OaiRecord
from syndication.models.settings import SyndicationSettings

__all__ = ["OaiChange", "OaiClock", "OaiMembership", "OaiRecord", "SyndicationSettings"]
