"""Moderators and site owners moderate responses, and site owners set the rules; what mails look for is indexed."""

from django.conf import settings
from django.db import migrations, models

from core.roles import MODERATOR, SITE_OWNER, grant


def give_permissions(apps, schema_editor):
    grant(apps, [MODERATOR, SITE_OWNER], "comments", "comment", ["view", "change"])
    grant(apps, [SITE_OWNER], "comments", "commentsettings", ["change"])


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0002_digest_of_texts'),
        ('research_reviews', '0004_privacy_roles'),
        ('users', '0002_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('announced_at', None), ('parent__isnull', False), ('status', 'approved')), fields=['id'], name='comment_to_announce'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('replies_asked_at', None), ('status', 'approved'), ('wants_replies', True)), fields=['id'], name='comment_to_ask'),
        ),
    ]
