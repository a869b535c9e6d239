from django.apps import AppConfig


class UsersConfig(AppConfig):
    """The people who work in the admin."""

    name = "users"
    default_auto_field = "django.db.models.BigAutoField"
