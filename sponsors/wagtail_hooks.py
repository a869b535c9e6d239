"""Registers what sponsors adds to the admin."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from sponsors import deletion, report_urls
from sponsors.roles import is_only_sponsor
from sponsors.viewsets import SponsorsGroup

register_snippet(SponsorsGroup)

hooks.register("before_delete_page", deletion.refuse_sponsored_topic)


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern | URLResolver]:
    """Serve the report on sponsorships at /admin/reports/sponsorships/."""
    return [path("reports/sponsorships/", include(report_urls))]


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """List the report among Wagtail's own."""
    return report_urls.ReportMenuItem(order=600)


@hooks.register("construct_main_menu")
def leave_out_what_is_not_for_sponsors(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """People of a sponsor see the report alone: other items ask for nothing but a sign-in, and the gate is shut."""
    if is_only_sponsor(request.user):
        menu_items[:] = [item for item in menu_items if item.name == "reports"]


@hooks.register("register_permissions")
def register_report_permission() -> QuerySet[Permission]:
    """Let owners give the report to other roles."""
    return Permission.objects.filter(content_type__app_label="sponsors", codename="view_dailycount")
