"""The role Sponsor, which may see the report and nothing else, and the report for owners."""

from django.conf import settings
from django.db import migrations, models

from core.roles import SITE_OWNER, grant

# As in sponsors.roles; a migration keeps its own.
SPONSOR = "Sponsor"


def make_role(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get_or_create(name=SPONSOR)
    grant(apps, [SPONSOR], "wagtailadmin", "admin", ["access"])
    grant(apps, [SPONSOR, SITE_OWNER], "sponsors", "dailycount", ["view"])


class Migration(migrations.Migration):

    dependencies = [
        ("sponsors", "0003_daily_counts"),
        ("users", "0002_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("wagtailadmin", "0006_formstate"),
    ]

    operations = [
        migrations.RunPython(make_role, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="sponsor",
            name="contacts",
            field=models.ManyToManyField(
                blank=True,
                help_text="People of the sponsor who may sign in and see the report of their own sponsorships, nothing else. Add them under Settings, Users, with the role Sponsor; then they can be chosen here.",
                limit_choices_to={"groups__name": "Sponsor"},
                related_name="sponsors",
                to=settings.AUTH_USER_MODEL,
                verbose_name="contacts",
            ),
        ),
    ]
