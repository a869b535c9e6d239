"""Registers the import in the settings menu of the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from wordpress_import import views


class ImportMenuItem(MenuItem):
    """Leads to the imports, for those who may begin one."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may bring a site in."""
        return bool(request.user.has_perm(views.PERMISSION))


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Serve the imports."""
    return [
        path("wordpress-import/", views.ImportsView.as_view(), name="wordpress_imports"),
        path("wordpress-import/<int:pk>/", views.ImportView.as_view(), name="wordpress_import"),
        re_path(
            r"^wordpress-import/(?P<pk>\d+)/report\.(?P<form>csv|json)$",
            views.ReportView.as_view(),
            name="wordpress_import_report",
        ),
    ]


@hooks.register("register_settings_menu_item")
def import_menu_item() -> MenuItem:
    """Offer the import among the settings."""
    return ImportMenuItem(_("Import from WordPress"), reverse("wordpress_imports"), icon_name="upload", order=9000)
