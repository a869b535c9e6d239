from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """What readers respond to reviews, and how it is moderated."""

    name = "comments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comments import closing, editor_panel, personal, replies, telling, visibility  # noqa: F401
        from comments.defence import purge  # noqa: F401
