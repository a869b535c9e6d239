from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """The leaf that every other app may use and that uses none of them."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import checks, signals  # noqa: F401
        from core.site_address import take_site_address

        post_migrate.connect(take_site_address, sender=self)
