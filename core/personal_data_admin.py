"""Personal data in the admin: what there is of an e-mail address, as a file, and its erasure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core import personal_data

PERMISSION = "wagtailadmin.handle_personal_data"


def may_handle(user: Any) -> bool:
    """Whether the user may see and erase what the site keeps of people."""
    return bool(user.has_perm(PERMISSION))


class AddressForm(forms.Form):
    """Whose data it is about."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Be sure that whoever asks is its owner: let them write from it."),
        error_messages={"required": gettext_lazy("Write the address to look for.")},
    )


class PersonalDataView(WagtailAdminTemplateMixin, TemplateView):
    """Finds what there is of an address, hands it out as a file, and erases it. Addresses stay out of the URL."""

    page_title = gettext_lazy("Personal data")
    header_icon = "user"
    template_name = "core/admin/personal_data.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in only who may."""
        if not may_handle(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        return super().get_context_data(**{"form": AddressForm(), **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look for the address, and do with what there is what the button says."""
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        email, action = form.cleaned_data["email"], request.POST.get("action")
        if action == "erase" and "sure" in request.POST:
            return self.erase(email)
        found = personal_data.export(email)
        if action == "download":
            return JsonResponse(
                found,
                json_dumps_params={"ensure_ascii": False, "indent": 2},
                headers={"Content-Disposition": 'attachment; filename="personal-data.json"'},
            )
        counts = [(heading, records) for heading, records in found.items()]
        context = {"form": form, "email": email, "found": counts, "is_unsure": action == "erase"}
        return self.render_to_response(self.get_context_data(**context))

    def erase(self, email: str) -> HttpResponse:
        """Erase all of it, and say how much it was."""
        erased = personal_data.erase(email)
        if erased:
            said = ", ".join(f"{heading}: {number}" for heading, number in erased.items())
            messages.success(self.request, _("Erased. %(what)s.") % {"what": said})
        else:
            messages.warning(self.request, _("There was nothing of this address to erase."))
        return redirect("personal_data")


class PersonalDataMenuItem(MenuItem):
    """Leads there, for who may see it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_("Personal data"), reverse("personal_data"), name="personal-data", icon_name="user", **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may."""
        return may_handle(request.user)


def permission() -> QuerySet[Permission]:
    """Return the permission, for owners to give to other roles."""
    return Permission.objects.filter(content_type__app_label="wagtailadmin", codename="handle_personal_data")
