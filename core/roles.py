"""The three roles of an editorial team, and how migrations give them permissions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

EDITOR = "Editor"
MODERATOR = "Moderator"
SITE_OWNER = "Site owner"


def grant(apps: Any, roles: Iterable[str], app_label: str, model: str, actions: Iterable[str]) -> None:
    """Give the roles the permissions to do the actions (such as "add") with a model. For use in migrations.

    Makes the permissions where Django, which does so only after all migrations, has not yet.
    """
    groups = apps.get_model("auth", "Group").objects.filter(name__in=list(roles))
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    for action in actions:
        permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
        )
        for group in groups:
            group.permissions.add(permission)
