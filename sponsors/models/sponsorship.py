"""What is sponsored, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from sponsors.models.sponsor import Sponsor
from sponsors.wording import TOPIC_WORDING, fill_in, fitting, problem_of

if TYPE_CHECKING:
    from research_reviews.models import TopicPage

EDITORIAL_CONTROL = _(
    "The sponsor has no say in what we review or how. It sees nothing before readers do, "
    "and pays the same whatever we find."
)


class SponsorshipQuerySet(models.QuerySet):
    """Sponsorships, asked for by when and what."""

    def running_on(self, day: date) -> Self:
        """Keep those that run on the day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def begun_by(self, day: date) -> Self:
        """Keep those that have begun, over or not."""
        return self.filter(starts_on__lte=day)

    def clashing_with(self, sponsorship: Sponsorship) -> Self:
        """Keep the others of the same topic, or of the whole site, that share a day with the sponsorship."""
        others = self.exclude(pk=sponsorship.pk).filter(topic=sponsorship.topic_id)
        if sponsorship.ends_on:
            others = others.filter(starts_on__lte=sponsorship.ends_on)
        return others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=sponsorship.starts_on))


class Sponsorship(models.Model):
    """A sponsor's name on a topic, or on the whole site, from one day to another.

    Two of one topic never share a day: the form says so, and the database holds it (migration 0002).
    """

    sponsor = models.ForeignKey(
        Sponsor, verbose_name=_("sponsor"), on_delete=models.PROTECT, related_name="sponsorships"
    )
    topic = models.ForeignKey(
        "research_reviews.TopicPage",
        verbose_name=_("topic"),
        null=True,
        blank=True,
        # Who paid for what stays on record: a topic that was sponsored is unpublished, not deleted.
        on_delete=models.PROTECT,
        related_name="sponsorships",
        help_text=_("Left empty, it is the whole site: shown wherever a topic has no sponsor of its own."),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Left empty, it runs until you end it.")
    )
    wording = models.CharField(
        _("wording"),
        max_length=200,
        default=TOPIC_WORDING,
        help_text=_("{sponsor} stands for the sponsor's name and {topic} for the topic's."),
    )
    editorial_control = models.TextField(
        _("editorial control"),
        max_length=600,
        default=EDITORIAL_CONTROL,
        help_text=_(
            "What the sponsor may decide and what not. Readers see it on the page of sponsors, and with a review "
            "whose study the sponsor has to do with."
        ),
    )

    objects = SponsorshipQuerySet.as_manager()
    panels = [
        MultiFieldPanel([FieldPanel("sponsor"), FieldPanel("topic")], _("Who sponsors what")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])],
            _("When"),
            help_text=_("It begins and ends by itself, at midnight."),
        ),
        MultiFieldPanel([FieldPanel("wording"), FieldPanel("editorial_control")], _("What readers are told")),
    ]

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="sponsorship_days"
            )
        ]

    def __str__(self) -> str:
        return gettext("%(sponsor)s, %(subject)s, %(days)s") % {
            "sponsor": self.sponsor.name,
            "subject": self.subject,
            "days": self.days,
        }

    @property
    def subject(self) -> str:
        """What is sponsored."""
        topic: TopicPage | None = self.topic
        return topic.title if topic else gettext("the whole site")

    @property
    def days(self) -> str:
        """From when to when."""
        first = date_format(self.starts_on, "j F Y")
        if not self.ends_on:
            has_begun = self.starts_on <= timezone.localdate()
            return (gettext("since %(first)s") if has_begun else gettext("from %(first)s")) % {"first": first}
        return gettext("%(first)s to %(last)s") % {"first": first, "last": date_format(self.ends_on, "j F Y")}

    @property
    def is_running(self) -> bool:
        """Whether it runs today, in the site's time zone."""
        today = timezone.localdate()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)

    @property
    def sentence(self) -> str:
        """What readers are told."""
        return fill_in(self.wording, sponsor=self.sponsor.name, topic=self.subject)

    def clean(self) -> None:
        """Refuse days that clash and a wording that cannot be filled in. Raises ValidationError at the fields."""
        super().clean()
        has_topic = self.topic_id is not None
        self.wording = fitting(self.wording, has_topic)
        errors = {"wording": problem_of(self.wording, has_topic)}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = _("The last day is before the first. Change one of them.")
        elif self.starts_on:
            errors["starts_on"] = self.clash
        if found := {field: error for field, error in errors.items() if error}:
            raise ValidationError(found)

    @property
    def clash(self) -> str:
        """Who sponsors the same on a day of this sponsorship, and when; empty where nobody does."""
        clash = type(self).objects.clashing_with(self).select_related("sponsor").order_by("starts_on").first()
        if not clash:
            return ""
        message = gettext("%(sponsor)s sponsors it already (%(days)s). Choose other days, or end that one first.")
        return message % {"sponsor": clash.sponsor.name, "days": clash.days}
