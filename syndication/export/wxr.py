"""A WordPress export in one or several files, each of which WordPress reads by itself."""

from __future__ import annotations

from contextlib import ExitStack
from typing import IO, Any

from django.db.models import Q, QuerySet

from research_reviews.models import Person, TopicPage
from site_settings.models import BrandSettings
from syndication.export.folder import Folder
from syndication.export.wxr_items import EDITORS, page_id
from syndication.export.xml import FOOT, HEAD, cdata, element

FILE = "wordpress/site-{:03}.xml"


class Wxr:
    """Writes items one after the other, and begins a new file where one has become too long.

    An attachment stands in the same file as the post that shows it, else WordPress would not find it; so it may
    stand in several files, and is the same each time. Options: `largest`, in bytes, and `only_public`.
    """

    def __init__(self, folder: Folder, brand: BrandSettings, root_url: str, language: str, **options: Any) -> None:
        self.folder, self.largest = folder, options["largest"]
        self.head = head(brand, root_url, language, options["only_public"])
        self.number = self.size = self.items = 0
        self.attached: set[int] = set()
        self.stack = ExitStack()
        self.file: IO[bytes] | None = None

    def __enter__(self) -> Wxr:
        self._begin()
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._write(FOOT)
        self.stack.__exit__(*error)  # type: ignore[arg-type]

    def add(self, item: str, attachments: dict[int, str] | None = None) -> None:
        """Write an item, after those of its attachments that the file does not hold yet, by their number."""
        missing = {key: text for key, text in (attachments or {}).items() if key not in self.attached}
        length = len(item.encode()) + sum(len(text.encode()) for text in missing.values())
        if self.items and self.size + length + len(FOOT) > self.largest:
            self._begin()
            missing = attachments or {}
        for key, text in missing.items():
            self.attached.add(key)
            self._write(text)
        self._write(item)
        self.items += 1

    def _begin(self) -> None:
        if self.file:
            self._write(FOOT)
            self.stack.close()
        self.number += 1
        self.size = self.items = 0
        self.attached = set()
        self.file = self.stack.enter_context(self.folder.stream(FILE.format(self.number)))
        self._write(self.head)

    def _write(self, text: str) -> None:
        content = text.encode()
        self.size += len(content)
        if self.file:
            self.file.write(content)


def writers(only_public: bool) -> QuerySet[Person]:
    """Return who writes reviews; with the drafts, also those whom no published review names yet."""
    who = Q(credits__contribution="review_author")
    return Person.objects.filter(who if only_public else who | Q(authorships=None)).distinct().order_by("pk")


def head(brand: BrandSettings, root_url: str, language: str, only_public: bool) -> str:
    """Return what stands at the beginning of each file: the site, who writes there, what it writes about."""
    return "".join(
        [
            HEAD,
            element("title", brand.site_name),
            element("link", root_url),
            element("description", brand.strapline),
            element("language", language),
            "<wp:wxr_version>1.2</wp:wxr_version>\n",
            element("wp:base_site_url", root_url),
            element("wp:base_blog_url", root_url),
            author(0, EDITORS, brand.site_name),
            *(
                author(person.pk, person.slug, person.name, person.given_name, person.family_name)
                for person in writers(only_public)
            ),
            *(category(topic) for topic in TopicPage.objects.order_by("pk").only("title", "slug", "introduction")),
            "<generator>Research Reviews</generator>\n",
        ]
    )


def author(pk: int, login: str, name: str, given: str = "", family: str = "") -> str:
    """Return somebody who writes. Their addresses of mail are nobody's business elsewhere."""
    parts = {"login": login, "email": "", "display_name": name, "first_name": given, "last_name": family}
    told = "".join(element(f"wp:author_{part}", value) for part, value in parts.items())
    return f"<wp:author>\n<wp:author_id>{pk}</wp:author_id>\n{told}</wp:author>\n"


def category(topic: TopicPage) -> str:
    """Return a topic as a category."""
    return "".join(
        [
            "<wp:category>\n",
            f"<wp:term_id>{page_id(topic.pk)}</wp:term_id>\n",
            element("wp:category_nicename", topic.slug),
            element("wp:category_parent", ""),
            element("wp:cat_name", topic.title),
            f"<wp:category_description>{cdata(topic.introduction)}</wp:category_description>\n",
            "</wp:category>\n",
        ]
    )
