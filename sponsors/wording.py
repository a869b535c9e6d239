"""The sentence that names a sponsor: words with places for the sponsor's and the topic's name."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PLACE = re.compile(r"\{(sponsor|topic)\}")


def fill_in(wording: str, **names: str) -> str:
    """Return the wording with the names in their places. Braces in a name stay as they are."""
    return PLACE.sub(lambda match: names[match[1]], wording)


def check_wording(wording: str, has_topic: bool) -> None:
    """Raise ValidationError at the field `wording` where it cannot be filled in."""
    places = PLACE.findall(wording)
    if "sponsor" not in places:
        raise ValidationError({"wording": _("Say who the sponsor is: write {sponsor} where the name should stand.")})
    if "topic" in places and not has_topic:
        raise ValidationError({"wording": _("The whole site has no topic: leave {topic} out.")})
    if re.search(r"[{}]", PLACE.sub("", wording)):
        raise ValidationError({"wording": _("Only {sponsor} and {topic} can stand in braces.")})
