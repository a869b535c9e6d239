"""Who wrote a post: its authors and guests of Co-Authors Plus, in their order, as people of the library."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.db import transaction
from django.utils.translation import gettext as _

from research_reviews.drafting.markup import beginning
from research_reviews.intake.draft import CreditDraft
from research_reviews.models import Person
from wordpress_import.models import Outcome
from wordpress_import.records import ItemRecord, TermReference
from wordpress_import.writing.files import plain
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.mapping import Mapping
from wordpress_import.writing.memory import Memory
from wordpress_import.writing.survey import Guest, SiteSurvey
from wordpress_import.writing.things import SiteThings

AUTHOR = "author"
BIOGRAPHY = 600
NO_NAME = re.compile(r"[^a-z0-9]+")


class Authors:
    """Finds or makes each author once."""

    def __init__(self, site: SiteSurvey, memory: Memory, things: SiteThings, mapping: Mapping, ledger: Ledger) -> None:
        self.site, self.memory, self.things, self.mapping, self.ledger = site, memory, things, mapping, ledger
        self._by_slug = {sanitised(login): login for login in site.authors}
        self._known: dict[str, int | None] = {}

    def of(self, item: ItemRecord) -> list[int]:
        """Return the keys of who is named above a post, in order: its co-authors, else who wrote it."""
        named = [self._of_term(term) for term in item.terms if term.taxonomy == AUTHOR]
        people = named or [self._of_login(item.author)]
        return list(dict.fromkeys(pk for pk in people if pk))

    def _of_term(self, term: TermReference) -> int | None:
        slug = unquote(term.slug)
        guest = self.site.guests.get(slug) or self.site.guests.get(f"cap-{slug.removeprefix('cap-')}")
        if guest:
            return self._known_or_made(f"guest:{guest.slug}", guest.name, guest)
        login = self._by_slug.get(sanitised(slug.removeprefix("cap-")))
        return self._of_login(login) if login else self._known_or_made(f"guest:{slug}", term.name)

    def _of_login(self, login: str) -> int | None:
        if not login:
            return None
        author = self.site.authors.get(login)
        if not author:
            return self._known_or_made(login, login)
        name = author.display_name or f"{author.first_name} {author.last_name}".strip() or login
        return self._known_or_made(login, name)

    def _known_or_made(self, key: str, name: str, guest: Guest | None = None) -> int | None:
        if key not in self._known:
            self._known[key] = self._found(key, plain(self.mapping.author(key.removeprefix("guest:"), name)), guest)
        return self._known[key]

    def _found(self, key: str, name: str, guest: Guest | None) -> int | None:
        pk = self.memory.object_id(AUTHOR, key)
        if not name or (pk and Person.objects.filter(pk=pk).exists()):
            return pk if name else None
        row = self.memory.new(AUTHOR, key, name)
        credit = CreditDraft(name=name, contribution="review_author", website=guest.website if guest else "")
        match = self.things.directory.find(credit)
        reason = _("Somebody of this name was here already.") if match else ""
        with transaction.atomic():
            pk = match.pk if match else self._made(credit, guest).pk
            self.memory.store(row.becomes(Outcome.MADE, reason, object_id=pk, model=Person._meta.label_lower))
        self.ledger.enter(row, Outcome.UNCHANGED if match else Outcome.MADE, reason)
        return pk

    def _made(self, credit: CreditDraft, guest: Guest | None) -> Person:
        person = self.things.directory.make(credit)
        if guest and guest.biography:
            person.bio = beginning(plain(guest.biography), BIOGRAPHY)
            person.save(update_fields=["bio"])
        return person


def sanitised(login: str) -> str:
    """Return a login as WordPress makes an address of it, so far as two forms of it can be compared."""
    return NO_NAME.sub("-", login.casefold()).strip("-")
