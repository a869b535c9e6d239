"""Counts findings and quotes by the audiences of their review as well, and lets PostgreSQL read counts in order."""

from itertools import product

from django.db import migrations, models

STEP = 500


def count(apps, schema_editor):
    Tally = apps.get_model("research_reviews", "Tally")
    keys = list(apps.get_model("research_reviews", "EvidenceSource").objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), STEP):
        tallies = Tally.objects.filter(source__in=keys[start : start + STEP])
        audiences, items = {}, {}
        for source, audience in tallies.filter(audience__isnull=False).values_list("source", "audience").distinct():
            audiences.setdefault(source, []).append(audience)
        for tally in tallies.filter(kind__in=("finding", "quote"), audience__isnull=True):
            items.setdefault(tally.source_id, []).append(tally)
        Tally.objects.bulk_create(
            [
                Tally(
                    source_id=source,
                    kind=tally.kind,
                    audience_id=audience,
                    made_by=tally.made_by,
                    published_on=tally.published_on,
                    number=tally.number,
                )
                for source, some in items.items()
                for tally, audience in product(some, audiences.get(source, ()))
            ],
            batch_size=1_000,
        )


def forget(apps, schema_editor):
    apps.get_model("research_reviews", "Tally").objects.filter(
        kind__in=("finding", "quote"), audience__isnull=False
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("research_reviews", "0007_count_evidence")]

    operations = [
        migrations.RemoveIndex(model_name="tally", name="tally_newest_first"),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                fields=["kind", "made_by", "-published_on", "-source", "number"],
                condition=models.Q(audience__isnull=True),
                name="tally_of_everybody",
            ),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                fields=["kind", "audience", "made_by", "-published_on", "-source", "number"],
                condition=models.Q(audience__isnull=False),
                name="tally_of_audience",
            ),
        ),
        migrations.RunPython(count, forget),
    ]
