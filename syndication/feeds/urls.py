"""Where the feeds are: at the address of the list, the topic or the person, whatever that is."""

from django.urls import path, re_path

from core.feeds.feed import SUFFIXES
from syndication.feeds import views

urlpatterns = [
    route
    for kind, suffix in SUFFIXES.items()
    for route in (
        path(f"people/<str:slug>/feed/{suffix}", views.of_person, {"kind": kind}, name=f"person_{kind}"),
        re_path(rf"^(?P<path>(?:[\w\-]+/)+)feed/{suffix}$", views.of_page, {"kind": kind}, name=f"feed_{kind}"),
    )
]
