"""Registers what subscriptions adds to the admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from core.editor_panels import register_editor_panel
from subscriptions import import_views, mailing_views, subscriber_views
from subscriptions.delivery_admin import DeliveryAdmin
from subscriptions.mailing_admin import MailingAdmin
from subscriptions.mailing_panel import mailing_panel
from subscriptions.subscriber_admin import SubscriberAdmin

register_editor_panel(mailing_panel)


@modeladmin_register
class SubscriptionsGroup(ModelAdminGroup):
    """Subscribers, what was mailed to them, and each mail of it."""

    menu_label = _("Subscriptions")
    menu_icon = "mail"
    menu_order = 320
    items = (SubscriberAdmin, MailingAdmin, DeliveryAdmin)


@hooks.register("register_admin_urls")
def register_mailing_urls() -> list[URLPattern]:
    """Serve the decisions about mailings, and the previews of their mails."""
    review = "mailing/review/<int:page_id>"
    return [
        path(f"{review}/preview/", mailing_views.review_mail_preview, name="review_mail_preview"),
        path(f"{review}/test/", mailing_views.review_mail_test, name="review_mail_test"),
        path(f"{review}/<slug:name>/", mailing_views.review_action, name="review_mailing_action"),
        path("mailing/<int:pk>/progress/", mailing_views.mailing_progress, name="mailing_progress"),
        path("mailing/<int:pk>/<slug:name>/", mailing_views.mailing_action, name="mailing_action"),
    ]


@hooks.register("register_admin_urls")
def register_subscriber_urls() -> list[URLPattern]:
    """Serve the decisions about subscribers, the growth chart and the imports."""
    return [
        path("subscriber/<int:pk>/end/", subscriber_views.EndSubscription.as_view(), name="subscriber_end"),
        path("subscriber/<int:pk>/erase/", subscriber_views.EraseSubscriber.as_view(), name="subscriber_erase"),
        path("subscriber/growth/", subscriber_views.GrowthReport.as_view(), name="subscriber_growth"),
        path("subscriber/import/", import_views.UploadView.as_view(), name="subscriber_imports"),
        path("subscriber/import/<int:pk>/", import_views.ImportView.as_view(), name="subscriber_import"),
    ]


@hooks.register("insert_editor_css")
def show_progress_in_editors() -> SafeString:
    """Let the figures of a mailing look in a review's editor as they do in the list."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/mailings.css"))
