"""What a member of the team may do with a page."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class PagePermissions(PagePermissionTester):
    """Wagtail's answers, without asking the database what stands below a page that has nothing below it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Whether the user may delete the page: who cannot publish, only what is not published."""
        asks_for_live_pages = "change" in self.permissions and "publish" not in self.permissions
        if self.page.is_leaf() and not self.page_is_root and asks_for_live_pages and not self.user.is_superuser:
            return self.user.is_active and not self.page.live
        return bool(super().can_delete(ignore_bulk))
