"""What somebody asks for in a form, as it is handed to the worker and kept as evidence."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from research_reviews.models import TopicPage
from subscriptions.models import Subscriber


@dataclass(frozen=True)
class Choices:
    """How often, and of what."""

    rhythm: str = Subscriber.Rhythm.EACH
    all_topics: bool = True
    topics: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, subscriber: Subscriber) -> Choices:
        """Return what the subscriber has chosen."""
        topics = sorted(subscriber.topics.order_by().values_list("pk", flat=True))
        return cls(subscriber.rhythm, subscriber.all_topics, topics)

    def apply(self, subscriber: Subscriber) -> None:
        """Give the subscriber these choices. Topics that have gone meanwhile are left out."""
        subscriber.rhythm, subscriber.all_topics = self.rhythm, self.all_topics
        subscriber.save(update_fields=["rhythm", "all_topics"])
        subscriber.topics.set([] if self.all_topics else TopicPage.objects.filter(pk__in=self.topics))

    def evidence(self) -> dict[str, Any]:
        """Return the choices as they are kept with a consent: topics by their names, which outlive the pages."""
        names = TopicPage.objects.filter(pk__in=self.topics).order_by("title").values_list("title", flat=True)
        return {"rhythm": str(self.rhythm), "topics": "all" if self.all_topics else list(names)}


@dataclass(frozen=True)
class Wish:
    """A subscription that is asked for: which address, in which words, where."""

    email: str
    wording: str
    where: str
    choices: Choices

    def packed(self) -> dict[str, Any]:
        """Return the wish as the queue of tasks can keep it."""
        return asdict(self)

    @classmethod
    def unpacked(cls, packed: dict[str, Any]) -> Wish:
        """Return the wish that was packed."""
        return cls(**{**packed, "choices": Choices(**packed["choices"])})
