from django.apps import AppConfig


class SiteSettingsConfig(AppConfig):
    """The brand and the navigation of a site."""

    name = "site_settings"
    default_auto_field = "django.db.models.BigAutoField"
