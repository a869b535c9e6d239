from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    """What machines read: feeds, sitemap, structured data, link headers, OAI-PMH."""

    name = "syndication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from syndication import websub  # noqa: F401
        from syndication.oai import jobs, signals  # noqa: F401
