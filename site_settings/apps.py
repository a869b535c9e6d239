from django.apps import AppConfig


class SiteSettingsConfig(AppConfig):
    """The brand, the navigation and the privacy preference centre of a site."""

    name = "site_settings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from site_settings import embed_checks, embeds, receipts  # noqa: F401
