"""What stands around the findings: conclusion, implications, limits, lived experience, strength of the evidence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import ProseBlock


class KeyMessageBlock(blocks.TextBlock):
    """One sentence that a reader in a hurry should take away."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 300, "rows": 2, **kwargs})

    class Meta:
        icon = "check"
        label = _("Key message")
        description = _("One sentence that a reader in a hurry should take away.")
        preview_value = "Peer support helps most where the supporters themselves are supported."


class RoleSectionBlock(blocks.StructBlock):
    """A section with a fixed role. Its heading can be reworded; what it is stays known."""

    body = ProseBlock(label=_("Text"))

    def __init__(self, default_heading: Any = "", **kwargs: Any) -> None:
        heading = blocks.CharBlock(max_length=200, default=default_heading, label=_("Heading"))
        super().__init__([("heading", heading)], **kwargs)
        self.child_blocks.move_to_end("body")

    class Meta:
        icon = "doc-full"
        label_format = "{heading}"
        template = "blocks/role_section.html"


class ConclusionBlock(RoleSectionBlock):
    """What the study's findings add up to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_("Conclusion"), **kwargs)

    class Meta:
        icon = "check"
        label = _("Conclusion")
        description = _("What the findings add up to.")
        preview_value = {
            "heading": "Conclusion",
            "body": "<p>Peer support works where it is prepared and protected.</p>",
        }


class PracticeImplicationsBlock(RoleSectionBlock):
    """What the findings mean for people's work."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_("What this means in practice"), **kwargs)

    class Meta:
        icon = "clipboard-list"
        label = _("Practice implications")
        description = _("What the findings mean for the people who could act on them.")
        preview_value = {"heading": "What this means in practice", "body": "<p>Ask who supports the supporters.</p>"}


class LimitationsBlock(RoleSectionBlock):
    """What the study cannot tell."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_("Limitations"), **kwargs)

    class Meta:
        icon = "warning"
        label = _("Limitations")
        description = _("What the study cannot tell, and why.")
        preview_value = {"heading": "Limitations", "body": "<p>All the interviews took place in one prison.</p>"}


class LivedExperienceBlock(RoleSectionBlock):
    """What people who lived through it had to do with the study, and what they say."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_("Lived experience"), **kwargs)

    class Meta:
        icon = "group"
        label = _("Lived experience")
        description = _("How people with lived experience shaped the study, or what they say about it.")
        preview_value = {"heading": "Lived experience", "body": "<p>Two of the researchers had been in prison.</p>"}


SCHEMES = [
    ("grade", _("GRADE")),
    ("grade-cerqual", _("GRADE-CERQual")),
    ("maryland", _("Maryland Scientific Methods Scale")),
    ("nesta", _("Nesta Standards of Evidence")),
    ("early-intervention", _("Early Intervention Foundation evidence rating")),
    ("jbi", _("JBI levels of evidence")),
    ("other", _("Another scheme")),
]


class EvidenceStrengthValue(blocks.StructValue):
    """The rating in words."""

    @property
    def scheme_name(self) -> str:
        """The name of the published scheme that the rating follows."""
        if self.get("scheme") == "other":
            return str(self.get("other_scheme") or "")
        return str(dict(SCHEMES).get(self.get("scheme") or "", ""))

    @property
    def rated_by(self) -> str:
        """Who rated: the person chosen, or the words typed."""
        person = self.get("person")
        return person.name if person else self.get("rater", "")


class EvidenceStrengthBlock(blocks.StructBlock):
    """A rating by a published scheme. For a qualitative study, leave it out: it is not weak, it is another kind."""

    scheme = blocks.ChoiceBlock(
        choices=SCHEMES, label=_("Scheme"), help_text=_("A published one, never a scale of our own.")
    )
    other_scheme = blocks.CharBlock(max_length=120, required=False, label=_("Name of the other scheme"))
    value = blocks.CharBlock(
        max_length=120, label=_("Rating"), help_text=_("In the scheme's own words, such as “moderate”.")
    )
    rationale = ProseBlock(label=_("Why"))
    person = SnippetChooserBlock("research_reviews.Person", required=False, label=_("Rated by"))
    rater = blocks.CharBlock(max_length=200, required=False, label=_("Or rated by, in words"))
    date = blocks.DateBlock(required=False, label=_("Rated on"))

    class Meta:
        icon = "history"
        label = _("Evidence strength")
        label_format = "{scheme}: {value}"
        value_class = EvidenceStrengthValue
        template = "blocks/evidence_strength.html"
        description = _("A rating by a published scheme. Leave it out for a qualitative study.")
        preview_value = {
            "scheme": "grade",
            "value": "Moderate",
            "rationale": "<p>Two trials with few people lost to follow-up.</p>",
            "rater": "The reviewer",
        }
