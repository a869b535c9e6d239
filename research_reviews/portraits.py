"""What reviews are compared by: their studies, topics, credits and audiences, and the words that sum them up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from research_reviews.blocks import Contribution
from research_reviews.likeness import Words, words_of
from research_reviews.models import Credit, Finding, Recommendation, ReviewPage, ReviewStudy

# A review of the same study is the nearest that there is. One person may write most of a site's reviews, so that says
# little; two reviews in which the same person is interviewed have more in common.
SAME_STUDY = 5.0
SAME_FIRST_TOPIC = 2.0
SHARED_TOPIC = 1.0
SAME_PERSON = 1.0
SAME_REVIEWER = 0.25
SAME_AUDIENCES = 1.5
SAME_WORDS = 6.0
# More of a kind do not make two reviews more related.
MOST_COUNTED = 2

OWN_FIELDS = ("title", "standfirst", "key_messages", "topic", "published_on")


@dataclass
class Portrait:
    """One review, as others are compared with it."""

    topic: int | None = None
    topics: set[int] = field(default_factory=set)
    studies: set[int] = field(default_factory=set)
    reviewers: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    audiences: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    # Of its date; equals come the newest first.
    day: int = 0

    @cached_property
    def words(self) -> Words:
        """The words that sum the review up: of its title, standfirst, key messages and issues."""
        return words_of(*self.texts)

    def relation(self, other: Portrait, likeness: float) -> float:
        """Return how related two reviews are, whose texts are so alike; the same whichever is asked about the other.

        For each shared study 5, for the same first topic 2 and another shared topic 1, for each person credited on
        both 1 and each shared reviewer 0.25 (two of each count); up to 1.5 for the share of audiences that they have
        in common, and up to 6 for the likeness of their words.
        """
        is_first = self.topic is not None and self.topic == other.topic
        also = (self.topics & other.topics) - ({self.topic} if is_first else set())
        audiences = self.audiences | other.audiences
        score = (
            SAME_STUDY * counted(self.studies & other.studies)
            + SAME_FIRST_TOPIC * is_first
            + SHARED_TOPIC * bool(also)
            + SAME_PERSON * counted(self.people & other.people)
            + SAME_REVIEWER * counted(self.reviewers & other.reviewers)
            + SAME_AUDIENCES * (len(self.audiences & other.audiences) / len(audiences) if audiences else 0)
            + SAME_WORDS * likeness
        )
        # So that a last digit, in which machines may differ, decides nothing.
        return round(score, 4)


def counted(shared: set[int]) -> int:
    """Return how many of what is shared count."""
    return min(len(shared), MOST_COUNTED)


def begun(review: ReviewPage) -> Portrait:
    """Return a portrait with what the review's own row says."""
    return Portrait(
        topic=review.topic_id,
        topics={review.topic_id} if review.topic_id else set(),
        texts=[review.title, review.standfirst, *(item["value"] for item in review.key_messages.raw_data)],
        day=review.published_on.toordinal() if review.published_on else 0,
    )


def portraits_of(pks: Collection[int]) -> dict[int, Portrait]:
    """Return the portraits of the reviews with these keys, in one query for each thing that they are compared by."""
    portraits = {review.pk: begun(review) for review in ReviewPage.objects.filter(pk__in=pks).only(*OWN_FIELDS)}
    for pk, label in Finding.objects.filter(review__in=pks).values_list("review", "label"):
        portraits[pk].texts.append(label)
    also = ReviewPage.other_topics.through.objects.filter(reviewpage__in=pks)
    for pk, topic in also.values_list("reviewpage", "topicpage"):
        portraits[pk].topics.add(topic)
    for pk, study in ReviewStudy.objects.filter(review__in=pks).values_list("review", "study"):
        portraits[pk].studies.add(study)
    spoken_to = Recommendation.audiences.through.objects.filter(recommendation__review__in=pks)
    for pk, audience in spoken_to.values_list("recommendation__review", "audience"):
        portraits[pk].audiences.add(audience)
    for pk, person, contribution in Credit.objects.filter(review__in=pks).values_list(
        "review", "person", "contribution"
    ):
        is_reviewer = contribution == Contribution.REVIEW_AUTHOR
        (portraits[pk].reviewers if is_reviewer else portraits[pk].people).add(person)
    return portraits
