"""What core adds to Wagtail."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.rich_text.feature_registry import FeatureRegistry

from core import personal_data_admin
from core.checks_panel import editor_checks
from core.editor_panels import editor_panels
from core.page_links import FetchedDocumentLinkHandler, ListedPageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features: FeatureRegistry) -> None:
    """Take the place of Wagtail's own links to pages and documents."""
    features.register_link_type(ListedPageLinkHandler)
    features.register_link_type(FetchedDocumentLinkHandler)


@hooks.register("register_admin_urls")
def register_checks_url() -> list[URLPattern]:
    """Serve the checks of a page at /admin/editor-checks/<page>/."""
    return [path("editor-checks/<int:page_id>/", editor_checks, name="editor_checks")]


@hooks.register("register_admin_urls")
def register_panels_url() -> list[URLPattern]:
    """Serve what apps show beside a page in its editor at /admin/editor-panels/<page>/."""
    return [path("editor-panels/<int:page_id>/", editor_panels, name="editor_panels")]


@hooks.register("insert_global_admin_css")
def admin_look() -> SafeString:
    """Give the admin the site's own colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/admin.css"))


@hooks.register("construct_help_menu")
def leave_out_news_of_the_software(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Editors are told nothing of Wagtail's releases."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]


hooks.register("register_permissions", personal_data_admin.permission)


@hooks.register("register_admin_urls")
def register_personal_data_url() -> list[URLPattern]:
    """Serve what the site keeps of a person at /admin/personal-data/."""
    return [path("personal-data/", personal_data_admin.PersonalDataView.as_view(), name="personal_data")]
