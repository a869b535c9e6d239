"""What the settings say of each field."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('subscriptions', '0005_imports_and_limits'),
    ]

    operations = [
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='confirmation_subject',
            field=models.CharField(default='Please confirm your subscription', help_text='Plain words: this mail decides whether somebody becomes a subscriber, and may land among spam.', max_length=120, verbose_name='subject of the confirmation'),
        ),
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='confirmation_text',
            field=models.TextField(default='Somebody, we hope you, asked for new reviews to be sent to this address. If it was you, please confirm. If not, do nothing: you will get no mail from us.', help_text='The button to confirm follows below it.', max_length=1000, verbose_name='text of the confirmation'),
        ),
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='digest_text',
            field=models.TextField(blank=True, help_text='Left empty, the digest begins with its newest review.', max_length=400, verbose_name='line above the digest'),
        ),
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='digest_weekday',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=4, help_text='In a week without a new review there is no digest.', verbose_name='day of the digest'),
        ),
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='is_offered',
            field=models.BooleanField(default=True, help_text='Shows the form on every page. Taken away, those who have subscribed still get their mails.', verbose_name='readers can subscribe'),
        ),
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='minutes_before_mailing',
            field=models.PositiveSmallIntegerField(default=1, help_text="Time to notice a mistake and hold the mail, in the review's editor under Readers. 60 is an hour.", validators=[django.core.validators.MaxValueValidator(10080)], verbose_name='minutes between publication and mail'),
        ),
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='postal_address',
            field=models.TextField(blank=True, help_text='Who you are and where, at the foot of every mail: many countries want a postal address there. Line breaks are kept.', max_length=300, verbose_name='footer address'),
        ),
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='reply_to',
            field=models.EmailField(blank=True, help_text="One that somebody reads. Left empty, replies go to the sender's address.", max_length=254, verbose_name='address for replies'),
        ),
        migrations.AlterField(
            model_name='subscriptionsettings',
            name='review_text',
            field=models.TextField(blank=True, help_text="Left empty, the mail begins with the review. Its subject is the review's title.", max_length=400, verbose_name='line above a review'),
        ),
    ]
