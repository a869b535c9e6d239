"""Everything that reviews refer to, fetched in one query a kind, however many reviews there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, prefetch_related_objects
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision, Site

from core.prefetch import choices_in, linked_documents
from core.querysets import ListedQuerySet, private_parts
from images.models import CustomImage
from research_reviews.models import Audience, Person, ReviewPage, Study, TopicPage

PICTURES = ("header_image_id", "listing_image_id", "social_image_id")
Keys = dict[type[Model], set[Any]]


@dataclass
class Known:
    """What reviews refer to, by primary key. `pages` holds paths as readers see them, such as /reviews/a-slug/."""

    people: dict[int, Person] = field(default_factory=dict)
    images: dict[int, CustomImage] = field(default_factory=dict)
    documents: dict[int, Any] = field(default_factory=dict)
    audiences: dict[int, Audience] = field(default_factory=dict)
    topics: dict[int, TopicPage] = field(default_factory=dict)
    studies: dict[int, Study] = field(default_factory=dict)
    pages: dict[int, Page] = field(default_factory=dict)
    scheduled: set[int] = field(default_factory=set)
    private: tuple[str, ...] = ()
    root_path: str = "/"
    root_url: str = ""

    def path_of(self, page: Page) -> str:
        """Return the page's path, as readers see it."""
        return "/" + str(page.url_path).removeprefix(self.root_path)

    def is_private(self, page: Page) -> bool:
        """Whether only some may see the page. It may be so because a page above it is."""
        return str(page.path).startswith(self.private) if self.private else False


def as_written(review: ReviewPage) -> ReviewPage:
    """Return the review as its editors have it: what readers see where it is live, else the latest draft.

    Of a review that was never published, Wagtail keeps what was written in its revisions alone.
    """
    if review.live or not review.latest_revision_id:
        return review
    written: ReviewPage = review.get_latest_revision_as_object()
    return written


def gather(reviews: Sequence[ReviewPage], only_public: bool = False) -> Known:
    """Fetch everything that the reviews refer to; of pages only those that the public may see, where that is wanted."""
    prefetch_related_objects(reviews, "review_studies", "chosen_reviews", "other_topics")
    studies = _studies({link.study_id for review in reviews for link in review.review_studies.all()})
    chosen = _chosen(reviews)
    chosen[Person] |= {author.person_id for study in studies.values() for author in study.study_authors.all()}
    known = fetch(chosen, only_public)
    known.studies, known.scheduled = studies, _scheduled(reviews)
    return known


def fetch(chosen: Keys, only_public: bool = False) -> Known:
    """Fetch what is chosen, by model."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    known = Known(private=tuple({path for path, _restriction in private_parts()}))
    if site:
        known.root_path, known.root_url = site.root_page.url_path, site.root_url
    known.people = Person.objects.in_bulk(chosen.get(Person, ()))
    photos = {person.photo_id for person in known.people.values() if person.photo_id}
    known.images = CustomImage.objects.in_bulk(chosen.get(CustomImage, set()) | photos)
    known.documents = get_document_model().objects.in_bulk(chosen.get(get_document_model(), ()))
    known.audiences = Audience.objects.in_bulk(chosen.get(Audience, ()))
    known.topics = TopicPage.objects.in_bulk(chosen.get(TopicPage, ()))
    pages = ListedQuerySet(Page).listed() if only_public else Page.objects.all()
    known.pages = pages.only("title", "slug", "url_path", "path").in_bulk(chosen.get(Page, ()))
    return known


def _chosen(reviews: Iterable[ReviewPage]) -> Keys:
    chosen: Keys = defaultdict(set)
    for review in reviews:
        for model, pks in chosen_in(review.body, review.credits).items():
            chosen[model] |= pks
        chosen[CustomImage] |= {pk for name in PICTURES if (pk := getattr(review, name))}
        chosen[TopicPage] |= {topic.pk for topic in review.other_topics.all()}
        chosen[TopicPage] |= {review.topic_id} if review.topic_id else set()
        chosen[Page] |= {link.chosen_id for link in review.chosen_reviews.all()}
    return chosen


def chosen_in(*streams: StreamValue) -> Keys:
    """Return the keys of what the blocks choose, and of the pages and documents that their texts link to."""
    chosen: Keys = defaultdict(set)
    for model, pks in choices_in(*streams).items():
        # Any page may be chosen by a block for one kind of page.
        chosen[Page if issubclass(model, Page) else model] |= {pk for pk in pks if isinstance(pk, int)}
    chosen[get_document_model()] |= linked_documents(*streams)
    return chosen


def _studies(pks: set[int]) -> dict[int, Study]:
    return Study.objects.prefetch_related("study_authors", "funders").in_bulk(pks)


def _scheduled(reviews: Iterable[ReviewPage]) -> set[int]:
    """Return which of the reviews are to go live by themselves."""
    drafts = [str(review.pk) for review in reviews if not review.live]
    if not drafts:
        return set()
    waiting = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        object_id__in=drafts,
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return {int(pk) for pk in waiting.values_list("object_id", flat=True)}
