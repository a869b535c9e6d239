"""Who wrote studies and reviews, and who is spoken to."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.snapshot import ShelfQuerySet
from research_reviews import panels
from research_reviews.handles import HANDLE_FIELDS, Handle, clean_handle, handle_link
from research_reviews.identifiers import clean_orcid

CLEANERS: dict[str, Callable[[str], str]] = {
    "orcid": clean_orcid,
    **{name: partial(clean_handle, name) for name in HANDLE_FIELDS},
}


class Person(index.Indexed, models.Model):
    """Someone credited: a person or an organisation, named as they wish to be named."""

    name = models.CharField(_("name"), max_length=255, help_text=_("As credited, such as “Dr Ada Example”."))
    is_organisation = models.BooleanField(_("organisation"), default=False)
    given_name = models.CharField(_("given name"), max_length=120, blank=True, help_text=_("For citations."))
    family_name = models.CharField(_("family name"), max_length=120, blank=True, help_text=_("For citations."))
    slug = models.SlugField(
        _("address"),
        max_length=255,
        unique=True,
        blank=True,
        allow_unicode=True,
        help_text=_("Left empty, it is made from the name."),
    )
    affiliation = models.CharField(
        _("affiliation"), max_length=255, blank=True, help_text=_("Where they work, if it should be shown.")
    )
    orcid = models.CharField(
        _("ORCID iD"),
        max_length=40,
        blank=True,
        help_text=_("Such as 0000-0002-1825-0097, or the address that ends with it."),
    )
    photo = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    bio = models.TextField(_("short biography"), max_length=600, blank=True, help_text=_("Two or three sentences."))
    website = models.URLField(_("website"), blank=True)
    x = models.CharField(_("X"), max_length=120, blank=True, help_text=_("The handle or the address of the profile."))
    bluesky = models.CharField(
        _("Bluesky"), max_length=253, blank=True, help_text=_("Such as name.bsky.social, or the address.")
    )
    mastodon = models.CharField(
        _("Mastodon"), max_length=255, blank=True, help_text=_("Such as name@server.example, or the address.")
    )
    linkedin = models.CharField(
        _("LinkedIn"), max_length=150, blank=True, help_text=_("The address of the profile or its last part.")
    )

    picture_kinds = {"photo": ("portrait",)}
    objects = ShelfQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("affiliation"),
        index.AutocompleteField("affiliation"),
        index.SearchField("orcid"),
        index.FilterField("is_organisation"),
        index.FilterField("slug"),
    ]
    edit_handler = panels.person()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["family_name", "name"]
        indexes = [models.Index(fields=["orcid"], name="person_orcid")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The address of the person's page."""
        return reverse("research_reviews:person", args=[self.slug])

    @property
    def handles(self) -> list[Handle]:
        """The handles that are known, as links."""
        return [handle_link(name, value) for name in HANDLE_FIELDS if (value := getattr(self, name))]

    @property
    def orcid_url(self) -> str:
        """The address of the ORCID record, in the form that ORCID asks for; empty without an iD."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""

    def clean(self) -> None:
        """Bring iD and handles into their stored form; refuse what cannot be one.

        Raises ValidationError with one message a field.
        """
        errors: dict[str, Any] = {}
        for name, clean in CLEANERS.items():
            try:
                setattr(self, name, clean(getattr(self, name)))
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with an address made from the name where none is given."""
        if not self.slug:
            self.slug = free_slug(self, slugify(self.name, allow_unicode=True)[:240] or "person")
        super().save(*args, **kwargs)


class Audience(index.Indexed, models.Model):
    """Who a recommendation speaks to, such as prison staff, commissioners or policymakers."""

    name = models.CharField(
        _("name"), max_length=120, unique=True, help_text=_("In the plural, such as “Prison staff”.")
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True, allow_unicode=True)
    description = models.TextField(_("description"), max_length=300, blank=True)

    objects = ShelfQuerySet.as_manager()

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    edit_handler = panels.audience()

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The address of the page with what is recommended to the audience."""
        return reverse("research_reviews:audience", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with an address made from the name where none is given."""
        if not self.slug:
            self.slug = free_slug(self, slugify(self.name, allow_unicode=True)[:110] or "audience")
        super().save(*args, **kwargs)


def free_slug(instance: Person | Audience, base: str) -> str:
    """Return base, or base with the lowest number that no other instance of the model has."""
    model: Any = type(instance)
    others = model.objects.exclude(pk=instance.pk)
    taken = set(others.filter(slug__regex=rf"^{re.escape(base)}(-\d+)?$").values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)
