"""Mails to one person: two parts of equal worth, in the site's name and colours, safe whatever is put into them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.mail import BadHeaderError, EmailMultiAlternatives

from core.mail import compose, message_of
from site_settings.models import BrandSettings
from subscriptions.models import SubscriptionSettings
from tests.factories import home_page
from tests.reading import words

pytestmark = pytest.mark.django_db

MJML = """{% extends "emails/base.mjml" %}
{% block preview %}{{ words }}{% endblock %}
{% block text %}<mj-text><h1>{{ words }}</h1></mj-text><mj-button href="{{ url }}">{{ words }}</mj-button>{% endblock %}
{% block reason %}<p>You asked for it.</p>{% endblock %}"""
TEXT = """{% extends "emails/base.txt" %}{% block text %}{{ words }}

{{ url }}{% endblock %}{% block reason %}You asked for it.{% endblock %}"""
HOSTILE = "</mj-text></mjml><script>alert(1)</script> {{ settings }} {% now %} ]]> & \" ' <!-- \x00\x07 \u202e 🗝 é"


@pytest.fixture(autouse=True)
def templates(settings: Any, tmp_path: Any) -> None:
    """A mail of the test's own."""
    (tmp_path / "emails").mkdir()
    (tmp_path / "emails" / "sample.mjml").write_text(MJML)
    (tmp_path / "emails" / "sample.txt").write_text(TEXT)
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]
    home_page()


def sample(words_: str = "Please confirm", url: str = "https://reviews.example/?a=1&b=2", **how: Any) -> Any:
    """Return a mail, and its HTML part parsed."""
    message = compose(
        "sample", to="a@example.org", context={"words": words_, "url": url}, **{"subject": "Hello", **how}
    )
    return message, BeautifulSoup(html_of(message), "html.parser")


def html_of(message: EmailMultiAlternatives) -> str:
    [(html, kind)] = [(part[0], part[1]) for part in message.alternatives]
    assert kind == "text/html"
    return str(html)


def test_a_mail_says_the_same_in_both_parts_and_that_a_machine_sent_it() -> None:
    message, page = sample()
    for text in (message.body, words(page.body)):
        assert "Please confirm" in text
        assert "You asked for it." in text
        assert "Research Reviews" in text
    assert "https://reviews.example/?a=1&b=2" in message.body
    assert page.select_one('a[href="https://reviews.example/?a=1&b=2"]')
    assert message.message()["Auto-Submitted"] == "auto-generated"


def test_what_readers_write_stays_text() -> None:
    message, page = sample(HOSTILE)
    assert not page.select("script")
    assert "<script>alert(1)</script> {{ settings }} {% now %} ]]> & \" ' <!--" in words(page.h1)
    assert "</mj-text></mjml><script>alert(1)</script>" in message.body
    assert "\x00" not in html_of(message) + message.body
    message.send()
    assert "🗝 é" in mail.outbox[0].body


def test_the_subject_is_on_one_line() -> None:
    message, _page = sample(subject="Hello\r\nBcc: everybody@example.org\u2028\tand more")
    assert message.subject == "Hello Bcc: everybody@example.org and more"
    assert message.message()["Bcc"] is None


@pytest.mark.parametrize(
    "header",
    [
        {"to": "a@example.org\nBcc: b@example.org"},
        {"from_email": "a@example.org\r\nBcc: b@example.org"},
        {"reply_to": "a@example.org\nBcc: b@example.org"},
    ],
)
def test_a_line_break_in_an_address_is_refused(header: dict[str, str]) -> None:
    with pytest.raises(BadHeaderError):
        message_of(**{"subject": "Hello", "html": "", "text": "", "to": "a@example.org", **header})


def test_a_line_break_in_a_further_header_is_refused() -> None:
    with pytest.raises(BadHeaderError):
        sample(headers={"List-Id": "a\nBcc: b@example.org"})


def test_the_mail_is_in_the_owners_name_and_colours_in_light_and_dark() -> None:
    site = home_page().get_site()
    BrandSettings.objects.create(site=site, site_name="Paper & Planes", accent_colour="#0b5d3b")
    SubscriptionSettings.objects.create(site=site, postal_address="1 Invented Lane\n<b>Nowhere</b>")
    message, page = sample()
    html = html_of(message)
    assert "Paper & Planes" in words(page.body)
    assert "#0b5d3b" in html
    assert "prefers-color-scheme: dark" in html
    assert page.select_one('meta[name="color-scheme"][content="light dark"]')
    assert "1 Invented Lane <b>Nowhere</b>" in words(page.body)
    assert "1 Invented Lane\n<b>Nowhere</b>" in message.body


def test_nothing_is_fetched_for_a_mail_without_pictures() -> None:
    _message, page = sample()
    assert not page.select("img, link, script, iframe, [background]")
    assert "url(" not in str(page)
    assert "@import" not in str(page)
