"""Loading the demo site can be interrupted anywhere and run again: it ends in the same state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import Signal
from wagtail.models import Page, Site
from wagtail.signals import page_published

from home.models import HomePage
from images.models import CustomImage
from research_reviews.models import ReviewPage, StudyFunder, TopicPage
from tests.home.conftest import load_demo
from tests.home.demo_state import counts, state

pytestmark = pytest.mark.django_db


class PowerCutError(Exception):
    """What no code expects."""


@contextmanager
def broken_off(signal: Signal, sender: type[Any], after: int, error: type[BaseException]) -> Iterator[None]:
    """Let the error happen when the signal is sent for the model once more than the number."""
    seen = 0

    def cut(**kwargs: Any) -> None:
        nonlocal seen
        seen += 1
        if seen > after:
            raise error

    signal.connect(cut, sender=sender)
    try:
        yield
    finally:
        signal.disconnect(cut, sender=sender)


@pytest.fixture
def uninterrupted() -> dict[str, Any]:
    """The state after a load from beginning to end."""
    with transaction.atomic():
        load_demo()
        loaded = state()
        transaction.set_rollback(True)
    return loaded


BREAKS: list[Callable[[], Any]] = [
    lambda: broken_off(page_published, TopicPage, 3, PowerCutError),
    lambda: broken_off(post_save, StudyFunder, 2, PowerCutError),
    lambda: broken_off(page_published, ReviewPage, 5, PowerCutError),
    lambda: broken_off(post_save, CustomImage, 4, PowerCutError),
    lambda: broken_off(page_published, HomePage, 0, PowerCutError),
]


def test_interrupted_again_and_again_it_ends_in_the_same_state(uninterrupted: dict[str, Any]) -> None:
    sizes = []
    for break_off in BREAKS:
        with break_off(), pytest.raises(PowerCutError):
            load_demo()
        sizes.append(sum(counts().values()))
    assert sizes == sorted(set(sizes)), "each run should go on from where the last one ended"
    load_demo()
    assert state() == uninterrupted


def test_a_review_is_never_there_by_half() -> None:
    with broken_off(page_published, ReviewPage, 2, PowerCutError), pytest.raises(PowerCutError):
        load_demo()
    reviews = ReviewPage.objects.all()
    assert len(reviews) == 2
    assert all(review.live and review.review_studies.exists() for review in reviews)


def test_stopped_by_hand_it_says_how_to_go_on() -> None:
    with (
        broken_off(page_published, ReviewPage, 1, KeyboardInterrupt),
        pytest.raises(CommandError, match="Run it again to go on"),
    ):
        load_demo()


def test_without_a_home_page_it_says_so() -> None:
    Site.objects.update(root_page=Page.get_first_root_node())
    with pytest.raises(CommandError, match="does not begin with a home page"):
        load_demo()
