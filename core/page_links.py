"""Links to the site's own pages in rich text: only to pages that the public may see."""

from __future__ import annotations

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from core.prefetch import fetch_links


class ListedPageLinkHandler(PageLinkHandler):
    """Writes links to pages. A page that is not listed leaves its words without a link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Return an opening tag for each link."""
        pks = [int(attrs["id"]) if str(attrs.get("id")).isdecimal() else 0 for attrs in attrs_list]
        urls = fetch_links(pk for pk in pks if pk)
        return [f'<a href="{escape(urls[pk])}">' if pk in urls else "<a>" for pk in pks]
