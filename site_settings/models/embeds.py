"""Whose players this site has shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmbeddedProvider(models.Model):
    """A provider whose service was made when a page first showed its player, so that it is not made a second time.

    An owner who deletes the service does not want it back with the next page.
    """

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("embedded provider")
        verbose_name_plural = _("embedded providers")

    def __str__(self) -> str:
        return self.slug
