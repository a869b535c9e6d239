"""No two sponsorships of one topic, or of the whole site, share a day: the database itself refuses them.

PostgreSQL holds it by an exclusion constraint. The topic's key is compared as a range, so that no extension is needed
(that GiST compares plain numbers is btree_gist's doing). SQLite knows no such constraint: triggers do the same. A later migration that makes the table anew there (any
AlterField) drops them, and has to add them again; tests/sponsors notices.
"""

from django.db import migrations

from core.roles import SITE_OWNER, grant

CONSTRAINT = "sponsorship_no_overlap"

POSTGRESQL = f"""
ALTER TABLE sponsors_sponsorship ADD CONSTRAINT {CONSTRAINT} EXCLUDE USING gist (
    int8range(coalesce(topic_id, 0)::bigint, coalesce(topic_id, 0)::bigint, '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&
)
"""

TRIGGER = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON sponsors_sponsorship
WHEN EXISTS (
    SELECT 1 FROM sponsors_sponsorship AS other
    WHERE other.id IS NOT NEW.id
    AND other.topic_id IS NEW.topic_id
    AND (NEW.ends_on IS NULL OR other.starts_on <= NEW.ends_on)
    AND (other.ends_on IS NULL OR other.ends_on >= NEW.starts_on)
)
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""


def add_constraint(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(TRIGGER.format(name=CONSTRAINT, event=event))


def remove_constraint(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE sponsors_sponsorship DROP CONSTRAINT {CONSTRAINT}")
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER {CONSTRAINT}_{event}")


def give_permissions(apps, schema_editor):
    for model in ("sponsor", "sponsorship"):
        grant(apps, [SITE_OWNER], "sponsors", model, ["add", "change", "delete"])


class Migration(migrations.Migration):

    dependencies = [
        ("sponsors", "0001_initial"),
        ("users", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(add_constraint, remove_constraint),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
