"""What pages are made with: people, audiences, studies, pictures and documents. What is there already is kept."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Collection

from home.demo import pdf
from home.demo.content import Content
from home.demo.pictures import draw
from images.models import CustomImage
from research_reviews.models import Audience, Person, Study, StudyAuthor, StudyFunder

COLLECTION = "Sample pictures and documents"
CREDIT = "Research Reviews sample"


def person(content: Content) -> Person:
    """Return the person of this slug, made where there is none."""
    existing = Person.objects.filter(slug=content["slug"]).first()
    return existing or cleaned(Person(**content))


def audience(content: Content) -> Audience:
    """Return the audience of this slug, made where there is none."""
    existing = Audience.objects.filter(slug=content["slug"]).first()
    return existing or cleaned(Audience(**content))


def study(content: Content) -> Study:
    """Return the study of this DOI, made with its authors and funders where there is none."""
    if existing := Study.objects.filter(doi=content["doi"]).first():
        return existing
    fields = {name: value for name, value in content.items() if name not in ("authors", "funders")}
    with transaction.atomic():
        made = cleaned(Study(**fields))
        for place, slug in enumerate(content["authors"]):
            cleaned(StudyAuthor(study=made, person=Person.objects.get(slug=slug), sort_order=place))
        for place, funder in enumerate(content.get("funders", [])):
            cleaned(StudyFunder(study=made, sort_order=place, **funder))
        made.save_revision()
    return made


def picture(content: Content) -> CustomImage:
    """Return the picture of this title, drawn where there is none."""
    existing = CustomImage.objects.filter(title=content["title"], collection=collection()).first()
    return existing or cleaned(
        CustomImage(
            title=content["title"],
            description=content["description"],
            credit=content.get("credit", CREDIT),
            credit_url=content.get("credit_url", ""),
            licence=CustomImage.Licence.OWN,
            collection=collection(),
            file=ContentFile(draw(content["scene"], content["title"]), name=f"{content['scene']}.jpg"),
        )
    )


def document(content: Content) -> Any:
    """Return the document of this title, written where there is none."""
    model = get_document_model()
    existing = model.objects.filter(title=content["title"], collection=collection()).first()
    if existing:
        return existing
    file = ContentFile(pdf.write(content["title"], content["lines"]), name=f"{content['file']}.pdf")
    return cleaned(model(title=content["title"], collection=collection(), file=file))


def collection() -> Collection:
    """Return the collection that holds the demo site's pictures and documents."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)


def cleaned(record: Any) -> Any:
    """Check a record as a form would, and save it."""
    record.full_clean()
    record.save()
    return record
