"""Turns what WordPress editors wrote into the nodes of research_reviews.intake.

`convert` reads a post's content. What it knows stands in registry.py; each editor has a module: classic
(paragraphs.py, shortcodes.py), Gutenberg (gutenberg.py, blocks.py), Elementor (elementor.py, widgets.py).
"""

from wordpress_import.content.contract import Attachment, Converted, Editor, SiteContent
from wordpress_import.content.conversion import convert
from wordpress_import.content.credits import split_credit
from wordpress_import.content.titles import plain_title, summary

__all__ = ["Attachment", "Converted", "Editor", "SiteContent", "convert", "plain_title", "split_credit", "summary"]
