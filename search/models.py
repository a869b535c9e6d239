"""The search index, in tables that SQLite and PostgreSQL read alike.

A `Document` is what can be found: a review, a topic or a person, with its passages. A `Posting` says which documents
hold a word, a `Spelling` helps to find a word that was typed wrongly. All of it is a copy of what is published;
`manage.py rebuild_search` makes it anew.

What is found, and in which order, is the same on both databases: words are folded and stemmed in Python, and sets are
met in Python. SQLite is weaker in how the index is written and looked up: it has one writer at a time, so an editor who
saves while the worker writes waits for it (up to a second), and during a rebuild for a block of 4,096 documents (some
seconds, longer than SQLite's time-out where reviews are long); and it reads the whole vocabulary to complete a word,
because it looks for the beginning of a text without an index.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """Something that can be found. Its key is its number in the sets of `search.bitmaps`."""

    class Kind(models.TextChoices):
        """What it is."""

        REVIEW = "review", _("Review")
        TOPIC = "topic", _("Topic")
        PERSON = "person", _("Person")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    object_id = models.PositiveBigIntegerField()
    date = models.DateField(null=True)
    # What it can be narrowed by, such as "topic:12".
    facets = models.JSONField(default=list)
    # By rank (search.documents), the most telling first.
    passages = models.JSONField(default=list)
    # The stems of the passages: a line a rank, a tab between passages.
    words = models.TextField(blank=True)
    stale_since = models.DateTimeField(null=True, db_index=True)
    # Whether the server of SEARCH_URL, where there is one, has it as it is.
    is_sent = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_a_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Posting(models.Model):
    """Which documents of a block hold a stem, at least at a place of this rank; or have a facet."""

    term = models.CharField(max_length=64)
    rank = models.PositiveSmallIntegerField()
    block = models.PositiveIntegerField()
    members = models.BinaryField()
    is_facet = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "rank", "block"], name="one_posting_a_block")]
        indexes = [
            models.Index(fields=["block"], name="posting_block"),
            models.Index(fields=["term"], condition=models.Q(is_facet=True), name="posting_facet"),
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.rank}) in block {self.block}"


class Word(models.Model):
    """A word as it is written, folded, and in how many documents it is."""

    text = models.CharField(max_length=40, unique=True)
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-documents"], name="word_most_used")]

    def __str__(self) -> str:
        return self.text


class Spelling(models.Model):
    """A key that a word shares with what is typed in its place by mistake (search.vocabulary)."""

    key = models.IntegerField(db_index=True)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="spellings")

    def __str__(self) -> str:
        return f"{self.key}: {self.word_id}"


class IndexState(models.Model):
    """The one row that says what the index is. Whoever writes to the index locks it first."""

    version = models.PositiveIntegerField(default=0)
    built_at = models.DateTimeField(null=True)
    # Another after each change of the index, so that processes know whether what they remember still holds.
    token = models.CharField(max_length=32, blank=True)
    # While it is being rebuilt: the last sign of life.
    rebuilding_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"version {self.version}"
