"""Replace Wagtail's welcome page with a home page, the list of reviews and the list of topics."""

from django.db import migrations
from django.utils import timezone


def make_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Page.objects.filter(depth=2, slug="home").delete()
    home = make_page(apps, "home", "HomePage", path="00010001", title="Home", slug="home", url_path="/home/", numchild=2)
    make_page(
        apps, "research_reviews", "ReviewIndexPage", path="000100010001", title="Reviews", slug="reviews", url_path="/home/reviews/"
    )
    make_page(
        apps, "research_reviews", "TopicIndexPage", path="000100010002", title="Topics", slug="topics", url_path="/home/topics/"
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.update_or_create(
        hostname="localhost", defaults={"root_page_id": home.pk, "is_default_site": True, "site_name": ""}
    )


def make_page(apps, app_label, model, path, **fields):
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _made = ContentType.objects.get_or_create(app_label=app_label, model=model.lower())
    now = timezone.now()
    return apps.get_model(app_label, model).objects.create(
        content_type=content_type,
        path=path,
        depth=len(path) // 4,
        draft_title=fields["title"],
        live=True,
        first_published_at=now,
        last_published_at=now,
        locale_id=apps.get_model("wagtailcore", "Locale").objects.first().pk,
        **{"numchild": 0, **fields},
    )


class Migration(migrations.Migration):

    dependencies = [
        ("home", "0002_initial"),
        ("research_reviews", "0002_roles"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_pages, migrations.RunPython.noop)]
