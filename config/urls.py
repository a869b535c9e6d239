"""Every public address of the site; Wagtail's page tree answers what nothing else claims."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core import documents, mailbox, media, views

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", documents.serve),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("search.urls")),
    path("", include("research_reviews.urls")),
    path("", include("comments.urls")),
    path("", include("subscriptions.urls")),
    path("", include("sponsors.urls")),
    path("", include("site_settings.urls")),
    # The last of ours: its feeds hang on the address of any page, as do the feeds of others.
    path("", include("syndication.urls")),
]

if settings.ANYMAIL.get("WEBHOOK_SECRET"):
    urlpatterns.append(path("anymail/", include("anymail.urls")))

if settings.MAILBOX:
    urlpatterns += mailbox.urlpatterns

if isinstance(default_storage, FileSystemStorage):
    urlpatterns.append(re_path(r"^media/(?P<folder>[a-z_]+)/(?P<path>.+)$", media.serve_image))

urlpatterns += [re_path(r"^((?!_util/)(?:[\w\-]+/)+)$", views.page, name="page"), path("", include(wagtail_urls))]

handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
