"""Registers what comments adds to the admin."""

from __future__ import annotations

from wagtail import hooks

from comments import log_actions

hooks.register("register_log_actions", log_actions.register)
