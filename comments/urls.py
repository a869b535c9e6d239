"""Public addresses of comments."""

from django.urls import path, re_path

from comments import feed, views

app_name = "comments"

urlpatterns = [
    path("responses/", views.RespondView.as_view(), name="respond"),
    path("responses/<int:pk>/", views.permalink, name="permalink"),
    path("responses/<int:pk>/reply/", views.reply, name="reply"),
    path("responses/waiting/<str:token>/", views.waiting, name="waiting"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)responses/feed/$", feed.responses, name="feed"),
]
