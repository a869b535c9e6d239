"""Posts as drafts: the content converted, then structured. Pure, so that what fails fails for one post alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from research_reviews.intake.draft import Draft
from research_reviews.intake.headings import DEFAULT_HEADINGS, HeadingRule, HeadingTable
from research_reviews.intake.structure import structure
from wordpress_import.content import convert
from wordpress_import.content.contract import Attachment, Converted, SiteContent
from wordpress_import.records import ItemRecord
from wordpress_import.writing.mapping import Mapping
from wordpress_import.writing.survey import POST, SiteSurvey


@dataclass(frozen=True)
class Conversion:
    """What a post or page is once it is read; a page has no draft."""

    converted: Converted
    draft: Draft


class Converter:
    """Converts the posts of a run."""

    def __init__(self, mapping: Mapping, rules: list[HeadingRule], audiences: list[str]) -> None:
        mapped = [HeadingRule(wording, role) for wording, role in mapping.headings.items()]  # type: ignore[arg-type]
        self.table = HeadingTable([*(rules or DEFAULT_HEADINGS), *mapped])
        self.audiences = audiences
        self.today = timezone.localdate()
        self._sites: dict[str, SiteContent] = {}

    def convert(self, site: SiteSurvey, item: ItemRecord) -> Conversion:
        """Return what an item holds. Raises whatever a converter raises: one that cannot be read is reported."""
        converted = convert(item, self._content(site))
        if item.kind != POST:
            return Conversion(converted, Draft())
        return Conversion(converted, structure(converted.document, self.table, self.audiences, self.today))

    def _content(self, site: SiteSurvey) -> SiteContent:
        key = site.record.key
        if key not in self._sites:
            self._sites[key] = content_of(site)
        return self._sites[key]


def content_of(site: SiteSurvey) -> SiteContent:
    """Return what conversions are told of a site."""

    def attachment(wp_id: int) -> Attachment | None:
        file = site.files.get(wp_id)
        return file.as_attachment() if file else None

    def attached(wp_id: int) -> list[Attachment]:
        return [site.files[number].as_attachment() for number in site.children.get(wp_id, ()) if number in site.files]

    return SiteContent(site.record.key, site.record.link, site.blocks.get, attachment, attached)
