from django.apps import AppConfig


class SponsorsConfig(AppConfig):
    """Who sponsors which topic, and what readers are told of it."""

    name = "sponsors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sponsors import current, editor_checks  # noqa: F401
