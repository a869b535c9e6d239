"""Site owners decide about machines that read the site."""

from django.db import migrations

from core.roles import SITE_OWNER, grant


def give_permissions(apps, schema_editor):
    grant(apps, [SITE_OWNER], "syndication", "syndicationsettings", ["change"])


class Migration(migrations.Migration):

    dependencies = [
        ("syndication", "0001_initial"),
        ("users", "0003_personal_data"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
