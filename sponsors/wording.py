"""The sentence that names a sponsor: words with places for the sponsor's and the topic's name."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACE = re.compile(r"\{(sponsor|topic)\}")
TOPIC_WORDING = _("{topic} posts are sponsored by {sponsor}")
SITE_WORDING = _("This site is sponsored by {sponsor}")


def fill_in(wording: str, **names: str) -> str:
    """Return the wording with the names in their places. Braces in a name stay as they are."""
    return PLACE.sub(lambda match: names[match[1]], wording)


def fitting(wording: str, has_topic: bool) -> str:
    """Return the wording; in place of one that nobody has touched, that for a topic or for the whole site."""
    if wording in (str(TOPIC_WORDING), str(SITE_WORDING)):
        return str(TOPIC_WORDING if has_topic else SITE_WORDING)
    return wording


def problem_of(wording: str, has_topic: bool) -> str | Promise | None:
    """Return why the wording cannot be filled in, and what to do; None where it can."""
    places = PLACE.findall(wording)
    if re.search(r"[{}]", PLACE.sub("", wording)):
        return _("Only {sponsor} and {topic} can stand in braces, written just so. Take other braces out.")
    if "sponsor" not in places:
        return _("Say who the sponsor is: write {sponsor} where the name should stand.")
    if "topic" in places and not has_topic:
        return _("The whole site has no topic: leave {topic} out, or choose a topic.")
    return None
