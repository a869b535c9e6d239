"""The judges of the feeds: each rule finds what it is there for, so that silence means something."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.factories import ReviewPageFactory
from tests.syndication.feed_rules import CHECKS
from tests.syndication.feeds import EVERYTHING, SUFFIXES, fetch

pytestmark = pytest.mark.django_db

ADDRESS = f"http://localhost{EVERYTHING}"
# What is broken by putting the second in the place of the first, and a word of what is found.
BROKEN = {
    "rss": [
        ("</rss>", "", "well formed"),
        (' encoding="utf-8"', "", "UTF-8"),
        ('version="2.0"', 'version="0.91"', "no RSS 2.0"),
        ("<language>en-gb", "<language>British English", "no language"),
        ("<channel><title>Research Reviews</title>", "<channel>", "0 of title"),
        ("<channel>", "<channel><title>Twice</title>", "2 of title"),
        ("<channel>", "<channel><invented/>", "may not hold invented"),
        ("<channel>", "<channel>Words", "text beside"),
        ("/reviews/feed/", "/elsewhere/feed/", "says that it is at"),
        (' isPermaLink="false"', "", "lacks the attribute isPermaLink"),
        ('isPermaLink="false">', 'isPermaLink="true">page ', "no whole address"),
        ("<pubDate>", "<pubDate>2026-01-01T00:00:00Z ", "no date of RFC 822"),
        ("<dcterms:modified>", "<dcterms:modified>Mon ", "no date of RFC 3339"),
        ("<item>", "<item><author>Ada</author>", "no e-mail address"),
        ("<item>", "<item><author>ada@example.org</author>", "author twice"),
        ("<item>", "<item><guid isPermaLink='false'>a</guid>", "2 of guid"),
        ("<item><title>", "<item><title>&lt;b&gt; ", "holds markup"),
        ("<link>http://localhost/reviews/what", "<link>/reviews/what", "no whole address"),
        ("<content:encoded>", "<content:encoded>&lt;script&gt;&lt;/script&gt;", "holds <script>"),
        ("<content:encoded>", '<content:encoded>&lt;a href="/here"&gt;&lt;/a&gt;', "no whole address"),
        ("<content:encoded>", '<content:encoded>&lt;p style="x"&gt;&lt;/p&gt;', "attribute style"),
        ("<content:encoded>", "<content:encoded>&lt;div&gt;", "closed"),
        ("<content:encoded>", '<content:encoded>&lt;img src="http://localhost/x"&gt;', "no alt"),
        ('medium="image"', 'medium="video"', "no picture"),
        ("<item>", '<item xmlns:x="urn:x"><x:y/>', "may not hold {urn:x}y"),
    ],
    "atom": [
        ("</feed>", "", "well formed"),
        ('xml:lang="en-gb"', "", "no language"),
        ("<feed ", "<feed1 ", "well formed"),
        ('rel="self"', 'rel="related-ish"', "no registered relation"),
        ("<entry>", "<entry><updated>2026-01-01T00:00:00Z</updated>", "2 of {http://www.w3.org/2005/Atom}updated"),
        ("<entry>", "<entry><published>yesterday</published>", "no date of RFC 3339"),
        ("<entry>", "<entry><invented/>", "may not hold"),
        ('<link href="http://localhost/reviews/" rel="alternate" type="text/html"/>', "", "nothing"),
        ("<author><name>", "<author><uri>x</uri><name>", "no whole address"),
        ("<name>Research Reviews</name>", "", "0 of {http://www.w3.org/2005/Atom}name"),
        ('<content type="html">', '<content type="markdown">', "no type of text"),
        ('<content type="html">', '<content type="html">&lt;iframe&gt;&lt;/iframe&gt;', "holds <iframe>"),
        ("<id>urn:uuid:", "<id>", "no whole address"),
        ("term=", "label=", "lacks the attribute term"),
        ("/reviews/feed/atom/", "/elsewhere/", "says that it is at"),
        ("2026", "2226", "not plausible"),
    ],
    "json": [
        ("{", "", "no JSON"),
        ("version/1.1", "version/1", "was expected"),
        ('"title"', '"tilte"', "'tilte'"),
        ('"feed_url": "http://localhost/reviews', '"feed_url": "http://localhost/elsewhere', "says that it is at"),
        ('"home_page_url": "http', '"home_page_url": "ftp', "does not match"),
        ('"content_html": "', '"content_html": "<form></form>', "holds <form>"),
        ('"date_published": "', '"date_published": "on ', "does not match"),
        ('"authors": [{', '"authors": [{"mail": "x", ', "'mail'"),
        ('"items": [', '"items": [{}, ', "is a required property"),
    ],
}


@pytest.fixture(scope="module")
def feeds(django_db_setup: None, django_db_blocker: Any) -> Any:
    """A good feed in every format, once for all that is then broken in it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        ReviewPageFactory(title="What we know")
        made = {kind: fetch(kind=kind).content.decode() for kind in SUFFIXES}
        transaction.set_rollback(True)
    return made


@pytest.mark.parametrize(("kind", "good", "bad", "word"), [(kind, *case) for kind in BROKEN for case in BROKEN[kind]])
def test_a_rule_that_is_broken_is_found(feeds: dict[str, str], kind: str, good: str, bad: str, word: str) -> None:
    feed, address = feeds[kind], f"{ADDRESS}{SUFFIXES[kind]}"
    assert CHECKS[kind](feed.encode(), address) == []
    broken = feed.replace(good, bad) if word in ("says that it is at", "not plausible") else feed.replace(good, bad, 1)
    assert broken != feed, f"{good} is not there"
    if word == "nothing":
        # A feed need not lead anywhere, as RFC 4287 has it; an entry has to.
        broken = broken.replace('rel="alternate"', 'rel="replies"')
        word = "leads nowhere"
    assert any(word in problem for problem in CHECKS[kind](broken.encode(), address)), CHECKS[kind](
        broken.encode(), address
    )


@pytest.mark.parametrize("kind", SUFFIXES)
def test_two_entries_of_one_id_are_found(feeds: dict[str, str], kind: str) -> None:
    feed = feeds[kind]
    if kind == "json":
        parsed = json.loads(feed)
        twice = json.dumps({**parsed, "items": parsed["items"] * 2})
    else:
        name = "entry" if kind == "atom" else "item"
        entry = feed[feed.index(f"<{name}>") : feed.index(f"</{name}>") + len(name) + 3]
        twice = feed.replace(entry, entry * 2)
    assert any("2 times" in problem for problem in CHECKS[kind](twice.encode(), f"{ADDRESS}{SUFFIXES[kind]}"))
