"""Registers what site_settings adds to the admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from site_settings import privacy_admin
from site_settings.navigation import tell_hidden_pages
from site_settings.receipt_admin import PurgeView, receipts_admin

register_snippet(privacy_admin.PrivacyGroup)
receipts_admin.register_with_wagtail()

hooks.register("before_delete_snippet", privacy_admin.refuse_deletion)
hooks.register("after_create_snippet", privacy_admin.warn_of_unasked_loading)
hooks.register("after_edit_snippet", privacy_admin.warn_of_unasked_loading)
hooks.register("after_edit_setting", tell_hidden_pages)


@hooks.register("register_admin_urls")
def register_purge_url() -> list[URLPattern]:
    """Serve the question whether old receipts are to be deleted at /admin/old-receipts/."""
    return [path("old-receipts/", PurgeView.as_view(), name="purge_receipts")]
