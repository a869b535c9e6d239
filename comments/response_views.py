"""One response in the admin, with all that helps to decide, and its editor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Media
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry
from wagtail_modeladmin.views import EditView, InspectView

from comments import decisions, moderation
from comments.models import Comment
from comments.moderation_forms import AnswerForm, NoteForm

MOST_AROUND = 20


class ResponseInspectView(InspectView):
    """One response: what it answers and what answers it, what else came from the same address, notes and history."""

    page_title = gettext_lazy("Response")

    @property
    def media(self) -> Media:
        """The look of the page."""
        return super().media + Media(css={"all": ["css/admin/moderation.css"]})

    def get_meta_title(self) -> str:
        """Return the title of the browser's window."""
        return _("Response by %(name)s") % {"name": self.instance.name}

    def get_page_subtitle(self) -> str:
        """Return who wrote it."""
        return str(self.instance.name)

    @cached_property
    def ancestors(self) -> list[Comment]:
        """What it answers, from the beginning of the thread on."""
        found: list[Comment] = []
        parent = self.instance.parent
        while parent and len(found) < MOST_AROUND:
            found.insert(0, parent)
            parent = parent.parent
        return found

    @cached_property
    def answers(self) -> list[Comment]:
        """What answers it."""
        return list(self.instance.replies.order_by("place")[:MOST_AROUND])

    @cached_property
    def of_same_address(self) -> list[Comment]:
        """What else came from the same e-mail address, the newest first."""
        comment = self.instance
        if not comment.email:
            return []
        others = Comment.objects.filter(email=comment.email).exclude(pk=comment.pk)
        return list(others.select_related("page")[:MOST_AROUND])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what helps to decide, and the forms."""
        comment, user = self.instance, self.request.user
        forms = {
            "note_form": NoteForm(),
            "answer_form": AnswerForm(initial={"signed": user.get_full_name()}),
        }
        if form := getattr(self.request, "refused_form", None):
            forms["note_form" if isinstance(form, NoteForm) else "answer_form"] = form
        return super().get_context_data(
            **{
                "decisions": decisions.offered(comment.status),
                "notes": comment.notes.select_related("user"),
                "history": registry.get_logs_for_instance(comment).select_related("user").order_by("timestamp", "pk"),
                "edit_url": self.edit_url,
                "queue_url": self.index_url,
                "this_url": self.url_helper.get_action_url("inspect", comment.pk),
                "can_be_answered": comment.status in {Comment.Status.APPROVED, Comment.Status.WAITING},
                **forms,
                **kwargs,
            }
        )


class ResponseEditView(EditView):
    """Text, name, website and standing of a response. What was changed is logged."""

    page_title = gettext_lazy("Edit the response")

    def get_page_subtitle(self) -> str:
        """Return who wrote it."""
        return str(self.instance.name)

    def get_success_url(self) -> str:
        """Return to the response."""
        address: str = self.url_helper.get_action_url("inspect", self.instance.pk)
        return address

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep what was changed, and what stood there before."""
        stored = Comment.objects.get(pk=self.instance.pk)
        before = {name: getattr(stored, name) for name in form.changed_data}
        if before:
            moderation.edit(form.save(commit=False), before, self.request.user)
            messages.success(self.request, _("The response is changed."))
        return redirect(self.get_success_url())
