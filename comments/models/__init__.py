"""Responses of readers, what moderators note of them, and the settings."""

from comments.models.comments import Comment
from comments.models.notes import ModerationNote
from comments.models.settings import CommentSettings

__all__ = ["Comment", "CommentSettings", "ModerationNote"]
