"""Moderators and owners decide about mailings and see each mail of them; owners write the texts."""

from django.db import migrations

from core.roles import MODERATOR, SITE_OWNER, grant


def give_permissions(apps, schema_editor):
    grant(apps, [MODERATOR, SITE_OWNER], "subscriptions", "mailing", ["view", "change"])
    grant(apps, [MODERATOR, SITE_OWNER], "subscriptions", "delivery", ["view"])
    grant(apps, [SITE_OWNER], "subscriptions", "subscriptionsettings", ["change"])


class Migration(migrations.Migration):
    dependencies = [
        ("subscriptions", "0003_new_address"),
        ("users", "0002_roles"),
    ]
    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
