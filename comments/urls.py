"""Public addresses of comments."""

from django.urls import path, re_path

from comments import feed, views
from comments.reply_links import Purpose
from comments.reply_views import ReplyMailsView
from core.feeds.feed import SUFFIXES

app_name = "comments"

urlpatterns = [
    path("responses/", views.RespondView.as_view(), name="respond"),
    path("responses/<int:pk>/", views.permalink, name="permalink"),
    path("responses/<int:pk>/reply/", views.reply, name="reply"),
    path("responses/waiting/<str:token>/", views.waiting, name="waiting"),
    path(
        "responses/answers/<str:token>/",
        ReplyMailsView.as_view(purpose=Purpose.CONFIRM),
        name="confirm_replies",
    ),
    path("responses/no-answers/<str:token>/", ReplyMailsView.as_view(purpose=Purpose.STOP), name="stop_replies"),
    *(
        re_path(
            rf"^(?P<path>(?:[\w\-]+/)+)responses/feed/{suffix}$", feed.responses, {"kind": kind}, name=f"feed_{kind}"
        )
        for kind, suffix in SUFFIXES.items()
    ),
]
