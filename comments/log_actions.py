"""How the history tells what moderators did."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

EDITED = {
    "text": gettext_lazy("response"),
    "name": gettext_lazy("name"),
    "website": gettext_lazy("website"),
    "standing": gettext_lazy("written as"),
}
DECISIONS = {
    "comments.approve": (gettext_lazy("Approve a response"), gettext_lazy("Approved")),
    "comments.spam": (gettext_lazy("Mark a response as spam"), gettext_lazy("Marked as spam")),
    "comments.remove": (gettext_lazy("Remove a response"), gettext_lazy("Removed")),
    "comments.restore": (gettext_lazy("Put a response back"), gettext_lazy("Put back into the queue")),
}


class EditFormatter(LogFormatter):
    """Names the fields that a moderator changed; what stood there before is in the comment."""

    label = gettext_lazy("Edit a response")

    def format_message(self, log_entry: Any) -> str:
        """Return what was done."""
        names = [str(EDITED.get(name, name)) for name in log_entry.data.get("before", {})]
        return _("Edited: %(fields)s") % {"fields": ", ".join(names)} if names else _("Edited")

    def format_comment(self, log_entry: Any) -> str:
        """Return what stood there before."""
        before = log_entry.data.get("before", {}).values()
        return _("Before: %(values)s") % {"values": " · ".join(str(value) or "–" for value in before)} if before else ""


def register(actions: LogActionRegistry) -> None:
    """Register what is logged of a response."""
    for action, (label, message) in DECISIONS.items():
        actions.register_action(action, label, message)
    actions.register_action("comments.edit")(EditFormatter)
    actions.register_action("comments.note", gettext_lazy("Note on a response"), gettext_lazy("Wrote a note"))
    actions.register_action("comments.reply", gettext_lazy("Answer a response"), gettext_lazy("Answered"))
    actions.register_action("comments.erase", gettext_lazy("Erase a response"), gettext_lazy("Erased"))
