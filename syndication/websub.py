"""Tells the owner's hub (WebSub) that feeds have changed, so that feed readers get a new review at once.

The worker tells it: publishing never waits. A hub that does not answer is asked again, ever later, and then let be:
feed readers find the review by themselves the next time they look.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import requests
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task
from wagtail.models import Site
from wagtail.signals import page_published

from core.feeds.feed import SUFFIXES
from research_reviews.bylines import credited
from research_reviews.models import Person, ReviewPage, StudyNotice
from research_reviews.watch.kinds import TOLD
from syndication.feeds.places import feed_of
from syndication.models import SyndicationSettings

SECONDS = 5
# Before the second, third and fourth try.
WAITS = (timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=2))

logger = logging.getLogger(__name__)


@receiver(page_published, sender=ReviewPage)
def review_published(instance: ReviewPage, **kwargs: Any) -> None:
    """A review appeared or changed. Wagtail also signals one that is only scheduled: nobody is told of that."""
    if current_hub() and ReviewPage.objects.listed().filter(pk=instance.pk).exists():
        transaction.on_commit(partial(ask_worker, list(dict.fromkeys(feeds_with(instance)))))


@receiver(post_save, sender=StudyNotice)
def notice_found(instance: StudyNotice, created: bool, **kwargs: Any) -> None:
    """A study was retracted, warned of or reinstated: the feeds of its reviews say so."""
    if created and instance.kind in TOLD and current_hub():
        reviews = ReviewPage.objects.listed().filter(review_studies__study=instance.study_id)
        addresses = (address for review in reviews.distinct() for address in feeds_with(review))
        transaction.on_commit(partial(ask_worker, list(dict.fromkeys(addresses))))


def ask_worker(addresses: list[str]) -> None:
    """Leave word for the worker. The review is published also where the queue takes nothing now."""
    try:
        tell_hub.enqueue(addresses)
    except Exception:
        logger.exception("The worker could not be asked to tell the WebSub hub of %s feeds.", len(addresses))


def current_hub() -> str:
    """Return the address of the hub that the owner has chosen; empty without one."""
    settings = SyndicationSettings.for_site(Site.objects.filter(is_default_site=True).first())
    return str(settings.websub_hub)


def feeds_with(review: ReviewPage) -> Iterator[str]:
    """Yield the whole address of every feed that the review stands in."""
    parts = review.get_url_parts()
    if not parts:
        return
    studies = [link.study_id for link in review.review_studies.all()]
    authors = Person.objects.filter(authorships__study__in=studies)
    people = [*(value["person"] for value in credited(review.credits)), *authors]
    topics = [topic for topic in (review.topic, *review.other_topics.all()) if topic]
    for path in map(feed_of, (review, *topics, *people)):
        yield from (f"{parts[1]}{path}{suffix}" for suffix in SUFFIXES.values())


@task()
def tell_hub(addresses: list[str], tries: int = 0) -> None:
    """Tell the hub which feeds have changed; of those that it did not take, again later. Can be done twice."""
    hub = current_hub()
    left = not_taken(hub, addresses) if hub else []
    if not left:
        return
    if tries < len(WAITS):
        again = tell_hub.using(run_after=timezone.now() + WAITS[tries])
        again.enqueue(left, tries + 1)
    else:
        logger.warning("The WebSub hub %s has not been told of %s changed feeds.", hub, len(left))


def not_taken(hub: str, addresses: list[str]) -> list[str]:
    """Tell the hub of each feed, and return those that it did not take. One that is away is not asked for the rest."""
    left = []
    with requests.Session() as session:
        for place, address in enumerate(addresses):
            try:
                if not takes(session, hub, address):
                    left.append(address)
            except requests.RequestException as error:
                logger.info("The WebSub hub %s did not answer: %s", hub, type(error).__name__)
                return [*left, *addresses[place:]]
    return left


def takes(session: requests.Session, hub: str, address: str) -> bool:
    """Tell the hub of a feed and return whether it took that. Nothing that it answers is read."""
    said = {"hub.mode": "publish", "hub.url": address}
    with session.post(hub, data=said, timeout=SECONDS, stream=True, allow_redirects=False) as answer:
        return 200 <= answer.status_code < 300
