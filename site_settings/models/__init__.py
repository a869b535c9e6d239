"""What a site's owner sets."""

from site_settings.models.base import SiteSetting
from site_settings.models.brand import BrandSettings
from site_settings.models.embeds import EmbeddedProvider
from site_settings.models.navigation import NavigationSettings
from site_settings.models.preferences import PrivacySettings
from site_settings.models.privacy import Purpose, Service, ServiceCookie
from site_settings.models.receipts import ConsentReceipt, ConsentText
from site_settings.models.sharing import SharingSettings

__all__ = [
    "BrandSettings",
    "ConsentReceipt",
    "ConsentText",
    "EmbeddedProvider",
    "NavigationSettings",
    "PrivacySettings",
    "Purpose",
    "Service",
    "ServiceCookie",
    "SharingSettings",
    "SiteSetting",
]
