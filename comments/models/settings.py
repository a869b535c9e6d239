"""How readers may respond."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting

from site_settings.models import SiteSetting


@register_setting(icon="comment", order=400)
class CommentSettings(SiteSetting):
    """Who may respond for how long, what waits for a moderator, and what is kept of whoever responds."""

    class Moderation(models.TextChoices):
        ALL = "all", _("Every response waits for a moderator")
        TRUSTED = "trusted", _("Responses of people who have been approved before appear at once")

    class Telling(models.TextChoices):
        AT_ONCE = "at_once", _("Of each response, at once")
        DAILY = "daily", _("Once a day, of all that wait")
        NEVER = "never", _("Never")

    are_open = models.BooleanField(
        _("readers can respond"),
        default=True,
        help_text=_("For the whole site. A review alone is closed in its editor."),
    )
    open_days = models.PositiveSmallIntegerField(
        _("days open"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("After so many days from a review's publication nobody can respond any more. Left empty: never."),
    )
    guidance = models.TextField(
        _("guidance"),
        max_length=400,
        blank=True,
        help_text=_("A sentence or two above the form: what is welcome, and what is not."),
    )
    privacy_note = models.TextField(
        _("privacy note"),
        max_length=400,
        blank=True,
        default=_("Your name, website and response are published. Your e-mail address is not."),
        help_text=_("Stands at the form. If you keep network addresses (below), say for how long."),
    )
    moderation = models.CharField(
        _("moderation"),
        max_length=10,
        choices=Moderation.choices,
        default=Moderation.ALL,
        help_text=_("What the team writes, signed in, is always published at once."),
    )
    trusted_after = models.PositiveSmallIntegerField(
        _("approved responses before trust"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_(
            "For the second choice above: so many responses from the same e-mail address. Nobody has to prove that an "
            "address is theirs, so who knows a trusted reader’s address can use it."
        ),
    )
    held_words = models.TextField(
        _("words that wait"),
        blank=True,
        help_text=_(
            "One a line. A response with one of them waits for a moderator, whoever sent it. Whole words are found, "
            "whatever their capital letters and accents."
        ),
    )
    most_links = models.PositiveSmallIntegerField(
        _("links allowed"),
        default=2,
        help_text=_("A response with more stands under “Spam” until you decide."),
    )
    tell_moderators = models.CharField(
        _("mail to moderators"),
        max_length=10,
        choices=Telling.choices,
        default=Telling.AT_ONCE,
        help_text=_("Goes to everybody with the role Moderator or Site owner. Nobody is told of spam."),
    )
    tell_at_hour = models.PositiveSmallIntegerField(
        _("hour of the daily mail"),
        default=8,
        validators=[MaxValueValidator(23)],
        help_text=_("From 0 to 23, in the site’s time zone. Without a response that waits there is no mail."),
    )
    keep_sender_days = models.PositiveSmallIntegerField(
        _("days that network addresses are kept"),
        default=30,
        validators=[MaxValueValidator(365)],
        help_text=_("Hashed, so that moderators and the defence recognise who sends many. 0: not at all."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("are_open"), FieldPanel("open_days"), FieldPanel("guidance"), FieldPanel("privacy_note")],
            _("Form"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("moderation"),
                FieldPanel("trusted_after"),
                FieldPanel("held_words"),
                FieldPanel("most_links"),
                FieldPanel("tell_moderators"),
                FieldPanel("tell_at_hour"),
            ],
            _("Moderation"),
        ),
        MultiFieldPanel([FieldPanel("keep_sender_days")], _("Privacy")),
    ]

    class Meta:
        verbose_name = _("responses")
