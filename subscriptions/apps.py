from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """Who gets new reviews by e-mail, and the mails themselves."""

    name = "subscriptions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from subscriptions import (  # noqa: F401
            digests,
            importing,
            joining,
            leaving,
            moving,
            personal,
            sending,
            signals,
            starting,
            tasks,
            tracking,
        )
