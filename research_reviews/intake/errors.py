"""What goes wrong with a document, in a sentence for the person who brought it."""

from __future__ import annotations


class IntakeError(ValueError):
    """The document cannot be read, or words of it would be lost. The message is one sentence for an editor."""
