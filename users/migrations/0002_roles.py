"""The roles Editor, Moderator and Site owner, with what each may do with pages, users and workflows."""

from django.db import migrations

from core.roles import EDITOR, MODERATOR, SITE_OWNER, grant

PAGE_PERMISSIONS = {
    EDITOR: ["add", "change"],
    MODERATOR: ["add", "change", "publish", "lock", "unlock"],
    SITE_OWNER: ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
}


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    # Wagtail begins with these two; renaming keeps its moderation workflow, which names the second.
    Group.objects.filter(name="Editors").update(name=EDITOR)
    Group.objects.filter(name="Moderators").update(name=MODERATOR)
    for role in PAGE_PERMISSIONS:
        group, _made = Group.objects.get_or_create(name=role)
        # What Wagtail gave them includes deleting everybody's images and documents.
        group.permissions.clear()
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group).delete()
    grant(apps, PAGE_PERMISSIONS, "wagtailadmin", "admin", ["access"])
    grant(apps, [SITE_OWNER], "users", "user", ["add", "change", "delete"])
    for model in ("workflow", "task"):
        grant(apps, [SITE_OWNER], "wagtailcore", model, ["add", "change", "delete"])
    give_page_permissions(apps)


def give_page_permissions(apps):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    page_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="wagtailcore", model="page")
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for role, actions in PAGE_PERMISSIONS.items():
        group = Group.objects.get(name=role)
        GroupPagePermission.objects.filter(group=group).delete()
        for action in actions:
            permission, _made = Permission.objects.get_or_create(
                content_type=page_type, codename=f"{action}_page", defaults={"name": f"{action.capitalize()} any page"}
            )
            GroupPagePermission.objects.create(group=group, page=root, permission=permission)


class Migration(migrations.Migration):

    dependencies = [
        ("users", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
