"""How readers are helped to share: for site owners to decide."""

import django.db.models.deletion
import site_settings.models.sharing
import site_settings.networks
import wagtail.fields
import wagtail.models.preview
from django.db import migrations, models

from core.roles import SITE_OWNER, grant


def give_permission(apps, schema_editor):
    grant(apps, [SITE_OWNER], "site_settings", "sharingsettings", ["change"])


class Migration(migrations.Migration):

    dependencies = [
        ('site_settings', '0007_accent_colour'),
        ('users', '0003_personal_data'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='SharingSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_offered', models.BooleanField(default=True, help_text='Below each review and on the pages for citing: by e-mail, as a link and on the networks below.', verbose_name='help readers to share')),
                ('networks', wagtail.fields.StreamField([('network', 0)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': site_settings.networks.network_choices, 'description': 'A network on which readers can share.', 'icon': 'site', 'label': 'Network', 'preview_value': 'bluesky'})}, default=site_settings.models.sharing.default_networks, help_text='In this order. They are plain links: a network learns nothing of a reader who does not follow its link. A device with a way to share of its own offers it besides, and so leads to every app on it.', verbose_name='networks')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'sharing',
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.RunPython(give_permission, migrations.RunPython.noop),
    ]
