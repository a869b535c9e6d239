"""What the settings of responses say of themselves."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0003_moderation'),
    ]

    operations = [
        migrations.AlterField(
            model_name='commentsettings',
            name='are_open',
            field=models.BooleanField(default=True, help_text='For the whole site. A review alone is closed in its editor.', verbose_name='readers can respond'),
        ),
        migrations.AlterField(
            model_name='commentsettings',
            name='held_words',
            field=models.TextField(blank=True, help_text='One a line. A response with one of them waits for a moderator, whoever sent it. Whole words are found, whatever their capital letters and accents.', verbose_name='words that wait'),
        ),
        migrations.AlterField(
            model_name='commentsettings',
            name='keep_sender_days',
            field=models.PositiveSmallIntegerField(default=30, help_text='Hashed, so that moderators and the defence recognise who sends many. 0: not at all.', validators=[django.core.validators.MaxValueValidator(365)], verbose_name='days that network addresses are kept'),
        ),
        migrations.AlterField(
            model_name='commentsettings',
            name='moderation',
            field=models.CharField(choices=[('all', 'Every response waits for a moderator'), ('trusted', 'Responses of people who have been approved before appear at once')], default='all', help_text='What the team writes, signed in, is always published at once.', max_length=10, verbose_name='moderation'),
        ),
        migrations.AlterField(
            model_name='commentsettings',
            name='most_links',
            field=models.PositiveSmallIntegerField(default=2, help_text='A response with more stands under “Spam” until you decide.', verbose_name='links allowed'),
        ),
        migrations.AlterField(
            model_name='commentsettings',
            name='privacy_note',
            field=models.TextField(blank=True, default='Your name, website and response are published. Your e-mail address is not.', help_text='Stands at the form. If you keep network addresses (below), say for how long.', max_length=400, verbose_name='privacy note'),
        ),
        migrations.AlterField(
            model_name='commentsettings',
            name='tell_at_hour',
            field=models.PositiveSmallIntegerField(default=8, help_text='From 0 to 23, in the site’s time zone. Without a response that waits there is no mail.', validators=[django.core.validators.MaxValueValidator(23)], verbose_name='hour of the daily mail'),
        ),
        migrations.AlterField(
            model_name='commentsettings',
            name='tell_moderators',
            field=models.CharField(choices=[('at_once', 'Of each response, at once'), ('daily', 'Once a day, of all that wait'), ('never', 'Never')], default='at_once', help_text='Goes to everybody with the role Moderator or Site owner. Nobody is told of spam.', max_length=10, verbose_name='mail to moderators'),
        ),
        migrations.AlterField(
            model_name='commentsettings',
            name='trusted_after',
            field=models.PositiveSmallIntegerField(default=3, help_text='For the second choice above: so many responses from the same e-mail address. Nobody has to prove that an address is theirs, so who knows a trusted reader’s address can use it.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='approved responses before trust'),
        ),
    ]
