"""Links in rich text to the site's own pages, only to those that the public may see, and to its documents."""

from __future__ import annotations

from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from core.prefetch import fetch_links
from core.snapshot import fetch_ahead


class ListedPageLinkHandler(PageLinkHandler):
    """Writes links to pages. A page that is not listed leaves its words without a link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Return an opening tag for each link."""
        pks = [int(attrs["id"]) if str(attrs.get("id")).isdecimal() else 0 for attrs in attrs_list]
        urls = fetch_links(pk for pk in pks if pk)
        return [f'<a href="{escape(urls[pk])}">' if pk in urls else "<a>" for pk in pks]


class FetchedDocumentLinkHandler(DocumentLinkHandler):
    """Writes links to documents. Those that were fetched ahead are not asked for by each text anew."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Return an opening tag for each link."""
        pks = [int(attrs["id"]) if str(attrs.get("id")).isdecimal() else 0 for attrs in attrs_list]
        documents = fetch_ahead(get_document_model(), filter(None, pks))
        urls = {document.pk: document.url for document in documents}
        return [f'<a href="{escape(urls[pk])}">' if pk in urls else "<a>" for pk in pks]
