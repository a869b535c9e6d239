"""Feeds as RSS 2.0, Atom and JSON Feed 1.1: an app says what its feed holds, and every format is written from that."""

from core.feeds.answers import answer
from core.feeds.feed import Author, Category, Entry, Feed, FeedImage

__all__ = ["Author", "Category", "Entry", "Feed", "FeedImage", "answer"]
