"""What the team adds to the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from users.models import User


@hooks.register("before_bulk_action")
def leave_administrators_alone(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Keep who is no administrator from changing administrators, several at once."""
    if request.user.is_superuser or not any(isinstance(item, User) and item.is_superuser for item in objects):
        return None
    messages.error(request, _("Only an administrator can change an administrator. Nothing was changed."))
    return redirect(action.next_url)
