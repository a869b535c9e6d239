"""What a site's owner sets."""

from site_settings.models.base import SiteSetting
from site_settings.models.brand import BrandSettings
from site_settings.models.navigation import NavigationSettings

__all__ = ["BrandSettings", "NavigationSettings", "SiteSetting"]
