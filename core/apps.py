from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The leaf that every other app may use and that uses none of them."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import checks, signals  # noqa: F401
