"""The study that a draft is about: one in the library by its DOI, then by its address; otherwise a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from research_reviews.drafting.markup import beginning, plain
from research_reviews.identifiers import clean_doi
from research_reviews.intake.draft import StudyDraft
from research_reviews.models import Study, StudyAuthor

TITLE_LENGTH, ADDRESS_LENGTH, DOI_LENGTH = 500, 500, 255
ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def says_anything(draft: StudyDraft) -> bool:
    """Whether the draft says enough of a study for it to be told from others."""
    return bool(plain(draft.title) or valid_doi(draft.doi) or valid_address(draft.url))


def find(draft: StudyDraft) -> Study | None:
    """Return the study in the library, in at most two queries."""
    doi, url = valid_doi(draft.doi), valid_address(draft.url)
    by_doi = Study.objects.filter(doi=doi).order_by("pk").first() if doi else None
    if by_doi or not url:
        return by_doi
    same = {url, url.rstrip("/"), url.rstrip("/") + "/"}
    by_url = Study.objects.filter(url__in=same).order_by("pk").first()
    # Two works on one page, each with a DOI, are two.
    return None if by_url and doi and by_url.doi and by_url.doi != doi else by_url


def new_study(draft: StudyDraft) -> Study:
    """Return an unsaved study with what the draft says of it. One without a title bears its DOI or address as such."""
    doi, url = valid_doi(draft.doi), valid_address(draft.url)
    title = beginning(plain(draft.title) or doi or url, TITLE_LENGTH)
    year, month, day = date_parts(draft.published)
    return Study(title=title, doi=doi, url=url, publication_year=year, publication_month=month, publication_day=day)


def make(draft: StudyDraft, authors: Iterable[int] = ()) -> Study:
    """Put the study into the library, with its authors by their keys, and return it."""
    study = new_study(draft)
    study.study_authors = [
        StudyAuthor(person_id=pk, sort_order=place) for place, pk in enumerate(dict.fromkeys(authors))
    ]
    with transaction.atomic():
        study.save()
        # What is missing, such as a link, its own form asks for.
        study.save_revision(clean=False)
    return study


def find_or_make(draft: StudyDraft, authors: Iterable[int] = ()) -> Study | None:
    """Return the study that is meant, made where the library has none; None where the draft says nothing of one."""
    if not says_anything(draft):
        return None
    return find(draft) or make(draft, authors)


def date_parts(published: str) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day of an ISO date of any precision, as far as they can be a date."""
    form = ISO_DATE.fullmatch(published or "")
    if not form:
        return None, None, None
    year, month, day = (int(part) if part else None for part in form.groups())
    probe = Study(title="-", publication_year=year, publication_month=month, publication_day=day, no_link_reason="-")
    try:
        probe.full_clean()
    except ValidationError:
        return year if year and 1500 <= year <= 2200 else None, None, None
    return year, month, day


def valid_doi(value: str) -> str:
    """Return a DOI in stored form; empty where it is none."""
    try:
        doi = clean_doi(value)
    except ValidationError:
        return ""
    return doi if len(doi) <= DOI_LENGTH else ""


def valid_address(value: str) -> str:
    """Return a web address that a study can have; empty where it is none."""
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return ""
    return value if len(value) <= ADDRESS_LENGTH else ""
