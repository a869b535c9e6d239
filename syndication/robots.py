"""robots.txt (RFC 9309): what crawlers are asked to leave alone, in the owner's words or in ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

# Crawlers need not read more.
LARGEST = 500 * 1024
AGENT, RULES = "user-agent", ("allow", "disallow")
# Lines beside the standard's own that crawlers are known to read.
OTHERS = ("clean-param", "content-signal", "content-usage", "crawl-delay", "host", "request-rate", "sitemap")
KNOWN = (AGENT, *RULES, *OTHERS)
RECORD = re.compile(r"\s*([A-Za-z-]+)\s*:\s*(.*?)\s*")
# The standard knows letters, hyphens and low lines; some crawlers have a figure or a dot in their name.
CRAWLER = re.compile(r"\*|[\w.-]+", re.ASCII)


@dataclass(frozen=True)
class Line:
    """A line that says something: its number, its field, in small letters, and its value."""

    number: int
    field: str
    value: str


def default_rules() -> str:
    """Return what crawlers are told where the owner says nothing: pages with an end, none that are made for a query."""
    refused = (settings.ADMIN_PATH, f"{reverse('search:search')}?", "/sponsors/visit/", "/responses/")
    return "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in refused)])


def lines(text: str) -> Iterator[Line]:
    """Yield the lines that say something. The field of one that is no record is empty."""
    for number, written in enumerate(text.splitlines(), start=1):
        said = written.partition("#")[0].strip()
        if said:
            match = RECORD.fullmatch(said)
            yield Line(number, match[1].lower(), match[2]) if match else Line(number, "", said)


def problem_of(text: str) -> str:
    """Return what is wrong with the owner's words, and what to do; empty where crawlers can read them."""
    if len(text.encode(errors="replace")) > LARGEST:
        return _("This is longer than the 500 KB that crawlers read. Shorten it.")
    has_agent = False
    for line in lines(text):
        has_agent = has_agent or line.field == AGENT
        if problem := problem_of_line(line, has_agent):
            return _("Line %(number)d: %(problem)s") % {"number": line.number, "problem": problem}
    return ""


def problem_of_line(line: Line, has_agent: bool) -> str:
    """Return what is wrong with a line; empty where nothing is."""
    if not line.field:
        return _("it is no rule. Write one like “Disallow: /drafts/”, and put # before a remark.")
    if line.field not in KNOWN:
        known = ", ".join(name.capitalize() for name in KNOWN)
        return _("crawlers do not know “%(name)s”. They know %(known)s.") % {"name": line.field, "known": known}
    if line.field == AGENT and not CRAWLER.fullmatch(line.value):
        return _("name one crawler, such as Googlebot, or * for all.")
    if line.field in RULES:
        return problem_of_rule(line.value, has_agent)
    return ""


def problem_of_rule(path: str, has_agent: bool) -> str:
    """Return what is wrong with a rule; empty where nothing is."""
    if not has_agent:
        return _("say before it whom it is for: “User-agent: *” is for all crawlers.")
    if path and not path.startswith("/"):
        return _("an address begins with a slash, such as /drafts/ or /*.pdf$.")
    if not path.isprintable() or " " in path:
        return _("an address holds no spaces. Put each on a line of its own.")
    return ""


def forbids_everything(text: str) -> bool:
    """Whether it keeps search engines in general from the whole site."""
    is_for_all, was_agent, refused, allowed = False, False, False, False
    for line in lines(text):
        if line.field == AGENT:
            is_for_all = line.value == "*" or (was_agent and is_for_all)
        elif is_for_all:
            refused = refused or (line.field == "disallow" and line.value in ("/", "/*"))
            allowed = allowed or (line.field == "allow" and bool(line.value))
        was_agent = line.field == AGENT
    return refused and not allowed


def robots_txt(site: Site, rules: str) -> str:
    """Return the whole text: the owner's rules, else ours, and where the sitemap is."""
    text = "\n".join(line.rstrip() for line in (rules.strip() or default_rules()).splitlines())
    address = f"{site.root_url}{reverse('syndication:sitemap')}"
    if any(line.field == "sitemap" and line.value == address for line in lines(text)):
        return f"{text}\n"
    return f"{text}\n\nSitemap: {address}\n"
