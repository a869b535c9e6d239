from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finds reviews, topics and people by what they say."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"
