from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finds reviews, topics and people by what they say."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.page_cache import register_parameters
        from search import checks, indexing, signals  # noqa: F401
        from search.facets import FACETS

        register_parameters(*FACETS, "sort")
