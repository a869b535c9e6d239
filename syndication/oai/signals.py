"""Which saved things change the records of which reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.bulk import pages_written
from core.signals import DRAFT_FIELDS
from research_reviews.models import Credit, Person, ReviewPage, ReviewStudy, Study, StudyAuthor, TopicPage
from site_settings.models import BrandSettings
from syndication.models import OaiMembership, SyndicationSettings
from syndication.oai.keeping import note

Keys = Iterable[int]
Names = Iterable[str] | None


@receiver(post_save, sender=ReviewPage)
def review_saved(instance: ReviewPage, raw: bool, update_fields: Names = None, **kwargs: Any) -> None:
    """A review that readers see was saved, other than as a draft."""
    if instance.live and not raw and not DRAFT_FIELDS.issuperset(update_fields or {"everything"}):
        note([instance.pk])


@receiver([page_published, page_unpublished], sender=ReviewPage)
def review_published(instance: ReviewPage, **kwargs: Any) -> None:
    """A review appeared, changed or went. Of one that is only scheduled, nothing is told."""
    note([instance.pk])


@receiver(pages_written, sender=ReviewPage)
def reviews_written(pages: list[ReviewPage], **kwargs: Any) -> None:
    """Reviews came in bulk."""
    note(page.pk for page in pages if page.live)


@receiver(post_delete, sender=ReviewPage)
def review_deleted(instance: ReviewPage, **kwargs: Any) -> None:
    """A review is gone for good."""
    note([instance.pk])


@receiver(m2m_changed, sender=ReviewPage.other_topics.through)
def other_topics_changed(instance: ReviewPage, action: str, **kwargs: Any) -> None:
    """A review got or lost other topics without being saved."""
    if action.startswith("post_") and isinstance(instance, ReviewPage):
        note([instance.pk])


@receiver(post_page_move)
def page_moved(instance: Page, **kwargs: Any) -> None:
    """A page has another address, and with it those below."""
    note(reviews_below(instance))


@receiver([post_save, post_delete], sender=PageViewRestriction)
def privacy_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A part of the site became private or public: reviews, or topics whose names stand in records."""
    page = None if kwargs.get("raw") else Page.objects.filter(pk=instance.page_id).first()
    if page:
        topics = TopicPage.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True)
        note({*reviews_below(page), *reviews_in_sets(topics)})


@receiver([page_unpublished, pre_delete], sender=TopicPage)
def topic_goes(instance: TopicPage, **kwargs: Any) -> None:
    """A topic goes, and its name with it."""
    note(reviews_in_sets([instance.pk]))


@receiver(pre_delete, sender=Person)
def person_goes(instance: Person, **kwargs: Any) -> None:
    """A person goes, and their name with them."""
    note(reviews_of_person(instance))


@receiver([post_save, post_delete], sender=StudyAuthor)
def author_changed(instance: StudyAuthor, raw: bool = False, **kwargs: Any) -> None:
    """A study got or lost an author, or its authors were put in another order."""
    if not raw:
        note(reviews_of_studies([instance.study_id]))


def reviews_below(page: Page) -> Keys:
    """Return the reviews at or below the page."""
    keys: Keys = ReviewPage.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True)
    return keys


def reviews_in_sets(topics: Iterable[int]) -> Keys:
    """Return the reviews of the topics."""
    return OaiMembership.objects.filter(topic_id__in=topics).values_list("record_id", flat=True)


def reviews_of_studies(studies: Iterable[int]) -> Keys:
    """Return the published reviews of the studies."""
    return ReviewStudy.objects.filter(study__in=studies).values_list("review_id", flat=True).distinct()


def reviews_of_person(person: Person) -> Keys:
    """Return the reviews that name the person, or whose studies do."""
    named = Q(pk__in=Credit.objects.filter(person=person).values("review"))
    wrote = Q(review_studies__study__study_authors__person=person)
    keys: Keys = ReviewPage.objects.filter(named | wrote).values_list("pk", flat=True).distinct()
    return keys


def every_review(instance: Model) -> Keys:
    """Return every review that readers see."""
    keys: Keys = ReviewPage.objects.listed().values_list("pk", flat=True)
    return keys


STUDY_FIELDS = (
    "title",
    "subtitle",
    "container",
    "publisher",
    "volume",
    "issue",
    "pages",
    "publication_year",
    "publication_month",
    "publication_day",
    "doi",
    "url",
    "study_type",
    "retraction_status",
)
# What records say of other things: which fields of each, and the reviews that are concerned where one changes.
WATCHED: dict[type[Model], tuple[tuple[str, ...], Callable[[Any], Keys]]] = {
    BrandSettings: (("site_name",), every_review),
    Person: (("name", "given_name", "family_name", "is_organisation", "orcid"), reviews_of_person),
    Site: (("hostname", "port", "root_page_id"), every_review),
    Study: (STUDY_FIELDS, lambda study: reviews_of_studies([study.pk])),
    SyndicationSettings: (("licence_url",), every_review),
    TopicPage: (("title", "live"), lambda topic: reviews_in_sets([topic.pk])),
}


def watched(sender: type[Model]) -> tuple[tuple[str, ...], Callable[[Any], Keys]]:
    """Return what is watched of things of the model; of any page, its part of the addresses of those below it."""
    return WATCHED.get(sender) or ((("slug",) if issubclass(sender, Page) else ()), reviews_below)


@receiver(pre_save)
def remember(sender: type[Model], instance: Any, update_fields: Names = None, **kwargs: Any) -> None:
    """Remember whether something that records say is being changed."""
    fields = [name for name in watched(sender)[0] if not update_fields or name in update_fields]
    if not fields:
        return
    before = sender._default_manager.filter(pk=instance.pk).values(*fields).first() if instance.pk else None
    # Settings that were never saved stood at their defaults, so the first save can be a change, too.
    instance._changes_records = before != {name: getattr(instance, name) for name in fields}


@receiver(post_save)
def thing_saved(sender: type[Model], instance: Any, raw: bool, **kwargs: Any) -> None:
    """Something that records say was changed."""
    if instance.__dict__.pop("_changes_records", False) and not raw:
        note(watched(sender)[1](instance))
