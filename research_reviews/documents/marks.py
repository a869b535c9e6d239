"""Where in the editor's form something was guessed: what a script marks, and a list can lead to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from research_reviews.documents.things import block_id, kept_credits
from research_reviews.drafting.stored import draft_from
from research_reviews.intake.draft import Draft
from research_reviews.models import IntakeDocument

FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "standfirst": gettext_lazy("Standfirst"),
    "study": gettext_lazy("Study"),
    "credits": gettext_lazy("Credits"),
    "body": gettext_lazy("Body"),
    "image_credit": gettext_lazy("Image credit"),
    "header_image": gettext_lazy("Header image"),
}
# The form has other names for what is no field of its own.
PLACES = {"study": "review_studies", "image_credit": "body"}


@dataclass(frozen=True)
class Mark:
    """A guess: what it is about, why, whether it may well be wrong, and the places in the form, the nearest first."""

    name: str
    why: str
    is_unsure: bool
    places: list[str]


def marks_of(intake: IntakeDocument) -> list[Mark]:
    """Return the guesses of the document's draft, those first that may well be wrong."""
    draft = draft_from(intake.draft)
    order = {place: number for number, (place, _credit, _pk) in enumerate(kept_credits(intake, draft))}
    found = [
        Mark(_name(draft, guess.where), guess.why, guess.certainty == "unsure", _places(intake, guess.where, order))
        for guess in draft.report.guesses
    ]
    return sorted(found, key=lambda mark: not mark.is_unsure)


def _places(intake: IntakeDocument, where: str, order: dict[int, int]) -> list[str]:
    """Return the content paths of the form's parts: the block itself, what holds it, the field."""
    parts = where.split(".")
    field = parts[0]
    if field == "credits" and len(parts) > 1 and parts[1].isdigit():
        parts[1] = str(order.get(int(parts[1]), ""))
    paths = (".".join(parts[:length]) for length in range(len(parts), 1, -1))
    ids = [block_id(intake, path) for path in paths] if field in ("credits", "body") else []
    return [*ids, PLACES.get(field, field)]


def _name(draft: Draft, where: str) -> str:
    """Return what the guess is about, in the words of the form."""
    parts = where.split(".")
    field = FIELDS.get(parts[0], parts[0])
    number = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None
    if parts[0] == "credits" and number is not None and number < len(draft.credits):
        return _("%(field)s: %(name)s") % {"field": field, "name": draft.credits[number].name}
    if parts[0] == "body" and number is not None and number < len(draft.body):
        return _("%(field)s: %(name)s") % {"field": field, "name": _block_name(draft, number)}
    return str(field)


def _block_name(draft: Draft, number: int) -> str:
    block = draft.body[number]
    heading = block.value.get("heading") if isinstance(block.value, dict) else ""
    return heading or block.type.replace("_", " ")
