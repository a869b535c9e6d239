from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The home page and plain pages."""

    name = "home"
    default_auto_field = "django.db.models.BigAutoField"
