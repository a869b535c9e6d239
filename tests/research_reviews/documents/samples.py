"""Write-ups as editors bring them, and the way through the admin's door with them."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from research_reviews.models import IntakeDocument
from tests.factories import review_index

WRITE_UP = """What peer supporters need to keep going

A study of peer support in four prisons finds that supporters need training, time and a quiet room.

A recently published (25 May 2023) study on peer support in prisons (https://doi.org/10.5555/wing.2023) asks what \
keeps supporters going.

The authors

Dr Ada Sample (@adasample), academic
Ben Sample (@bensample), former prisoner

Findings

The authors name two key issues:

1. Inconsistent training
2. No quiet room

Training is inconsistent

Training ran from two hours to three days. Some supporters had a leaflet and nothing else, and learned by doing.

Conclusion

Peer support works where it is prepared and protected.

Recommendations

The authors recommend:

1. Train every peer supporter before their first shift.
2. Commissioners should fund a quiet room on every wing.
"""
UPLOAD = "review_from_document"


def bring(client: Client, text: str = "", file: tuple[str, bytes] | None = None, **fields: str) -> Any:
    """Send the form for a document."""
    data: dict[str, Any] = {"text": text, **fields}
    if file:
        data["file"] = SimpleUploadedFile(*file)
    return client.post(reverse(UPLOAD), data)


def brought(
    client: Client, text: str = WRITE_UP, file: tuple[str, bytes] | None = None, **fields: str
) -> IntakeDocument:
    """Send the form and return the document that is now to be settled."""
    response = bring(client, "" if file else text, file, **fields)
    assert response.status_code == 302, response.context["form"].errors
    return IntakeDocument.objects.latest("pk")


def settle_url(intake: IntakeDocument) -> str:
    """Return the address of the page on which it is settled."""
    return reverse("review_document", args=[intake.pk])


def choices(client: Client, intake: IntakeDocument, **changes: str) -> dict[str, str]:
    """Return what the page that settles a document would send if nothing but the changes were made to it."""
    context = client.get(settle_url(intake)).context
    data: dict[str, str] = {}
    for form in (*context["credit_forms"], context["study_form"]):
        for bound in form:
            if bound.value() not in (None, False):
                data[bound.html_name] = str(bound.value())
    return {**data, "related": [str(review.pk) for review in context["related"]], **changes}  # type: ignore[dict-item]


def settled(client: Client, text: str = WRITE_UP, **changes: str) -> IntakeDocument:
    """Bring a document, go on to its draft, and return it."""
    intake = brought(client, text)
    response = client.post(settle_url(intake), choices(client, intake, **changes))
    assert response.status_code == 302, response.context["study_form"].errors
    intake.refresh_from_db()
    return intake


def draft_url(intake: IntakeDocument | None = None) -> str:
    """Return the address of the editor of a new review, filled from the document where there is one."""
    address = reverse("wagtailadmin_pages:add", args=["research_reviews", "reviewpage", review_index().pk])
    return f"{address}?intake={intake.pk}" if intake else address


def text_of(html: bytes) -> str:
    """Return what a page says, as words."""
    return " ".join(re.sub(r"<[^>]*>", " ", html.decode()).split())
