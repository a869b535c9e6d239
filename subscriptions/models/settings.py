"""How subscriptions are offered, and what the mails say."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting

from site_settings.models import SiteSetting


@register_setting(icon="mail", order=500)
class SubscriptionSettings(SiteSetting):
    """The form, the sender, the texts of the mails and when they go out."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    is_offered = models.BooleanField(
        _("readers can subscribe"),
        default=True,
        help_text=_("Shows the form on every page. Taken away, those who have subscribed still get their mails."),
    )
    invitation = models.CharField(
        _("invitation"), max_length=160, default=_("New reviews by e-mail"), help_text=_("Above the form.")
    )
    consent_wording = models.TextField(
        _("what subscribers agree to"),
        max_length=600,
        default=_(
            "I want new reviews by e-mail. My address is used for that alone, is given to nobody, "
            "and I can unsubscribe in every mail."
        ),
        help_text=_("Shown beside the form. Each subscriber keeps the wording that they agreed to."),
    )
    sender_name = models.CharField(
        _("sender's name"), max_length=80, blank=True, help_text=_("Left empty, it is the site's name.")
    )
    sender_address = models.EmailField(
        _("sender's address"),
        blank=True,
        help_text=_(
            "One that your mail server may send from. Left empty, it is the one that the server is set up with."
        ),
    )
    reply_to = models.EmailField(
        _("address for replies"),
        blank=True,
        help_text=_("One that somebody reads. Left empty, replies go to the sender's address."),
    )
    postal_address = models.TextField(
        _("footer address"),
        max_length=300,
        blank=True,
        help_text=_(
            "Who you are and where, at the foot of every mail: many countries want a postal address there. "
            "Line breaks are kept."
        ),
    )
    confirmation_subject = models.CharField(
        _("subject of the confirmation"),
        max_length=120,
        default=_("Please confirm your subscription"),
        help_text=_("Plain words: this mail decides whether somebody becomes a subscriber, and may land among spam."),
    )
    confirmation_text = models.TextField(
        _("text of the confirmation"),
        max_length=1000,
        default=_(
            "Somebody, we hope you, asked for new reviews to be sent to this address. "
            "If it was you, please confirm. If not, do nothing: you will get no mail from us."
        ),
        help_text=_("The button to confirm follows below it."),
    )
    review_text = models.TextField(
        _("line above a review"),
        max_length=400,
        blank=True,
        help_text=_("Left empty, the mail begins with the review. Its subject is the review's title."),
    )
    digest_subject = models.CharField(_("subject of the digest"), max_length=120, default=_("New reviews this week"))
    digest_text = models.TextField(
        _("line above the digest"),
        max_length=400,
        blank=True,
        help_text=_("Left empty, the digest begins with its newest review."),
    )
    minutes_before_mailing = models.PositiveSmallIntegerField(
        _("minutes between publication and mail"),
        default=1,
        validators=[MaxValueValidator(10_080)],
        help_text=_("Time to notice a mistake and hold the mail, in the review's editor under Readers. 60 is an hour."),
    )
    newest_days = models.PositiveSmallIntegerField(
        _("days that a review counts as new"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("A review that is published with an older date is not mailed by itself."),
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("day of the digest"),
        choices=Weekday.choices,
        default=Weekday.FRIDAY,
        help_text=_("In a week without a new review there is no digest."),
    )
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the digest"), default=8, validators=[MaxValueValidator(23)], help_text=_("In the site's time zone.")
    )
    confirmations_an_hour = models.PositiveIntegerField(
        _("confirmations an hour"),
        default=500,
        validators=[MinValueValidator(1)],
        help_text=_("At most so many confirmation mails leave in an hour, whoever asks. The others follow later."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("is_offered"), FieldPanel("invitation"), FieldPanel("consent_wording")], _("Form")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("sender_name"), FieldPanel("sender_address")]),
                FieldPanel("reply_to"),
                FieldPanel("postal_address"),
            ],
            _("Sender"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("confirmation_subject"),
                FieldPanel("confirmation_text"),
                FieldPanel("review_text"),
                FieldPanel("digest_subject"),
                FieldPanel("digest_text"),
            ],
            _("Texts"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("minutes_before_mailing"), FieldPanel("newest_days")]),
                FieldRowPanel([FieldPanel("digest_weekday"), FieldPanel("digest_hour")]),
                FieldPanel("confirmations_an_hour"),
            ],
            _("When"),
        ),
    ]

    class Meta:
        verbose_name = _("subscriptions")
