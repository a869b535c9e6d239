from django.apps import AppConfig


class WordPressImportConfig(AppConfig):
    """Moves a WordPress site in. Nothing imports it: it can be deleted after the move."""

    name = "wordpress_import"
    verbose_name = "WordPress import"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wordpress_import import jobs  # noqa: F401
