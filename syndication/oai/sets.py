"""Sets: one for each topic that the public may see."""

from __future__ import annotations

import re

from core.snapshot import remembered
from research_reviews.models import TopicPage

# By number, because a set keeps its name for good, and a slug may be of any script and changes.
SPEC = re.compile(r"topic-([1-9][0-9]{0,8})")


def spec_of(topic_id: int) -> str:
    """Return the name of a topic's set."""
    return f"topic-{topic_id}"


def topic_in(spec: str) -> int | None:
    """Return the number of the topic whose set has the name; None where it is no name of a set."""
    match = SPEC.fullmatch(spec)
    return int(match[1]) if match else None


def listed_topics() -> dict[int, TopicPage]:
    """Return the topics that there are sets of, by number, in the order of their titles."""
    return remembered("oai topics", _listed_topics)


def _listed_topics() -> dict[int, TopicPage]:
    topics = TopicPage.objects.listed().order_by("title", "pk").only("title", "introduction", "url_path")
    return {topic.pk: topic for topic in topics}
