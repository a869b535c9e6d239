"""The list of services and cookies in a privacy policy."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import StandardPage
from site_settings.models import Purpose, Service, ServiceCookie
from tests.factories import PurposeFactory, ServiceFactory, StandardPageFactory, stream
from tests.factories.blocks import block
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy() -> StandardPage:
    """A privacy policy."""
    page: StandardPage = StandardPageFactory(body=stream(block("services", {"heading": "Services and cookies"})))
    return page


def test_it_lists_what_is_set_up_in_the_owners_order(policy: StandardPage) -> None:
    player = ServiceFactory(
        name="Player", provider_policy="https://films.example/privacy", hosts="player.films.example\n*.cdn.example"
    )
    PurposeFactory(name="Nothing yet")
    Purpose.objects.filter(slug="necessary").update(sort_order=99)
    Service.objects.filter(pk=player.pk).update(sort_order=0)

    section = find(read(policy.url), ".services")

    assert every(section, "h2") == ["Services and cookies"]
    assert every(section, "h3") == ["Counting visits", "Other sites", "Strictly necessary"]
    assert every(section, "h4") == ["Visit counts", "Player", "Your privacy choice", "Signing in"]
    text = words(section)
    for said in ("Only if you agree.", "Done unless you object.", "player.films.example, *.cdn.example"):
        assert said in text
    assert links(section)["privacy policy of Invented Films Ltd"] == "https://films.example/privacy"
    assert links(section)["Your privacy preferences"] == "/privacy/preferences/"


def test_each_cookie_says_what_for_how_long_and_who_can_delete_it(policy: StandardPage) -> None:
    player = ServiceFactory(name="Player", cookies=("_films",))
    ServiceCookie.objects.create(
        service=player, name="theirs", what_for="Remembers you", lifetime="2 years", sort_order=1
    )

    tables = find(read(policy.url), ".services").select(".table")

    rows = [every(table, "tbody tr") for table in tables]
    assert rows[0] == ["consent Remembers your choice, with a random number that stands on our receipt of it "
                       "As long as a choice is kept You, in your browser"]  # fmt: skip
    assert rows[-1] == [
        "_films Counts 1 year This site, as soon as you refuse",
        "theirs Remembers you 2 years You, in your browser",
    ]
    assert words(tables[-1].caption) == "Cookies of “Player”"
    assert {str(head["scope"]) for head in tables[-1].select("th")} == {"col", "row"}


def test_what_an_owner_writes_is_text(policy: StandardPage) -> None:
    ServiceFactory(name="<b>Player</b>", cookies=("_a",), what_it_loads="<script>x()</script>")
    section = find(read(policy.url), ".services")
    assert not section.select("b, script")
    assert "<script>x()</script>" in words(section)


def test_it_asks_the_database_no_more_when_it_lists_more(policy: StandardPage) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read(policy.url)
        return len(captured)

    ServiceFactory(cookies=("a",))
    queries()  # content types are asked for once
    few = queries()
    for number in range(8):
        ServiceFactory(purpose=PurposeFactory(name=f"Purpose {number}"), cookies=("a", "b"))
    assert queries() == few
