"""Public addresses of syndication."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from syndication import crawler_views, signposting_views

app_name = "syndication"

urlpatterns: list[URLPattern | URLResolver] = [
    # Below the address of a review, whose slug may be of any script.
    re_path(r"^(?P<path>(?:[\w\-]+/)+)linkset\.json$", signposting_views.review_linkset, name="linkset"),
    path("robots.txt", crawler_views.robots, name="robots"),
    path("sitemap.xml", crawler_views.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", crawler_views.file, name="sitemap_file"),
    path("", include("syndication.feeds.urls")),
    path("", include("syndication.oai.urls")),
]
