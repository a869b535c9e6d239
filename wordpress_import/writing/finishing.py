"""What can only be done when everything is there: lists' redirects, chosen reviews, related reviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.models import Page

from core.page_cache import content_changed
from research_reviews.models import Person, ReviewPage, TopicPage
from research_reviews.related_signals import find_later
from wordpress_import.models import ImportedItem, Outcome
from wordpress_import.writing import featuring
from wordpress_import.writing.authors import AUTHOR
from wordpress_import.writing.choosing import choose
from wordpress_import.writing.memory import WORK
from wordpress_import.writing.options import Options
from wordpress_import.writing.redirecting import Lead, Redirects, address_of, leads_of_lists, leads_of_site
from wordpress_import.writing.reviews import Desk
from wordpress_import.writing.survey import POST

FINISH = "finish"


class Finish:
    """The end of the import of one site. That it is due is written down: a run that is killed leaves it to the next."""

    def __init__(self, desk: Desk, options: Options) -> None:
        self.desk, self.options, self.memory = desk, options, desk.memory
        self.redirects = Redirects(options.into)

    def is_due(self) -> None:
        """Note that there is something to finish."""
        row = self.memory.get(WORK, FINISH)
        if not row or row.outcome != Outcome.PLANNED:
            self.memory.store(self.memory.new(WORK, FINISH).becomes(Outcome.PLANNED))

    def steps(self) -> Iterator[tuple[int, int]]:
        """Do what is due, yielding how many steps of how many are done. Each can be done twice."""
        row = self.memory.get(WORK, FINISH)
        if not row or row.outcome != Outcome.PLANNED:
            return
        steps = (self._choose, self._redirect_lists, self._feature, self._relate)
        for number, step in enumerate(steps, start=1):
            with transaction.atomic():
                step()
            yield number, len(steps)
        self.memory.store(self.memory.new(WORK, FINISH).becomes(Outcome.MADE))
        content_changed()

    def _choose(self) -> None:
        """Lead reviews to those that their editors chose."""
        choose(self.memory)

    def _redirect_lists(self) -> None:
        """Lead the old lists to what is here: feeds, categories, tags, and the lists of an author's posts."""
        site, index_url = self.desk.site, self.redirects.index_url
        by_slug = dict(self.desk.topics.all())
        pages = TopicPage.objects.in_bulk(by_slug.values())
        topics = [
            (slug, self.desk.topics.path_of(slug), address_of(pages[pk])) for slug, pk in by_slug.items() if pk in pages
        ]
        self.redirects.write(leads_of_site(site, index_url, topics))
        self.redirects.write(leads_of_lists(site, index_url))
        self.redirects.write(self._leads_of_authors())

    def _leads_of_authors(self) -> Iterator[Lead]:
        rows = {key: row.object_id for (kind, key), row in self.memory.rows.items() if kind == AUTHOR and row.object_id}
        people = Person.objects.in_bulk(set(rows.values()))
        for key, pk in rows.items():
            if pk in people:
                slug = key.removeprefix("guest:").removeprefix("cap-")
                address = people[pk].get_absolute_url()
                yield Lead(f"{self.desk.site.old.folder}/author/{slug}", address=address)
                author = self.desk.site.authors.get(key)
                if author and author.wp_id:
                    yield Lead(f"{self.desk.site.old.folder}/?author={author.wp_id}", address=address)

    def _feature(self) -> None:
        """Put what was sticky onto the home page, among the chosen reviews."""
        keys = [self.memory.object_id(POST, number) for number in self.desk.site.sticky]
        listed = ReviewPage.objects.listed().in_bulk([key for key in keys if key])
        chosen = [key for key in keys if key and key in listed]
        if chosen:
            name = f"{self.desk.site.record.key} sticky"
            home: Any = Page.objects.get(pk=self.options.into.get_parent().pk).specific
            featuring.feature(home, chosen, name, self.desk.ledger)

    def _relate(self) -> None:
        """Have the worker find what the reviews lead to, now that all of them are there."""
        rows = ImportedItem.objects.filter(site=self.desk.site.record.key, kind=POST, outcome__in=("made", "updated"))
        listed = ReviewPage.objects.listed().filter(pk__in=rows.values("object_id"), related_rows__isnull=True)
        find_later(list(listed.order_by("pk").values_list("pk", flat=True)))
