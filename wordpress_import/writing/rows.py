"""Writes pages as rows, many at once, where the tree and Wagtail expect them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, router
from django.db.models import Model
from wagtail.models import Page


def place_below(parent: Page, pages: Sequence[Page]) -> None:
    """Give new pages their places in the tree, after the parent's last child. Locks the parent until it is written."""
    locked = Page.objects.select_for_update(of=("self",)).get(pk=parent.pk)
    last = Page.objects.filter(path__startswith=locked.path, depth=locked.depth + 1).order_by("-path").first()
    place = Page._str2int(last.path[-Page.steplen :]) if last else 0
    for number, page in enumerate(pages, start=place + 1):
        page.depth, page.path = locked.depth + 1, Page._get_path(locked.path, locked.depth + 1, number)
        page.url_path = f"{locked.url_path}{page.slug}/"
        page.numchild = 0
    numchild = locked.numchild + len(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=numchild)
    parent.numchild = numchild


def insert_pages(pages: Sequence[Page]) -> None:
    """Write new pages of one class, which have their keys and places: the rows of the tree first, then their own."""
    if not pages:
        return
    model = type(pages[0])
    Page.objects.bulk_create([as_plain_page(page) for page in pages], batch_size=100)
    insert_own_rows(model, pages)
    for page in pages:
        page._state.adding, page._state.db = False, router.db_for_write(model)


def as_plain_page(page: Page) -> Page:
    """Return what the table of all pages holds of a page."""
    return Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields})


def insert_own_rows(model: type[Model], pages: Sequence[Any]) -> None:
    """Write what the class's own table holds. Django writes rows of a class with a parent table only one by one."""
    fields = model._meta.local_concrete_fields
    for page in pages:
        page.page_ptr_id = page.pk
    step = max(1, connection.ops.bulk_batch_size(list(fields), list(pages)))
    for start in range(0, len(pages), step):
        model._base_manager._insert(  # type: ignore[attr-defined]
            pages[start : start + step], fields=fields, using=router.db_for_write(model)
        )
