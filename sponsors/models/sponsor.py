"""Who sponsors."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from core.embeds import host_name
from research_reviews.identifiers import clean_ror


class Sponsor(index.Indexed, models.Model):
    """An organisation that pays for reviews of a topic, or for the whole site."""

    name = models.CharField(_("name"), max_length=120)
    logo = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown 40 pixels high on a light ground. Without one, the name is set in type."),
    )
    tagline = models.CharField(_("tagline"), max_length=160, blank=True, help_text=_("One line, in their own words."))
    website = models.URLField(_("website"), max_length=500)
    description = models.TextField(
        _("who they are"), max_length=1000, blank=True, help_text=_("Readers see it on the page of sponsors.")
    )
    ror = models.CharField(
        _("ROR id"),
        max_length=60,
        blank=True,
        help_text=_(
            "Such as https://ror.org/05a28rw58. By it a study that they paid for is found also under another name."
        ),
    )
    contacts = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("contacts"),
        blank=True,
        related_name="sponsors",
        limit_choices_to={"groups__name": "Sponsor"},
        help_text=_(
            "People of the sponsor who may sign in and see the report of their own sponsorships, nothing else. "
            "Add them under Settings, Users, with the role Sponsor; then they can be chosen here."
        ),
    )

    picture_kinds = {"logo": ("logo",)}
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("logo"), FieldPanel("tagline"), FieldPanel("website")],
            _("What readers see"),
        ),
        MultiFieldPanel([FieldPanel("description"), FieldPanel("ror")], _("About")),
        FieldPanel("contacts", widget=CheckboxSelectMultiple),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("tagline")]

    class Meta:
        verbose_name = _("sponsor")
        verbose_name_plural = _("sponsors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="sponsor_name",
                violation_error_message=_("There is a sponsor of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """Where the link leads, as readers know it."""
        return host_name(self.website).removeprefix("www.")

    def clean(self) -> None:
        """Bring the ROR id into its stored form and ask for a website. Raises ValidationError at the field."""
        super().clean()
        if self.website and not host_name(self.website):
            raise ValidationError({"website": _("Give an address that begins with https:// or http://.")})
        try:
            self.ror = clean_ror(self.ror)
        except ValidationError as error:
            raise ValidationError({"ror": error}) from error
