"""Public addresses of evidence across reviews: each kind with its list, feeds and files, audiences, and the map."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from research_reviews import evidence_views
from research_reviews.evidence_kinds import KINDS, Kind


def addresses(kind: Kind) -> Iterator[URLPattern]:
    """Yield the addresses of a kind."""
    name, feed, export = kind.name, evidence_views.items_feed, evidence_views.export
    yield path(f"{name}/", evidence_views.items, {"kind": kind}, name=name)
    yield path(f"{name}/feed/", feed, {"kind": kind, "written_as": "rss"}, name=f"{name}_feed")
    yield path(f"{name}/feed/atom/", feed, {"kind": kind, "written_as": "atom"}, name=f"{name}_feed_atom")
    yield path(f"{name}/feed/json/", feed, {"kind": kind, "written_as": "json"}, name=f"{name}_feed_json")
    yield path(f"{name}/export.csv", export, {"kind": kind, "written_as": "csv"}, name=f"{name}_csv")
    yield path(f"{name}/export.json", export, {"kind": kind, "written_as": "json"}, name=f"{name}_json")


urlpatterns = [
    *(pattern for kind in KINDS for pattern in addresses(kind)),
    path("audiences/<str:slug>/", evidence_views.audience, name="audience"),
    path("evidence-map/", evidence_views.evidence_map, name="evidence_map"),
]
