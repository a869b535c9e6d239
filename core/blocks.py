"""Blocks that every app's bodies share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText, expand_db_html

from core.rich_text import INLINE_FEATURES, PROSE_FEATURES, clean

# The name of LeftoverBlock in every body that holds it.
LEFTOVER = "leftover"


class Prose(RichText):
    """Rich text that is written out without a template around it: a review holds dozens."""

    def __html__(self) -> str:
        return expand_db_html(self.source)


class ProseBlock(blocks.RichTextBlock):
    """Rich text that holds only what the site's typography knows."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or PROSE_FEATURES, **kwargs)

    def to_python(self, value: str) -> Prose:
        """Return the stored text as rich text, cleaned of what it may not hold."""
        return Prose(clean(value))

    def get_prep_value(self, value: RichText) -> str:
        """Return the text to store, cleaned of what it may not hold."""
        return clean(super().get_prep_value(value))

    def value_for_form(self, value: RichText) -> str:
        """Return the text for the editor, which stumbles over a break of line that is not closed."""
        html: str = super().value_for_form(value)
        return html.replace("<br>", "<br/>")

    class Meta:
        icon = "pilcrow"
        template = "blocks/prose.html"
        description = _("Paragraphs, lists, links and small headings.")
        preview_value = "<p>People who had used the service described it as a turning point.</p>"


class ShortProseBlock(ProseBlock):
    """One or a few sentences: no lists, no headings."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", INLINE_FEATURES)
        super().__init__(**kwargs)


class SectionBlock(blocks.StructBlock):
    """A heading of the second level, which the table of contents lists, and the text below it. It may have none."""

    heading = blocks.CharBlock(
        max_length=200,
        required=False,
        label=_("Heading"),
        help_text=_("May be empty where the text needs none, as at the beginning."),
    )
    body = ProseBlock(label=_("Text"))

    class Meta:
        icon = "title"
        label = _("Section")
        label_format = "{heading}"
        template = "blocks/section.html"
        description = _("A heading and the text below it.")
        preview_value = {"heading": "Background", "body": "<p>One in four people in custody reports low mood.</p>"}


class FigureBlock(blocks.StructBlock):
    """An image with a caption. Credit and licence come from the image itself."""

    image = ImageBlock(label=_("Image"))
    caption = ShortProseBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        label_format = "{caption}"
        template = "blocks/image.html"
        description = _("A picture or a chart with its caption and credit.")
        preview_template = "blocks/previews/image.html"


class DownloadBlock(blocks.StructBlock):
    """A document to download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        max_length=200, required=False, label=_("Title"), help_text=_("Only if it differs from the document's.")
    )

    class Meta:
        icon = "download"
        label = _("Download")
        label_format = "{title}"
        template = "blocks/download.html"
        description = _("A document that readers can download, with its type and size.")
        preview_template = "blocks/previews/download.html"


class CallOutBlock(blocks.StructBlock):
    """A few words set apart from the text."""

    heading = blocks.CharBlock(max_length=120, required=False, label=_("Heading"))
    text = ProseBlock(features=[*INLINE_FEATURES, "code", "ol", "ul"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        label_format = "{heading}"
        template = "blocks/callout.html"
        description = _("A note set apart from the text, such as a definition or where to find help.")
        preview_value = {"heading": "What is a Listener?", "text": "<p>A prisoner trained to support others.</p>"}


class LeftoverBlock(blocks.StructBlock):
    """What only the site that a text came from could show. Editors see it as it stood, readers never do."""

    name = blocks.CharBlock(max_length=200, required=False, search_index=False, label=_("What it was"))
    source = blocks.TextBlock(rows=2, search_index=False, label=_("As it stood"))

    class Meta:
        icon = "code"
        label = _("Left over from an old site")
        label_format = "{name}"
        help_text = _("Readers never see this. Put in its place what it showed, or take it out.")
        template = "blocks/leftover.html"
        description = _("What an import could not read. There is no need to add one by hand.")
        preview_template = "blocks/previews/leftover.html"
