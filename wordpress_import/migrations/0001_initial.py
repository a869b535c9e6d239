"""What has been brought in, and the runs that did it; site owners bring a site in."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.roles import SITE_OWNER, grant


def give_permissions(apps, schema_editor):
    grant(apps, [SITE_OWNER], "wordpress_import", "importrun", ["add", "view"])


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('users', '0002_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.CharField(max_length=255)),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=255)),
                ('title', models.CharField(blank=True, max_length=255)),
                ('link', models.TextField(blank=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('model', models.CharField(blank=True, max_length=100)),
                ('object_id', models.BigIntegerField(blank=True, null=True)),
                ('revision', models.BigIntegerField(blank=True, null=True)),
                ('was_live', models.BooleanField(default=False)),
                ('outcome', models.CharField(choices=[('planned', 'still to come'), ('made', 'made'), ('updated', 'updated'), ('unchanged', 'unchanged'), ('skipped', 'left out'), ('failed', 'failed')], default='planned', max_length=9)),
                ('reason', models.TextField(blank=True)),
                ('missing', models.JSONField(default=list)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'imported item',
                'verbose_name_plural': 'imported items',
                'indexes': [models.Index(fields=['site', 'outcome'], name='imported_by_outcome')],
                'constraints': [models.UniqueConstraint(fields=('site', 'kind', 'key'), name='imported_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', models.JSONField(default=list, verbose_name='files')),
                ('paths', models.JSONField(default=list)),
                ('uploads', models.CharField(blank=True, max_length=500, verbose_name='folder with the uploads')),
                ('fetches_media', models.BooleanField(default=False, verbose_name='fetch images and files from the old site')),
                ('retries_failed', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('uploaded', 'uploaded'), ('checking', 'being checked'), ('checked', 'checked'), ('running', 'being imported'), ('stopped', 'stopped'), ('done', 'imported'), ('refused', 'cannot be imported')], default='uploaded', max_length=8, verbose_name='state')),
                ('stage', models.CharField(blank=True, max_length=20)),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('total', models.PositiveBigIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('report', models.JSONField(default=list)),
                ('problems', models.JSONField(default=list)),
                ('sites', models.JSONField(default=list)),
                ('is_cut', models.BooleanField(default=False)),
                ('worker', models.CharField(blank=True, max_length=32)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='imported')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'import from WordPress',
                'verbose_name_plural': 'imports from WordPress',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
