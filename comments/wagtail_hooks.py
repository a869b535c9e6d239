"""Registers what comments adds to the admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from comments import log_actions, moderation_views
from comments.response_admin import responses_admin

responses_admin.register_with_wagtail()

hooks.register("register_log_actions", log_actions.register)


@hooks.register("register_admin_urls")
def register_moderation_urls() -> list[URLPattern]:
    """Serve what moderators decide and write."""
    return [
        path("responses/decide/", moderation_views.decide, name="decide_responses"),
        path("responses/undo/", moderation_views.undo, name="undo_decision"),
        path("responses/<int:pk>/note/", moderation_views.note, name="note_on_response"),
        path("responses/<int:pk>/answer/", moderation_views.reply, name="answer_response"),
    ]
