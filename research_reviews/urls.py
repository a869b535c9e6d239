"""Public addresses of research_reviews that are no pages of Wagtail's."""

from django.urls import include, path, re_path

from research_reviews import cite_views, views

app_name = "research_reviews"

urlpatterns = [
    path("people/<str:slug>/", views.person, name="person"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)cite/$", cite_views.cite_review, name="cite"),
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)cite/(?P<anchor>(?:finding|quote|recommendation)-[\w\-]{1,64})/$",
        cite_views.cite_item,
        name="cite_item",
    ),
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)cite/(?P<what>[\w\-]{1,80})\.(?P<suffix>ris|bib|json)$",
        cite_views.citation,
        name="citation",
    ),
    path("", include("research_reviews.evidence_urls")),
]
