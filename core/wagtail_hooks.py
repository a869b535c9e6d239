"""What core adds to Wagtail."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.checks_panel import editor_checks
from core.page_links import ListedPageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features: FeatureRegistry) -> None:
    """Take the place of Wagtail's own links to pages."""
    features.register_link_type(ListedPageLinkHandler)


@hooks.register("register_admin_urls")
def register_checks_url() -> list[URLPattern]:
    """Serve the checks of a page at /admin/editor-checks/<page>/."""
    return [path("editor-checks/<int:page_id>/", editor_checks, name="editor_checks")]


@hooks.register("insert_global_admin_css")
def admin_look() -> SafeString:
    """Give the admin the site's own colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/admin.css"))
