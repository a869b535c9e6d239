"""Site owners set up privacy: purposes, services, the preference centre's settings, and the receipts of choices."""

from django.db import migrations

from core.roles import SITE_OWNER, grant


def give_permissions(apps, schema_editor):
    for model in ("purpose", "service"):
        grant(apps, [SITE_OWNER], "site_settings", model, ["add", "change", "delete", "view"])
    grant(apps, [SITE_OWNER], "site_settings", "privacysettings", ["change"])
    grant(apps, [SITE_OWNER], "site_settings", "consentreceipt", ["view", "delete"])


class Migration(migrations.Migration):

    dependencies = [
        ("research_reviews", "0003_newest_first_index"),
        ("site_settings", "0003_what_every_site_does"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
