"""What each role may do with snippets, images, documents, collections and settings."""

from django.db import migrations

from core.roles import EDITOR, MODERATOR, SITE_OWNER, grant

EVERYONE = [EDITOR, MODERATOR, SITE_OWNER]
SNIPPETS = ["study", "person", "audience"]
# To add is also to change and delete one's own; to change is also to delete anybody's.
COLLECTION_PERMISSIONS = {
    ("wagtailimages", "image"): {"add": EVERYONE, "choose": EVERYONE, "change": [MODERATOR, SITE_OWNER]},
    ("wagtaildocs", "document"): {"add": EVERYONE, "choose": EVERYONE, "change": [MODERATOR, SITE_OWNER]},
    ("wagtailcore", "collection"): {"add": [SITE_OWNER], "change": [SITE_OWNER], "delete": [SITE_OWNER]},
}


def give_permissions(apps, schema_editor):
    for model in SNIPPETS:
        grant(apps, EVERYONE, "research_reviews", model, ["add", "change"])
        grant(apps, [MODERATOR, SITE_OWNER], "research_reviews", model, ["delete"])
    for model in ("brandsettings", "navigationsettings"):
        grant(apps, [SITE_OWNER], "site_settings", model, ["change"])
    grant(apps, [SITE_OWNER], "wagtailredirects", "redirect", ["add", "change", "delete"])
    give_collection_permissions(apps)


def give_collection_permissions(apps):
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    # Wagtail asks for the permissions of its own image model, whatever the site's is.
    for (app_label, model), actions in COLLECTION_PERMISSIONS.items():
        content_type, _made = ContentType.objects.get_or_create(app_label=app_label, model=model)
        for action, roles in actions.items():
            permission, _made = Permission.objects.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
            )
            for group in apps.get_model("auth", "Group").objects.filter(name__in=roles):
                GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


class Migration(migrations.Migration):

    dependencies = [
        ("research_reviews", "0001_initial"),
        ("users", "0002_roles"),
        ("site_settings", "0001_initial"),
        ("images", "0002_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
