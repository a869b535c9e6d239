"""Who made the study and the review."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class Contribution(models.TextChoices):
    """What a credited person did."""

    STUDY_AUTHOR = "study_author", _("Study author")
    REVIEW_AUTHOR = "review_author", _("Review author")
    CONTRIBUTOR = "contributor", _("Contributor")
    INTERVIEWEE = "interviewee", _("Interviewee")


class CreditBlock(blocks.StructBlock):
    """A person, what they did, and how the editor describes them."""

    person = SnippetChooserBlock("research_reviews.Person", label=_("Person"))
    contribution = blocks.ChoiceBlock(
        choices=Contribution.choices, label=_("Contribution"), default=Contribution.STUDY_AUTHOR
    )
    descriptor = blocks.CharBlock(
        max_length=120,
        required=False,
        label=_("Descriptor"),
        help_text=_("In your words, such as “former prisoner” or “academic”."),
    )

    class Meta:
        icon = "user"
        label = _("Credit")
        label_format = "{person} ({contribution})"
        description = _("A person or organisation, what they did, and how you describe them.")
        preview_template = "blocks/previews/credit.html"


class CreditsBlock(blocks.StreamBlock):
    """The credits in the order that the byline, feeds and citations show them."""

    credit = CreditBlock()

    class Meta:
        icon = "group"
        required = False
        # A dozen names are read at a glance, one line each.
        collapsed = True
        description = _("Everyone to be named, in the order in which they are to be named.")
