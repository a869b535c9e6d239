"""Site owners export and erase what the site keeps of a person."""

from django.db import migrations

from core.roles import SITE_OWNER


def give_permission(apps, schema_editor):
    admin, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="wagtailadmin", model="admin")
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=admin, codename="handle_personal_data", defaults={"name": "Can export and erase personal data"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=SITE_OWNER):
        group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [("users", "0002_roles")]

    operations = [migrations.RunPython(give_permission, migrations.RunPython.noop)]
