"""What readers are asked for: purposes, and the services that serve them."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from site_settings.hosts import clean_hosts, script_hosts

# RFC 6265: the name of a cookie is a token. A star at the end stands for whatever follows.
COOKIE_NAME = re.compile(r"[!#$%&'+\-.^_`|~0-9A-Za-z]+\*?")
# A choice names every service, and a browser keeps 4 KB of it: enough for fifty services.
LONGEST_SLUG = 24
# What every site does, whatever its owner sets up, and what that rests on.
BUILT_IN = {"privacy-choice": "necessary", "sign-in": "necessary", "visit-counts": "exempt"}


class Named(Orderable, index.Indexed):
    """Something with a name and a slug, which is made once from the name and then stands in readers' choices."""

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("Readers see it."))
    slug = models.SlugField(max_length=40, unique=True, editable=False)

    if TYPE_CHECKING:
        sort_order: int | None

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with a slug and a place at the end where it has none yet."""
        others = type(self)._default_manager.all()
        if not self.slug:
            # An underscore stands between purpose and service in a choice.
            words = slugify(self.name).replace("_", "-")
            base = words[: LONGEST_SLUG - 3].strip("-") or str(self._meta.model_name)
            taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
            names = (base if number == 1 else f"{base}-{number}" for number in count(1))
            self.slug = next(name for name in names if name not in taken)
        if self.sort_order is None:
            self.sort_order = (others.aggregate(last=Max("sort_order"))["last"] or 0) + 1
        super().save(*args, **kwargs)


class Purpose(Named):
    """Why something is stored on, or loaded into, a reader's browser."""

    class Basis(models.TextChoices):
        """What makes it lawful (ePrivacy directive, article 5(3); GDPR, articles 6 and 21)."""

        NECESSARY = "necessary", _("Strictly necessary: the site does not work without it")
        CONSENT = "consent", _("Consent: only if the reader agrees")
        EXEMPT = "exempt", _("Exempt from consent: the reader can object")

    explanation = models.TextField(
        _("explanation"), max_length=600, help_text=_("In plain words: what is done, and what for. Readers see it.")
    )
    basis = models.CharField(
        _("basis"),
        max_length=9,
        choices=Basis.choices,
        default=Basis.CONSENT,
        help_text=_(
            "What is stored in a browser, or loaded from another site, needs consent unless the site cannot work "
            "without it. Readers are asked again when a purpose begins to need consent."
        ),
    )

    panels = [FieldPanel("name"), FieldPanel("explanation"), FieldPanel("basis")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("explanation")]

    class Meta(Named.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")

    def clean(self) -> None:
        """Refuse a basis that is not true of what every site does. Raises ValidationError at the field."""
        super().clean()
        own = self.services.filter(slug__in=BUILT_IN) if self.pk else Service.objects.none()
        for service in own:
            refuse_untrue_basis(service, self.basis, "basis")


class Service(Named, ClusterableModel):
    """Something that is loaded or stored for a purpose: a player, a statistics script, a cookie of our own."""

    provider = models.CharField(_("provider"), max_length=120, help_text=_("The company or organisation that runs it."))
    provider_policy = models.URLField(_("provider's privacy policy"), max_length=500, blank=True)
    purpose = models.ForeignKey(Purpose, verbose_name=_("purpose"), on_delete=models.PROTECT, related_name="services")
    what_it_loads = models.TextField(
        _("what it loads"), max_length=600, help_text=_("In plain words, such as “The video and its player”.")
    )
    hosts = models.TextField(
        _("from which hosts"),
        blank=True,
        help_text=_(
            "One a line, such as player.example.org, or *.example.org for all below it. "
            "Leave it empty where only this site itself is asked."
        ),
    )
    script_url = models.URLField(
        _("script"),
        max_length=500,
        blank=True,
        help_text=_(
            "Only for a service that runs on every page, such as statistics: the address of its script, "
            "beginning with https://. It is loaded once the reader allows it. Its host is added to the list above."
        ),
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("provider"), FieldPanel("provider_policy")], _("Who")),
        MultiFieldPanel(
            [
                FieldPanel("purpose", widget=forms.Select),
                FieldPanel("what_it_loads"),
                FieldPanel("hosts"),
                FieldPanel("script_url"),
            ],
            _("What"),
        ),
        InlinePanel("cookies", heading=_("Cookies"), label=_("Cookie")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("provider"),
        index.FilterField("purpose"),
    ]

    class Meta(Named.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")

    @property
    def token(self) -> str:
        """Purpose and service, as a choice names what was asked."""
        return f"{self.purpose.slug}_{self.slug}"

    @property
    def basis(self) -> str:
        """What its purpose rests on."""
        return self.purpose.basis

    @property
    def needs_consent(self) -> bool:
        """Whether readers are asked for it."""
        return self.basis == Purpose.Basis.CONSENT

    @property
    def is_exempt(self) -> bool:
        """Whether it runs until a reader objects."""
        return self.basis == Purpose.Basis.EXEMPT

    @property
    def host_list(self) -> list[str]:
        """The hosts that it loads from."""
        return self.hosts.split()

    @property
    def is_built_in(self) -> bool:
        """Whether every site does it, so that it cannot be taken off the list."""
        return self.slug in BUILT_IN

    @property
    def loads_unasked(self) -> bool:
        """Whether it has a script that no reader is asked about."""
        return bool(self.script_url) and not self.needs_consent

    def clean(self) -> None:
        """Bring the hosts into order and add the script's. Raises ValidationError at the field."""
        super().clean()
        self.hosts = "\n".join(dict.fromkeys([*clean_hosts(self.hosts), *script_hosts(self.script_url)]))
        if self.purpose_id:
            refuse_untrue_basis(self, self.basis, "purpose")


class ServiceCookie(Orderable):
    """A cookie, or something like it, that a service may keep in the browser."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="cookies")
    name = models.CharField(
        _("name"), max_length=80, help_text=_("As browsers show it. A star at the end stands for anything: _pk_id*")
    )
    what_for = models.CharField(_("what for"), max_length=200)
    lifetime = models.CharField(_("for how long"), max_length=80, help_text=_("Such as “13 months” or “the visit”."))
    is_ours = models.BooleanField(
        _("set on this site's own address"),
        default=False,
        help_text=_("Then it is deleted when the reader withdraws. Nobody else's cookies can be deleted from here."),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("lifetime")]),
        FieldPanel("what_for"),
        FieldPanel("is_ours"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("cookie")
        verbose_name_plural = _("cookies")

    def __str__(self) -> str:
        return f"{self.name} ({self.lifetime})"

    def clean(self) -> None:
        """Refuse a name that no cookie can have. Raises ValidationError at the field."""
        super().clean()
        if self.name and not COOKIE_NAME.fullmatch(self.name):
            raise ValidationError({"name": _("No cookie is called that: no spaces, and a star only at the end.")})


def refuse_untrue_basis(service: Service, basis: str, field: str) -> None:
    """Refuse another basis for what every site does than it has. Raises ValidationError at the field."""
    true_basis = BUILT_IN.get(service.slug, basis)
    if basis != true_basis:
        message = _("“%(service)s” is part of every site, and rests on: %(basis)s. Keep it there.")
        label = Purpose.Basis(true_basis).label
        raise ValidationError({field: message % {"service": service.name, "basis": label}})
