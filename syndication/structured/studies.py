"""The studies that reviews are about, as nodes."""

from __future__ import annotations

from research_reviews.models import Study, StudyFunder
from research_reviews.study_box import StudyBox
from syndication.structured.graph import Node, node
from syndication.structured.people import People

FREE: dict[str, bool] = {Study.Access.OPEN: True, Study.Access.FREE: True, Study.Access.PAYWALLED: False}


def study_id(study: Study, number: int, review_address: str) -> str:
    """Return what other nodes refer to the study by: its DOI, else its place on the review's page."""
    return study.doi_url or f"{review_address}#study-{number}"


def study_node(box: StudyBox, identity: str, people: People) -> Node:
    """Return the study with its authors, as exact as it is known."""
    study = box.study
    return node(
        "ScholarlyArticle",
        identity,
        name=study.full_title,
        author=people.others(box.authors),
        datePublished=study.publication_date and study.publication_date.iso,
        url=study.link,
        identifier=study.doi and node("PropertyValue", propertyID="DOI", value=study.doi),
        isPartOf=container_of(study),
        pagination=study.pages,
        publisher=study.publisher and node("Organization", name=study.publisher),
        isAccessibleForFree=FREE.get(study.access),
        license=study.licence and node("CreativeWork", name=study.licence),
        creativeWorkStatus=box.notice and study.get_retraction_status_display(),
        **funding_of(study),
    )


def container_of(study: Study) -> Node | None:
    """Return what the study stands in: an issue of a volume of a journal, as far as each is known."""
    has_numbers = study.volume or study.issue or study.pages
    kind = "Periodical" if has_numbers else "CreativeWorkSeries"
    container = node(kind, name=study.container) if study.container else None
    if study.volume:
        container = node("PublicationVolume", volumeNumber=study.volume, isPartOf=container)
    if study.issue:
        container = node("PublicationIssue", issueNumber=study.issue, isPartOf=container)
    return container


def funding_of(study: Study) -> dict[str, list[Node]]:
    """Return who paid: with the grant where its number is known, else the funder alone."""
    funders = list(study.funders.all())
    grants = [node("Grant", identifier=funder.award, funder=funder_node(funder)) for funder in funders if funder.award]
    return {"funding": grants, "funder": [funder_node(funder) for funder in funders if not funder.award]}


def funder_node(funder: StudyFunder) -> Node:
    """Return who paid, known by their ROR id where they have one."""
    return node("Organization", funder.ror, name=funder.name)
