from django.apps import AppConfig


class ImagesConfig(AppConfig):
    """Images with credit, licence and description."""

    name = "images"
    label = "images"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the signals."""
        from images import signals  # noqa: F401
