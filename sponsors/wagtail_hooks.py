"""Registers what sponsors adds to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from sponsors import deletion
from sponsors.viewsets import SponsorsGroup

register_snippet(SponsorsGroup)

hooks.register("before_delete_page", deletion.refuse_sponsored_topic)
hooks.register("before_bulk_action", deletion.refuse_sponsored_topics_in_bulk)
