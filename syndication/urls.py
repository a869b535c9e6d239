"""Public addresses of syndication."""

from django.urls import URLPattern, URLResolver, include, path

from syndication import crawler_views

app_name = "syndication"

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", crawler_views.robots, name="robots"),
    path("sitemap.xml", crawler_views.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", crawler_views.file, name="sitemap_file"),
    path("", include("syndication.feeds.urls")),
]
