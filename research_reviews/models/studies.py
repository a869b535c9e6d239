"""The studies that reviews are about."""

from __future__ import annotations

import calendar
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import dates
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, RevisionMixin
from wagtail.search import index

from research_reviews import panels
from research_reviews.identifiers import clean_doi, clean_ror, doi_url
from research_reviews.partial_date import PartialDate

# What the retraction watch finds out, whatever an editor goes back to.
WATCHED_FIELDS = ("retraction_status", "retraction_source", "retraction_checked_at")


class Study(RevisionMixin, index.Indexed, ClusterableModel):
    """A published piece of research, described well enough to be found, judged and cited."""

    class Access(models.TextChoices):
        """Whether a reader can read it."""

        UNKNOWN = "unknown", _("Not known")
        OPEN = "open", _("Open access")
        FREE = "free", _("Free to read")
        PAYWALLED = "paywalled", _("Behind a paywall")

    class LivedExperience(models.TextChoices):
        """What people with lived experience of the subject had to do with the study."""

        NOT_REPORTED = "not_reported", _("Not reported")
        NONE = "none", _("None")
        CONSULTED = "consulted", _("Consulted")
        CO_PRODUCED = "co_produced", _("Co-produced")
        LED = "led", _("Led")

    class StudyType(models.TextChoices):
        """The designs that readers filter by."""

        SYSTEMATIC_REVIEW = "systematic_review", _("Systematic review")
        EVIDENCE_REVIEW = "evidence_review", _("Evidence review")
        TRIAL = "trial", _("Randomised trial")
        QUASI_EXPERIMENT = "quasi_experiment", _("Quasi-experiment")
        COHORT = "cohort", _("Cohort study")
        SURVEY = "survey", _("Survey")
        QUALITATIVE = "qualitative", _("Qualitative study")
        MIXED_METHODS = "mixed_methods", _("Mixed methods")
        EVALUATION = "evaluation", _("Evaluation")
        STATISTICS = "statistics", _("Official statistics")
        INSPECTION = "inspection", _("Inspection or inquiry")
        OTHER = "other", _("Other")

    class Retraction(models.TextChoices):
        """What the publisher has since said of the study."""

        NOT_CHECKED = "not_checked", _("Not checked")
        NONE = "none", _("No notice known")
        CORRECTED = "corrected", _("Corrected")
        CONCERN = "concern", _("Expression of concern")
        PARTIAL = "partial", _("Retracted in part")
        RETRACTED = "retracted", _("Retracted")

    title = models.CharField(_("title"), max_length=500)
    subtitle = models.CharField(_("subtitle"), max_length=500, blank=True)
    container = models.CharField(_("journal or report series"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("issue"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=60, blank=True)
    publication_year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1500), MaxValueValidator(2200)]
    )
    publication_month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, choices=[(number, name) for number, name in dates.MONTHS.items()]
    )
    publication_day = models.PositiveSmallIntegerField(
        _("day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    doi = models.CharField(
        _("DOI"),
        max_length=255,
        blank=True,
        db_index=True,
        help_text=_("Such as 10.1234/abc, or the address that ends with it."),
    )
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Where the study itself can be read."))
    no_link_reason = models.CharField(
        _("why there is no link"),
        max_length=250,
        blank=True,
        help_text=_("Where a study has neither DOI nor address, such as “Print only”."),
    )
    study_type = models.CharField(_("study type"), max_length=30, choices=StudyType.choices, blank=True, db_index=True)
    method = models.TextField(_("method"), blank=True)
    sample = models.TextField(
        _("sample"), blank=True, help_text=_("Who and how many, such as “37 prisoners and 9 staff”.")
    )
    setting = models.CharField(
        _("setting"), max_length=255, blank=True, help_text=_("Such as “Three category B prisons”.")
    )
    country = models.CharField(_("country"), max_length=120, blank=True)
    data_collection = models.CharField(
        _("data collected"), max_length=120, blank=True, help_text=_("Such as “March to June 2022”.")
    )
    comparator = models.CharField(_("compared with"), max_length=255, blank=True)
    limitations = models.TextField(_("limitations"), blank=True, help_text=_("As the study's authors state them."))
    competing_interests = models.TextField(_("authors' competing interests"), blank=True)
    registration = models.CharField(
        _("registration"), max_length=255, blank=True, help_text=_("The registry and number of the trial or review.")
    )
    access = models.CharField(_("access"), max_length=12, choices=Access.choices, default=Access.UNKNOWN)
    licence = models.CharField(_("licence"), max_length=120, blank=True, help_text=_("Such as CC BY 4.0."))
    lived_experience = models.CharField(
        _("lived experience"),
        max_length=14,
        choices=LivedExperience.choices,
        default=LivedExperience.NOT_REPORTED,
        db_index=True,
    )
    retraction_status = models.CharField(
        _("notices"), max_length=12, choices=Retraction.choices, default=Retraction.NOT_CHECKED, editable=False
    )
    retraction_source = models.URLField(_("notice"), max_length=500, blank=True, editable=False)
    retraction_checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    # Which field came from where and when, and which an editor has overridden: {field: {source, at, overridden}}.
    field_sources = models.JSONField(_("where the fields came from"), default=dict, blank=True, editable=False)

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("subtitle"),
        index.SearchField("container"),
        index.SearchField("doi"),
        index.FilterField("study_type"),
        index.FilterField("publication_year"),
        index.RelatedFields("study_authors", [index.RelatedFields("person", [index.SearchField("name")])]),
    ]

    edit_handler = panels.study()

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["-publication_year", "title"]

    def __str__(self) -> str:
        return f"{self.title} ({self.publication_year})" if self.publication_year else self.title

    @property
    def full_title(self) -> str:
        """Title and subtitle."""
        return ": ".join(part for part in (self.title, self.subtitle) if part)

    @property
    def publication_date(self) -> PartialDate | None:
        """The date of publication, as exact as it is known."""
        if not self.publication_year:
            return None
        return PartialDate(self.publication_year, self.publication_month, self.publication_day)

    @property
    def doi_url(self) -> str:
        """The DOI as a link, in the form that Crossref asks for; empty without a DOI."""
        return doi_url(self.doi) if self.doi else ""

    @property
    def link(self) -> str:
        """Where a reader is sent: the DOI, else the address."""
        return self.doi_url or self.url

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Return an earlier version of the study, but with what is known today of its publisher's notices."""
        earlier: Self = super().with_content_json(content)
        for name in WATCHED_FIELDS if earlier.doi == self.doi else ():
            setattr(earlier, name, getattr(self, name))
        return earlier

    def clean(self) -> None:
        """Bring the DOI into its stored form and refuse impossible dates. Raises ValidationError at the field."""
        super().clean()
        try:
            self.doi = clean_doi(self.doi)
        except ValidationError as error:
            raise ValidationError({"doi": error}) from error
        self._clean_date()
        if not (self.doi or self.url or self.no_link_reason):
            raise ValidationError(
                {"no_link_reason": _("Give the DOI or the address of the study, or say here why it has neither.")}
            )

    def _clean_date(self) -> None:
        if self.publication_month and not self.publication_year:
            raise ValidationError({"publication_year": _("Give the year as well.")})
        if self.publication_day and not self.publication_month:
            raise ValidationError({"publication_month": _("Give the month as well.")})
        if self.publication_year and self.publication_month and self.publication_day:
            last = calendar.monthrange(self.publication_year, self.publication_month)[1]
            if self.publication_day > last:
                raise ValidationError({"publication_day": _("That month has only %(last)d days.") % {"last": last}})


class StudyAuthor(Orderable):
    """An author of a study, in the study's own order."""

    study = ParentalKey(Study, on_delete=models.CASCADE, related_name="study_authors")
    person = models.ForeignKey(
        "research_reviews.Person", verbose_name=_("author"), on_delete=models.PROTECT, related_name="authorships"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return str(self.person)


class StudyFunder(Orderable):
    """Who paid for a study."""

    study = ParentalKey(Study, on_delete=models.CASCADE, related_name="funders")
    name = models.CharField(_("name"), max_length=255)
    ror = models.CharField(_("ROR id"), max_length=60, blank=True, help_text=_("Such as https://ror.org/05a28rw58."))
    award = models.CharField(_("award number"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Bring the ROR id into its stored form. Raises ValidationError at the field."""
        super().clean()
        try:
            self.ror = clean_ror(self.ror)
        except ValidationError as error:
            raise ValidationError({"ror": error}) from error
