"""What a member of the team may do with a page."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class PagePermissions(PagePermissionTester):
    """Wagtail's answers, without asking the database what stands below a page that has nothing below it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Whether the user may delete the page: who cannot publish, only what is not published."""
        if self.page_is_root or self.user.is_superuser or not self.page.is_leaf():
            return bool(super().can_delete(ignore_bulk))
        if "change" in self.permissions and "publish" not in self.permissions:
            return self.user.is_active and not self.page.live
        return bool(super().can_delete(ignore_bulk))
