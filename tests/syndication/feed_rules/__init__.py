"""Rules of feeds, as standards and validators have them: what each finds is a sentence, and there is to be none.

Written from RFC 4287 and RFC 5005 (Atom), the RSS 2.0 specification with the profile of the RSS Advisory Board, and
JSON Feed 1.1, with what the W3C's feed validator warns of besides. It is no package that could be installed.
"""

from tests.syndication.feed_rules import atom, json_feed, rss

CHECKS = {"rss": rss.problems, "atom": atom.problems, "json": json_feed.problems}

__all__ = ["CHECKS"]
