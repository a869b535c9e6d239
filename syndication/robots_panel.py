"""Tells the owner, above the settings, that the whole site is kept from search engines."""

from __future__ import annotations

from wagtail.admin.panels import HelpPanel

from syndication.robots import forbids_everything


class RobotsWarning(HelpPanel):
    """Shown for as long as the settings ask every crawler to stay away."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"template": "syndication/admin/robots_warning.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        """The warning above one site's settings."""

        def is_shown(self) -> bool:
            """Whether there is something to warn of: what is saved, or what was just refused."""
            return super().is_shown() and forbids_everything(self.instance.robots)
