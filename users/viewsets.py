"""The team in the admin. Who is no administrator can neither make one nor change one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.users.views.users import CreateView, EditView, UserViewSet


class WithoutPromotion:
    """Leaves the box that makes an administrator to administrators."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> forms.Form:
        """Return the form that the signed-in user may fill in."""
        form: forms.Form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class MemberCreateView(WithoutPromotion, CreateView):
    """Adds a member of the team."""


class MemberEditView(WithoutPromotion, EditView):
    """Changes a member of the team."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep an administrator's password and address from being changed by others."""
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied


class TeamViewSet(UserViewSet):
    """Wagtail's views of users, with the two that could raise somebody's rank replaced."""

    add_view_class = MemberCreateView
    edit_view_class = MemberEditView
