"""What the status of a row means, in the words of several programs and languages."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from subscriptions.models import SubscriberImport

Holds = SubscriberImport.Holds


class Standing(Enum):
    """Whether somebody is to get mails, and if not, why."""

    SUBSCRIBED = "subscribed"
    # They never confirmed, or the program no longer writes to them: neither agreed to ours.
    PENDING = "pending"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    UNKNOWN = "unknown"


WORDS = {
    Standing.SUBSCRIBED: {
        *("subscribed", "active", "confirmed", "enabled", "yes", "true", "1", "y", "optedin"),
        *("abonniert", "aktiv", "bestatigt", "abonne", "actif", "confirme", "suscrito", "activo", "confirmado"),
        *("iscritto", "attivo", "ingeschreven", "geabonneerd", "actief", "inscrito", "ativo", "assinante"),
    },
    Standing.PENDING: {
        *("unconfirmed", "pending", "notconfirmed", "inactive", "waiting", "new", "nonsubscribed", "transactional"),
        *(
            "unbestatigt",
            "nichtbestatigt",
            "inaktiv",
            "nonconfirme",
            "enattente",
            "inactif",
            "sinconfirmar",
            "inactivo",
        ),
        *(
            "nonconfermato",
            "inattivo",
            "nietbevestigd",
            "inactief",
            "naoconfirmado",
            "inativo",
            "pendiente",
            "archived",
        ),
    },
    Standing.UNSUBSCRIBED: {
        *("unsubscribed", "notsubscribed", "optedout", "optout", "removed", "disabled", "no", "false", "0", "n"),
        *("abgemeldet", "abbestellt", "desabonne", "desinscrit", "dadodebaja", "cancelado", "desuscrito"),
        *("disiscritto", "annullato", "uitgeschreven", "afgemeld", "cancelou", "naoinscrito", "trashed", "deleted"),
    },
    Standing.BOUNCED: {
        *("cleaned", "bounced", "bounce", "notsending", "complained", "complaint", "spam", "suppressed", "invalid"),
        *("hardbounced", "hardbounce", "blocked", "unzustellbar", "zuruckgewiesen", "rebotado", "rejete", "rimbalzato"),
    },
}
MEANINGS = {word: standing for standing, words in WORDS.items() for word in words}
OF_FILES = {
    Holds.SUBSCRIBED: Standing.SUBSCRIBED,
    Holds.UNSUBSCRIBED: Standing.UNSUBSCRIBED,
    Holds.BOUNCED: Standing.BOUNCED,
    Holds.NEVER_AGREED: Standing.PENDING,
}
ENDED = (Standing.UNSUBSCRIBED, Standing.BOUNCED)


def standing_of(values: dict[str, str], holds: str) -> Standing:
    """Return what a row says of whether somebody is subscribed; where it says nothing, what its file holds.

    A file of those who left is that of everybody in it, whatever a column says of once.
    """
    of_file = OF_FILES.get(Holds(holds or Holds.SUBSCRIBED), Standing.SUBSCRIBED)
    word = plain(values.get("status", ""))
    if of_file != Standing.SUBSCRIBED or not word:
        return of_file
    return MEANINGS.get(word, Standing.UNKNOWN)


def is_off_list(values: dict[str, str]) -> bool:
    """Whether somebody left the one list that the row is about: another row may be about another list."""
    word = plain(values.get("list_status", ""))
    return bool(word) and MEANINGS.get(word) != Standing.SUBSCRIBED


def plain(text: str) -> str:
    """Return a word in small letters, without accents and whatever stands between letters."""
    letters = unicodedata.normalize("NFKD", text).lower()
    return re.sub(r"[^a-z0-9]", "", letters)
