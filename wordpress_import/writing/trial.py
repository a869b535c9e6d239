"""A run without writing: what would become of everything, and what the posts hold that nobody knows here.

Of a large site only some posts, evenly spread, are converted: the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page

from wordpress_import.models import ImportedItem, Outcome
from wordpress_import.records import ItemRecord
from wordpress_import.writing import responses
from wordpress_import.writing.decisions import Decision, Decisions
from wordpress_import.writing.desks import converter_for
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.memory import Memory
from wordpress_import.writing.options import Options
from wordpress_import.writing.standing import standing_of
from wordpress_import.writing.survey import ATTACHMENT, PAGE, POST, SiteSurvey, Survey
from wordpress_import.writing.updating import untouchable

# So many posts are converted: a few seconds' work.
SAMPLE = 250


class Trial:
    """Decides on every item as a run would, and enters it."""

    def __init__(self, options: Options, ledger: Ledger) -> None:
        from django.utils import timezone

        self.options, self.ledger, self.now = options, ledger, timezone.now()
        self._decisions: dict[str, Decisions] = {}
        self.sample: list[tuple[SiteSurvey, ItemRecord]] = []
        self.every, self.posts = 1, 0

    def take(self, site: SiteSurvey, item: ItemRecord) -> None:
        """Enter what would become of an item."""
        key = site.record.key
        if key not in self._decisions:
            self._decisions[key] = Decisions(Memory(key), self.options)
        decisions = self._decisions[key]
        row = decisions.memory.new(item.kind, item.wp_id, item.title or item.slug, item.link)
        decision = decisions.of(item)
        if item.kind == ATTACHMENT and self.options.has_media:
            known = decisions.memory.object_id(ATTACHMENT, item.wp_id)
            decision = Decision(Outcome.UNCHANGED if known else Outcome.MADE)
        if decision.outcome != Outcome.PLANNED:
            self.ledger.enter(row, decision.outcome, decision.reason)
            return
        outcome, reason = self._outcome(row, item, decisions.memory)
        self.ledger.enter(row, outcome, reason)
        if item.kind == POST:
            kept, left_out = responses.kept(item.comments)
            self.ledger.count("comment", outcome, len(kept))
            for kind, number in left_out.items():
                self.ledger.count(kind, Outcome.SKIPPED, number)
        self._sample(site, item)

    def _outcome(self, row: ImportedItem, item: ItemRecord, memory: Memory) -> tuple[Outcome, str]:
        if not row.digest:
            notes = [*item.problems, standing_of(item, self.now).note]
            return Outcome.MADE, " ".join(filter(None, notes))
        page = Page.objects.filter(pk=row.object_id).first()
        reason = untouchable(page, memory.get(row.kind, row.key))
        return (Outcome.SKIPPED, reason) if reason else (Outcome.UPDATED, "")

    def _sample(self, site: SiteSurvey, item: ItemRecord) -> None:
        """Keep every so-many-th post, ever fewer: at no time more than twice the sample."""
        if item.kind not in (POST, PAGE):
            return
        if self.posts % self.every == 0:
            self.sample.append((site, item))
        self.posts += 1
        if len(self.sample) > 2 * SAMPLE:
            self.sample, self.every = self.sample[::2], self.every * 2

    def finish(self, survey: Survey) -> Iterator[tuple[int, int]]:
        """Convert the sample, yielding how many of how many, and count what nobody knows."""
        converter = converter_for(self.options)
        for number, (site, item) in enumerate(self.sample, start=1):
            try:
                conversion = converter.convert(survey.sites[site.record.key], item)
            except Exception as error:
                self.ledger.note(
                    _("%(kind)s %(id)s cannot be converted: %(why)s")
                    % {"kind": item.kind, "id": item.wp_id, "why": error}
                )
                continue
            self.ledger.unknown.update(conversion.converted.unknown)
            yield number, len(self.sample)
        if self.every > 1:
            self.ledger.note(
                _("Shortcodes and blocks were looked for in %(some)d of %(all)d posts and pages.")
                % {"some": len(self.sample), "all": self.posts}
            )
