"""What a review tells whoever has just responded: named in its address, so that the page itself is everyone's."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.waiting import waiting_url

# No page reads them from the cache: addresses with them are not kept.
NOTICE = "response"
SEE = "see"


class Notice(StrEnum):
    """What became of the response."""

    WAITING = "waiting"
    PUBLISHED = "published"
    DUPLICATE = "duplicate"


SENTENCES: dict[str, Promise] = {
    Notice.WAITING: _("Thank you. Your response appears here when a moderator has approved it."),
    Notice.PUBLISHED: _("Thank you. Your response is published."),
    Notice.DUPLICATE: _("We have this response already. You need not send it again."),
}


def notice_in(query: Mapping[str, str]) -> dict[str, Promise | str]:
    """Return the sentence that the address asks for, and where the response can be seen; nothing for any other."""
    sentence = SENTENCES.get(query.get(NOTICE, ""))
    return {"sentence": sentence, "see_url": waiting_url(query.get(SEE, ""))} if sentence else {}
