from django.db import migrations


class Migration(migrations.Migration):
    """An index on Wagtail's table of pages: when the next one expires is asked after every change of content.

    Hardly any page expires, so that hardly any is in it. The same words are right for PostgreSQL and SQLite.
    """

    dependencies = [("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX page_expiry ON wagtailcore_page (expire_at) WHERE expire_at IS NOT NULL",
            "DROP INDEX page_expiry",
        )
    ]
