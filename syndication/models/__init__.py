"""What the site tells machines."""

from syndication.models.settings import SyndicationSettings

__all__ = ["SyndicationSettings"]
