"""When something that can be found appears, changes or goes, the index follows.

What is no longer public is taken out of all results at once, in the transaction that takes it away; the rest is left to
the worker. These receivers run before those of research_reviews: the credits of a review are still what they were.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.bulk import pages_written
from research_reviews.models import Credit, Person, ReviewPage, ReviewStudy, Study, StudyAuthor, TopicPage
from search import postings
from search.documents import Kind
from search.indexing import hide, hide_unlisted, mark, mark_known

KINDS: dict[type[Page], Kind] = {ReviewPage: Kind.REVIEW, TopicPage: Kind.TOPIC}


@receiver(page_published)
def page_appeared(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page appeared or changed. Wagtail also signals one that is only scheduled: the index looks."""
    if kind := KINDS.get(sender):
        mark(kind, [instance.pk])
        mark_people(instance)


@receiver(pages_written)
def pages_appeared(sender: type[Page], pages: list[Any], **kwargs: Any) -> None:
    """Pages came in bulk: those that readers may not find are left out by whoever looks at the marks."""
    if kind := KINDS.get(sender):
        live = [page for page in pages if page.live]
        mark(kind, [page.pk for page in live])
        if kind == Kind.REVIEW:
            mark(
                Kind.PERSON,
                named_people(block["value"].get("person") for page in live for block in page.credits.raw_data),
            )


@receiver([page_unpublished, post_delete])
def page_went(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A page went, also by its expiry date, or was deleted."""
    if kind := KINDS.get(sender):
        hide(kind, [instance.pk])
        mark_people(instance)


def mark_people(page: Page) -> None:
    """Whoever a review names may be found because of it, or no longer."""
    if isinstance(page, ReviewPage):
        named = {block["value"].get("person") for block in page.credits.raw_data}
        named.update(Credit.objects.filter(review=page.pk).values_list("person_id", flat=True))
        studies = ReviewStudy.objects.filter(review=page.pk).values("study")
        named.update(StudyAuthor.objects.filter(study__in=studies).values_list("person_id", flat=True))
        mark(Kind.PERSON, named_people(named))


def named_people(pks: Iterable[Any]) -> list[int]:
    """Return the keys of people among what blocks hold."""
    return list(Person.objects.filter(pk__in={pk for pk in pks if pk}).values_list("pk", flat=True))


@receiver(post_page_move)
def page_moved(instance: Page, **kwargs: Any) -> None:
    """A page may have moved into or out of a private part of the site."""
    look_below(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def privacy_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A part of the site became private or public. So did every alias of it."""
    if page := Page.objects.filter(pk=instance.page_id).first():
        for shown in (page, *page.aliases.all()):
            look_below(shown)


def look_below(page: Page) -> None:
    """Look again at every page at or below this one, and at the people whom they name."""
    with transaction.atomic():
        # Before anything is marked: two who wait for each other would wait for ever.
        postings.lock()
        for model, kind in KINDS.items():
            below = model._default_manager.filter(path__startswith=page.path).values_list("pk", flat=True)
            hide_unlisted(kind, list(below))
    reviews = ReviewPage.objects.filter(path__startswith=page.path).values("pk")
    mark(Kind.PERSON, Credit.objects.filter(review__in=reviews).values_list("person_id", flat=True))
    authors = StudyAuthor.objects.filter(study__review_links__review__in=reviews)
    mark(Kind.PERSON, authors.values_list("person_id", flat=True))


@receiver(post_save, sender=Person)
def person_changed(instance: Person, created: bool, **kwargs: Any) -> None:
    """A person is named in reviews and studies."""
    if not created:
        mark(Kind.PERSON, [instance.pk])
        mark_known(Kind.REVIEW, ReviewPage.objects.crediting(instance).order_by().values("pk"))


@receiver(post_delete, sender=Person)
def person_went(instance: Person, **kwargs: Any) -> None:
    """Nobody finds them from now on."""
    hide(Kind.PERSON, [instance.pk])


@receiver(post_save, sender=Study)
def study_changed(instance: Study, created: bool, **kwargs: Any) -> None:
    """A review says what its studies are called, and can be found by what they are."""
    if not created:
        mark_known(Kind.REVIEW, ReviewStudy.objects.filter(study=instance.pk).values("review"))


@receiver([post_save, post_delete], sender=StudyAuthor)
def author_changed(instance: StudyAuthor, **kwargs: Any) -> None:
    """A study has another author."""
    mark_known(Kind.REVIEW, ReviewStudy.objects.filter(study=instance.study_id).values("review"))
    if ReviewStudy.objects.filter(study=instance.study_id).exists():
        mark(Kind.PERSON, named_people([instance.person_id]))
