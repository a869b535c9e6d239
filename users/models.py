"""The people who work in the admin."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of the editorial team: an editor, a moderator or the site's owner."""
