"""Writes pages that are made, with everything that belongs to them, in one transaction: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex, Revision

from comments.models import Comment
from core.bulk import pages_written
from core.page_cache import content_changed
from core.prefetch import choices_in, fetch_choices
from core.snapshot import snapshot
from research_reviews.models import ReviewPage, ReviewStudy, ReviewTag
from wordpress_import.models import ImportedItem, Outcome
from wordpress_import.writing import responses
from wordpress_import.writing.keys import reserve
from wordpress_import.writing.made import Made
from wordpress_import.writing.memory import Memory
from wordpress_import.writing.redirecting import Lead, Redirects, address_of, leads_of
from wordpress_import.writing.rows import insert_pages, place_below
from wordpress_import.writing.slugs import Slugs
from wordpress_import.writing.standing import PASSWORD

STEP = 500


class Writer:
    """Writes new pages of one class below one parent."""

    def __init__(self, parent: Page, memory: Memory, redirects: Redirects, user: Any = None) -> None:
        self.parent, self.memory, self.redirects, self.user = parent, memory, redirects, user
        self.slugs = Slugs(parent)
        self.locale = Locale.get_default()

    def write(self, batch: Sequence[Made]) -> None:
        """Write the pages. Raises whatever a row that cannot be written raises, and then nothing is written."""
        wanted = [made.page.slug for made in batch]
        for made in batch:
            made.page.slug = self.slugs.free(made.page.slug)
        try:
            with transaction.atomic():
                self._write(batch)
        except Exception:
            # Their addresses are free again for when they are tried one by one.
            for made, slug in zip(batch, wanted, strict=True):
                self.slugs.taken.discard(made.page.slug)
                made.page.slug, made.page.id, made.page.pk = slug, None, None
            raise
        self.memory.learn(chain.from_iterable((made.row, *made.later) for made in batch))

    def _write(self, batch: Sequence[Made]) -> None:
        pages = [made.page for made in batch]
        self._number(batch)
        place_below(self.parent, pages)
        insert_pages(pages)
        write_restrictions(batch)
        if isinstance(pages[0], ReviewPage):
            write_relations(batch)
            write_responses(batch)
        write_revisions(batch, self.user)
        with snapshot(shares=False):
            # Blocks are read here, and remembered by the pages: each would ask for the people that it names.
            streams = [value for page in pages for value in vars(page).values() if isinstance(value, StreamValue)]
            fetch_choices({**choices_in(*streams), Page: set()})
            write_references(pages)
        self.redirects.write(chain.from_iterable(map(self._leads, batch)))
        self.memory.save([self._outcome(made) for made in batch])
        self.memory.save([row for made in batch for row in made.later])
        pages_written.send(type(pages[0]), pages=pages)
        content_changed()

    def _number(self, batch: Sequence[Made]) -> None:
        """Give the pages their keys, and keep what their revisions hold: without a key nothing is asked for."""
        numbers = reserve(Revision, len(batch))
        for made, number in zip(batch, numbers, strict=True):
            page = made.page
            page.locale, page.owner = self.locale, self.user
            page.draft_title = page.title
            made.content = page.serializable_data()
            page.id = page.pk = made.row.object_id
            page.latest_revision_id = number
            page.live_revision_id = number if page.live else None
            page.latest_revision_created_at = moment_of(made)

    def _leads(self, made: Made) -> Iterable[Lead]:
        if not made.standing.is_public:
            return ()
        has_responses = isinstance(made.page, ReviewPage)
        return leads_of(made.item, made.site, made.page.pk, address_of(made.page), has_responses)

    def _outcome(self, made: Made) -> ImportedItem:
        return made.row.becomes(
            Outcome.MADE,
            " ".join(made.notes),
            digest=made.digest,
            model=made.page._meta.label_lower,
            revision=made.page.latest_revision_id,
            was_live=made.page.live,
        )


def moment_of(made: Made) -> datetime:
    """Return when a page was changed last at the old site: its revision is of that time."""
    return made.item.modified or made.standing.published or made.item.published or timezone.now()


def write_revisions(batch: Sequence[Made], user: Any) -> None:
    """Write the revision of each page, approved for its time where it is scheduled."""
    base = ContentType.objects.get_for_model(Page)
    for made in batch:
        page = made.page
        names = ("path", "depth", "numchild", "url_path", "slug", "latest_revision_created_at")
        made.content.update({"pk": page.pk, "latest_revision": page.latest_revision_id, "live_revision": None})
        made.content.update({name: getattr(page, name) for name in names})
        made.content.update(made.relations)
    Revision.objects.bulk_create(
        (
            Revision(
                pk=made.page.latest_revision_id,
                content_type=ContentType.objects.get_for_model(made.page),
                base_content_type=base,
                object_id=str(made.page.pk),
                object_str=str(made.page),
                created_at=moment_of(made),
                user=user,
                content=made.content,
                approved_go_live_at=made.standing.goes_live_at,
            )
            for made in batch
        ),
        batch_size=STEP,
    )


def write_restrictions(batch: Sequence[Made]) -> None:
    """Write who may read a page: who is signed in, or who knows the password."""
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(
            page_id=made.page.pk,
            restriction_type=made.standing.restriction,
            password=made.item.password[:255] if made.standing.restriction == PASSWORD else "",
        )
        for made in batch
        if made.standing.restriction
    )


def write_relations(batch: Sequence[Made]) -> None:
    """Write topics and studies of reviews, and note them for the revisions."""
    about = ReviewPage.other_topics.through
    about.objects.bulk_create(
        (about(reviewpage_id=made.page.pk, topicpage_id=topic) for made in batch for topic in made.topics),
        batch_size=STEP,
    )
    links = ReviewStudy.objects.bulk_create(
        (
            ReviewStudy(review_id=made.page.pk, study_id=study, sort_order=place)
            for made in batch
            for place, study in enumerate(made.studies)
        ),
        batch_size=STEP,
    )
    tags = ReviewTag.objects.bulk_create(
        (ReviewTag(content_object_id=made.page.pk, tag_id=tag) for made in batch for tag in made.tags),
        batch_size=STEP,
    )
    for made in batch:
        tagged = [tag for tag in tags if tag.content_object_id == made.page.pk]
        mine = [link for link in links if link.review_id == made.page.pk]
        made.relations = {
            "other_topics": made.topics,
            "review_studies": [get_serializable_data_for_fields(link) for link in mine],
        }
        made.relations["tagged_items"] = [get_serializable_data_for_fields(tag) for tag in tagged]
        made.page.review_studies = mine


def write_responses(batch: Sequence[Made]) -> None:
    """Write the responses of reviews."""
    keys = iter(reserve(Comment, sum(len(made.comments) for made in batch)))
    rows: list[Comment] = []
    for made in batch:
        mine = [next(keys) for _comment in made.comments]
        author = made.site.authors.get(made.item.author)
        rows += responses.unsaved(made.page, made.comments, mine, author.wp_id if author else 0)
    Comment.objects.bulk_create(rows, batch_size=STEP)


def write_references(pages: Sequence[Page]) -> None:
    """Write what the pages refer to, where Wagtail looks up what something is used by."""
    base, own = ContentType.objects.get_for_model(Page), ContentType.objects.get_for_model(pages[0])
    for page in pages:
        # A new page has none of these but its studies: nothing is asked for.
        for relation in get_all_child_relations(page):
            if relation.get_accessor_name() not in page.__dict__.get("_cluster_related_objects", {}):
                setattr(page, relation.get_accessor_name(), [])
    ReferenceIndex.objects.bulk_create(
        (
            ReferenceIndex(
                content_type=own,
                base_content_type=base,
                object_id=str(page.pk),
                to_content_type_id=to_type,
                to_object_id=to_key,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for page in pages
            for to_type, to_key, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page))
        ),
        batch_size=STEP,
        ignore_conflicts=True,
    )
