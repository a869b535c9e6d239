"""Tags of posts become tags of reviews."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from taggit.models import Tag

from wordpress_import.records import ItemRecord
from wordpress_import.writing.files import plain
from wordpress_import.writing.slugs import bare

POST_TAG = "post_tag"
LONGEST = 100


class Tags:
    """Finds or makes each tag once, by its name, however that is capitalised."""

    def __init__(self) -> None:
        self._known = {name.casefold(): pk for pk, name in Tag.objects.order_by("-pk").values_list("pk", "name")}
        self._slugs = set(Tag.objects.values_list("slug", flat=True))

    def of(self, item: ItemRecord) -> list[int]:
        """Return the keys of an item's tags, in order."""
        names = [plain(term.name)[:LONGEST] for term in item.terms if term.taxonomy == POST_TAG]
        return list(dict.fromkeys(self._tag(name) for name in names if name))

    def _tag(self, name: str) -> int:
        if name.casefold() not in self._known:
            self._known[name.casefold()] = self._made(name)
        return self._known[name.casefold()]

    def _made(self, name: str) -> int:
        base = slug = bare(name)[:LONGEST] or "tag"
        number = 1
        while slug in self._slugs:
            number += 1
            slug = f"{base[: LONGEST - 8]}-{number}"
        self._slugs.add(slug)
        try:
            with transaction.atomic():
                return int(Tag.objects.create(name=name, slug=slug).pk)
        except IntegrityError:
            # An editor made it this moment.
            return int(Tag.objects.get(name=name).pk)
