"""The pages behind the links in mails of answers. Mail scanners open every link, so only a button changes something."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from comments import replies
from comments.reply_links import Purpose, comment_of


@method_decorator(csrf_exempt, name="dispatch")
@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class ReplyMailsView(View):
    """Asks, and does what the link is for when its button is used. A mail provider's one click comes without a page.

    The link itself says that the post may be done: whoever has it has the mail.
    """

    purpose = Purpose.CONFIRM

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the button."""
        return self.show(token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Do it. Done twice, it is as done once."""
        comment = comment_of(token, self.purpose)
        if comment is not None:
            (replies.confirm if self.purpose is Purpose.CONFIRM else replies.stop)(comment)
        return self.show(token, is_done=True)

    def show(self, token: str, is_done: bool = False) -> HttpResponse:
        """Return the page, which never names the address."""
        comment = comment_of(token, self.purpose)
        context = {"is_confirming": self.purpose is Purpose.CONFIRM, "is_known": comment is not None}
        response = render(
            self.request,
            "comments/reply_mails.html",
            {**context, "is_done": is_done, "has_stopped": comment is not None and not comment.wants_replies},
            status=200 if comment else 404,
        )
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response
