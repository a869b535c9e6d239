"""Other people's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import ProseBlock

if TYPE_CHECKING:
    from research_reviews.models import Person

OPENING_MARKS = "\"'“‘„«‹"
CLOSING_MARKS = "\"'”’“»›"


def without_outer_marks(words: str) -> str:
    """Return words without the quote marks around them: the template sets its own."""
    words = words.strip()
    if len(words) > 1 and words[0] in OPENING_MARKS and words[-1] in CLOSING_MARKS:
        inner = words[1:-1]
        if not any(mark in inner for mark in ("”", "“", '"')):
            return inner.strip()
    return words


class QuoteValue(blocks.StructValue):
    """Who speaks and how it is shown."""

    @property
    def speaker(self) -> str:
        """Who is quoted: the person chosen, or the words typed."""
        person: Person | None = self.get("person")
        return person.name if person else self.get("who", "")

    @property
    def bare_words(self) -> str:
        """The words without typed quote marks around them."""
        return without_outer_marks(self["words"])

    @property
    def is_sourced(self) -> bool:
        """Whether a reader can tell where the words come from."""
        return bool(self.speaker or self.get("source"))


class QuoteBlock(blocks.StructBlock):
    """Words of a participant, an author or a document, with where they come from."""

    words = blocks.TextBlock(
        label=_("Words"), help_text=_("As they stand in the source, without quote marks around them.")
    )
    person = SnippetChooserBlock(
        "research_reviews.Person",
        required=False,
        label=_("Person"),
        help_text=_("Where the speaker has a profile here."),
    )
    who = blocks.CharBlock(
        max_length=200,
        required=False,
        label=_("Or who, in words"),
        help_text=_("Such as “Listener, category B prison”."),
    )
    source = blocks.CharBlock(
        max_length=250, required=False, label=_("Source"), help_text=_("The work that it stands in.")
    )
    page = blocks.CharBlock(
        max_length=50, required=False, label=_("Page or paragraph"), help_text=_("Such as “p. 14” or “para. 3.2”.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        label_format = "{words}"
        value_class = QuoteValue
        template = "blocks/quote.html"
        description = _("Words of a participant, an author or a document, with who said them and where.")
        preview_value = {
            "words": "Somebody listened to me at three in the morning. That is why I am still here.",
            "who": "Prisoner, interview 7",
            "source": "The study, main findings",
            "page": "p. 14",
        }


class AuthorResponseBlock(blocks.StructBlock):
    """What an author of the study says about the review."""

    person = SnippetChooserBlock("research_reviews.Person", label=_("Author"))
    body = ProseBlock(label=_("Response"))
    date = blocks.DateBlock(required=False, label=_("Received on"))

    class Meta:
        icon = "comment"
        label = _("Author's response")
        label_format = "{person}"
        template = "blocks/author_response.html"
        description = _("An answer to the review by an author of the study, in their own words.")
        preview_template = "blocks/previews/author_response.html"
