"""What readers are asked for: purposes, and the services that serve them."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

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

HOST = re.compile(r"(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
# RFC 6265: the name of a cookie is a token. A star at the end stands for whatever follows.
COOKIE_NAME = re.compile(r"[!#$%&'+\-.^_`|~0-9A-Za-z]+\*?")
LONGEST_SLUG = 40
# Code of ours reads these: they are part of every site.
BUILT_IN = frozenset({"privacy-choice", "sign-in", "visit-counts"})


class Named(Orderable, index.Indexed):
    """Something with a name and a slug, which is made once from the name and then stands in readers' choices."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=LONGEST_SLUG, unique=True, editable=False)

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
            base = slugify(self.name)[: LONGEST_SLUG - 4].strip("-") or str(self._meta.model_name)
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
        help_text=_("If readers have to agree, they are asked again as soon as the purpose has a service."),
    )

    panels = [FieldPanel("name"), FieldPanel("explanation"), FieldPanel("basis")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("explanation")]

    class Meta(Named.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")


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
        help_text=_("One a line, such as player.example.org or *.example.org. Empty for the site itself."),
    )
    script_url = models.URLField(
        _("script"),
        max_length=500,
        blank=True,
        help_text=_(
            "Only for a service that runs on every page, such as statistics: the address of its script, "
            "loaded as soon as the reader allows it."
        ),
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("provider"), FieldPanel("provider_policy")], _("Who")),
        MultiFieldPanel(
            [FieldPanel("purpose"), FieldPanel("what_it_loads"), FieldPanel("hosts"), FieldPanel("script_url")],
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

    def clean(self) -> None:
        """Bring the hosts into order and ask for those that the script needs. Raises ValidationError at the field."""
        super().clean()
        hosts = self.hosts.lower().split()
        for host in hosts:
            if not HOST.fullmatch(host):
                message = _("“%(host)s” is no host name. Write it like player.example.org, without https:// and path.")
                raise ValidationError({"hosts": message % {"host": host}})
        if self.script_url:
            script = urlsplit(self.script_url)
            if script.scheme != "https" or script.port not in (None, 443):
                raise ValidationError({"script_url": _("The address of a script begins with https://.")})
            hosts.append(script.hostname or "")
        self.hosts = "\n".join(dict.fromkeys(hosts))


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
        return self.name

    def clean(self) -> None:
        """Refuse a name that no cookie can have. Raises ValidationError at the field."""
        super().clean()
        if not COOKIE_NAME.fullmatch(self.name):
            raise ValidationError({"name": _("No cookie is called that: no spaces, and a star only at the end.")})
