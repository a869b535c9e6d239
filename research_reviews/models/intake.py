"""What documents are read by, and the documents that are being made into reviews."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from research_reviews.intake.headings import HeadingRule, HeadingTable, Role, folded

# How long a document waits for its reader, and how long its source stays beside a draft that nobody publishes.
KEPT = timedelta(days=7)
KEPT_BESIDE_DRAFT = timedelta(days=90)


class SectionHeading(models.Model):
    """A heading as documents have it, and what stands below it."""

    class Role(models.TextChoices):
        """What a section is, in the words of the page editor."""

        FINDINGS = "findings", _("Findings: the key issues")
        QUOTES = "quotes", _("Quotes")
        RECOMMENDATIONS = "recommendations", _("Recommendations")
        CONCLUSION = "conclusion", _("Conclusion")
        PRACTICE_IMPLICATIONS = "practice_implications", _("Practice implications")
        LIMITATIONS = "limitations", _("Limitations")
        LIVED_EXPERIENCE = "lived_experience", _("Lived experience")
        CREDITS = "credits", _("Credits: the people named")
        STUDY = "study", _("The study: its title, date and link")
        BACKGROUND = "background", _("A section of its own, such as background or method")

    wording = models.CharField(
        _("heading"),
        max_length=200,
        help_text=_("As it stands in documents. Capitals, numbers before it and a colon after it do not matter."),
    )
    role = models.CharField(
        _("what stands below it"),
        max_length=24,
        choices=Role.choices,
        help_text=_("Text below a heading that is not in this list becomes a section under that heading."),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        default="en",
        help_text=_("Its code, such as en, cy or de."),
    )
    # The wording without what does not matter: no two headings that are read as one may mean two things.
    folded = models.CharField(max_length=220, unique=True, editable=False)

    panels = [FieldPanel("wording"), FieldPanel("role"), FieldPanel("language")]

    class Meta:
        verbose_name = _("heading in documents")
        verbose_name_plural = _("headings in documents")
        ordering = ["language", "role", "wording"]

    def __str__(self) -> str:
        return self.wording

    def clean(self) -> None:
        """Refuse a heading without letters, and one that is in the table already. Raises ValidationError at it."""
        self.folded = folded(self.wording)
        if not self.folded:
            raise ValidationError({"wording": _("Write the heading's words: numbers and signs alone are none.")})
        other = SectionHeading.objects.filter(folded=self.folded).exclude(pk=self.pk).first()
        if other:
            message = _("“%(wording)s” is in the list already, as: %(role)s. Change that one instead.")
            raise ValidationError({"wording": message % {"wording": other.wording, "role": other.get_role_display()}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the form by which it is found."""
        self.folded = folded(self.wording)
        super().save(*args, **kwargs)


def heading_table() -> HeadingTable:
    """Return the table of headings as editors have made it, in one query."""
    rows = SectionHeading.objects.values_list("wording", "role", "language")
    return HeadingTable(HeadingRule(wording, cast("Role", role), language) for wording, role, language in rows)


class IntakeDocumentQuerySet(models.QuerySet):
    """Documents by how long they are needed."""

    def outdated(self) -> IntakeDocumentQuerySet:
        """Keep those that nobody has made a draft of in a week, and those whose draft is published or long left."""
        now = timezone.now()
        alone = models.Q(page=None, created_at__lt=now - KEPT)
        served = models.Q(page__first_published_at__isnull=False) | models.Q(created_at__lt=now - KEPT_BESIDE_DRAFT)
        return self.filter(alone | (models.Q(page__isnull=False) & served))


class IntakeDocument(models.Model):
    """A document on its way to a review: its source as it is shown beside the draft, and the draft read from it."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    # Readable HTML of our own making.
    source = models.TextField(blank=True)
    draft = models.JSONField(default=dict)
    # The keys of who is credited, in the order of the draft's credits; None for those left out, and so on.
    people = models.JSONField(default=list)
    made_people = models.JSONField(default=list)
    study = models.ForeignKey(
        "research_reviews.Study", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_study = models.BooleanField(default=False)
    related = models.JSONField(default=list)
    is_settled = models.BooleanField(default=False)
    page = models.OneToOneField(
        "research_reviews.ReviewPage", null=True, blank=True, on_delete=models.CASCADE, related_name="intake_document"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = IntakeDocumentQuerySet.as_manager()
    # A document on its way is no use of a study that an editor would be told of.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("document for a review")
        verbose_name_plural = _("documents for reviews")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name or str(_("Pasted text"))
