"""Where a list of subscribers begins below its headings; owners manage subscribers and import lists of them."""

from django.db import migrations, models

from core.roles import SITE_OWNER, grant


def give_permissions(apps, schema_editor):
    grant(apps, [SITE_OWNER], "subscriptions", "subscriber", ["view", "change", "delete"])
    grant(apps, [SITE_OWNER], "subscriptions", "subscriberimport", ["add", "view"])


class Migration(migrations.Migration):
    dependencies = [
        ("subscriptions", "0006_settings_help_texts"),
        ("users", "0002_roles"),
    ]
    operations = [
        migrations.AddField(
            model_name="subscriberimport",
            name="starts_at",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
