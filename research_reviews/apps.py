from django.apps import AppConfig


class ResearchReviewsConfig(AppConfig):
    """Reviews, the studies they are about, and the people they credit."""

    name = "research_reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.page_cache import register_parameters
        from research_reviews import editor_checks, related_panel, related_signals, signals  # noqa: F401
        from research_reviews.filters import FILTERS
        from research_reviews.watch import steady  # noqa: F401

        register_parameters(*FILTERS, "made_by", "by")
