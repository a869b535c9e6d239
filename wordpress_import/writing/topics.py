"""Categories become topics: those that posts are in, and what stands above them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from research_reviews.drafting.markup import beginning
from research_reviews.models import TopicIndexPage, TopicPage
from wordpress_import.models import Outcome
from wordpress_import.records import ItemRecord, TermRecord
from wordpress_import.writing.files import plain
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.mapping import Mapping
from wordpress_import.writing.memory import Memory
from wordpress_import.writing.slugs import Slugs
from wordpress_import.writing.survey import SiteSurvey, first

CATEGORY = "category"
# What WordPress calls a post that nobody has put into a category.
NO_CATEGORY = {"uncategorized", "uncategorised"}
INTRODUCTION = 600


class Topics:
    """Finds or makes the topic of each category once.

    The first topic of a post is that of the category which its SEO plug-in calls the primary one, else of its first;
    the others are those of its other categories and of all categories above them, because at the old site a category
    listed what is in those below it.
    """

    def __init__(self, site: SiteSurvey, memory: Memory, mapping: Mapping, ledger: Ledger) -> None:
        self.site, self.memory, self.mapping, self.ledger = site, memory, mapping, ledger
        self.index = TopicIndexPage.objects.order_by("path").first()
        self._by_name: dict[str, int] = {}
        for pk, title, slug in TopicPage.objects.order_by("pk").values_list("pk", "title", "slug"):
            self._by_name.setdefault(title.casefold(), pk)
            self._by_name.setdefault(slug.casefold(), pk)
        self._slugs = Slugs(self.index) if self.index else None
        self._ids = {str(t.wp_id): t.slug for (kind, _slug), t in site.terms.items() if kind == CATEGORY}
        self._known: dict[str, int | None] = {}

    def of(self, item: ItemRecord) -> tuple[int | None, list[int]]:
        """Return the key of a post's topic, and those of its other topics."""
        slugs = [term.slug for term in item.terms if term.taxonomy == CATEGORY]
        primary = self._ids.get(first(item.meta, "_yoast_wpseo_primary_category"))
        if primary in slugs:
            slugs = [primary, *(slug for slug in slugs if slug != primary)]
        names = {term.slug: term.name for term in item.terms}
        found = [self._topic(slug, names[slug]) for slug in slugs]
        found += [self._topic(above, "") for slug in slugs for above in self._above(slug)]
        topics = list(dict.fromkeys(pk for pk in found if pk))
        return (topics[0], topics[1:]) if topics else (None, [])

    def all(self) -> Iterator[tuple[str, int]]:
        """Yield each category that has a topic, with its key."""
        for kind, slug in list(self.memory.rows):
            if kind == CATEGORY and (pk := self.memory.object_id(kind, slug)):
                yield slug, pk

    def path_of(self, slug: str) -> str:
        """Return a category's part of its address, with those above it: `health/primary-care`."""
        return "/".join([*reversed(list(self._above(slug))), slug])

    def _above(self, slug: str) -> Iterator[str]:
        seen = {slug}
        term = self.site.terms.get((CATEGORY, slug))
        while term and term.parent and term.parent not in seen:
            seen.add(term.parent)
            yield term.parent
            term = self.site.terms.get((CATEGORY, term.parent))

    def _topic(self, slug: str, name: str) -> int | None:
        if slug not in self._known:
            term = self.site.terms.get((CATEGORY, slug)) or TermRecord(CATEGORY, slug, name or slug)
            self._known[slug] = self._found(term)
        return self._known[slug]

    def _found(self, term: TermRecord) -> int | None:
        wanted = self.mapping.categories.get(term.slug, self.mapping.categories.get(term.name))
        if wanted == "" or (wanted is None and term.slug in NO_CATEGORY):
            return None
        known = self.memory.object_id(CATEGORY, term.slug)
        if known and TopicPage.objects.filter(pk=known).exists():
            return known
        name = plain(wanted or term.name) or term.slug
        pk = self._by_name.get(name.casefold()) or (None if wanted else self._by_name.get(term.slug.casefold()))
        row = self.memory.new(CATEGORY, term.slug, name)
        outcome, reason = Outcome.UNCHANGED, _("A topic of this name was here already.")
        if not pk and not (self.index and self._slugs):
            self.ledger.enter(row, Outcome.SKIPPED, _("There is no list of topics to make it below."))
            return None
        # Both or neither: a topic that nobody remembers would be taken for one of the site's own by the next run.
        with transaction.atomic():
            if not pk:
                pk, outcome, reason = self._made(term, name), Outcome.MADE, ""
            self.memory.store(row.becomes(Outcome.MADE, reason, object_id=pk, model=TopicPage._meta.label_lower))
        self._by_name.setdefault(name.casefold(), pk)
        self.ledger.enter(row, outcome, reason)
        return pk

    def _made(self, term: TermRecord, name: str) -> int:
        introduction = beginning(plain(term.description), INTRODUCTION)
        slug = self._slugs.free(term.slug or name)  # type: ignore[union-attr]
        topic = TopicPage(title=name[:255], slug=slug, introduction=introduction, live=True)
        self.index.add_child(instance=topic)
        topic.save_revision(clean=False).publish()
        return int(topic.pk)
