"""Loads the demo site step by step. Each step is whole or not done at all, and one that was done is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from home.demo import front, pages, records, responses, sponsors
from home.demo.content import read, read_folder
from research_reviews.models import Audience, Person

FLAGSHIP = "peer-support-in-prisons"


@dataclass(frozen=True)
class Step:
    """One thing to make: what it is called, and what makes it and says whether it was not there before."""

    name: str
    run: Callable[[], bool]


def steps() -> list[Step]:
    """Return everything to do, in order: what is linked to comes first."""
    return [*record_steps(), *page_steps(), *front_steps()]


def record_steps() -> Iterator[Step]:
    """Yield the people and audiences that pages name."""
    content = read("people")
    for person in content["people"]:
        yield Step(person["name"], partial(made, Person, records.person, person))
    for audience in content["audiences"]:
        yield Step(audience["name"], partial(made, Audience, records.audience, audience))


def page_steps() -> Iterator[Step]:
    """Yield the topics, plain pages and reviews, the review that links to others last, and what reviews lead to."""
    for topic in read("topics")["topics"]:
        yield Step(topic["title"], partial(pages.topic, topic))
    for page in read_folder("pages"):
        yield Step(page["title"], partial(pages.standard_page, page))
    for review in sorted(read_folder("reviews"), key=lambda review: review["slug"] == FLAGSHIP):
        yield Step(review["title"], partial(pages.review, review))
    yield Step("Related reviews", pages.lead_to_one_another)


def front_steps() -> Iterator[Step]:
    """Yield the sponsors, the responses, the settings and the pages that lead to the others."""
    site = read("site")
    for sponsor in read("sponsors")["sponsors"]:
        yield Step(sponsor["name"], partial(sponsors.sponsor, sponsor))
    for response in read("responses")["responses"]:
        yield Step(f"Response by {response['name']}", partial(responses.thread, response))
    yield Step("Lists of reviews and topics", partial(front.lists, site["lists"]))
    yield Step("Front page", partial(front.front_page, site["front"]))
    yield Step("Brand", partial(front.brand, site["brand"]))
    yield Step("Navigation", partial(front.navigation, site["navigation"]))
    yield Step("Privacy", partial(front.privacy, site["privacy"]))


def made(model: type[Any], make: Callable[[dict[str, Any]], Any], content: dict[str, Any]) -> bool:
    """Make a record. Return whether it was not there before."""
    was_there = model.objects.filter(slug=content["slug"]).exists()
    make(content)
    return not was_there
