"""What stands in an export before its items: the site, its authors and its terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wordpress_import.reading.trees import Node
from wordpress_import.reading.values import SPACE, number, plain, site_key, slug, slug_of
from wordpress_import.records import AuthorRecord, SiteRecord, TermRecord


def texts(node: Node) -> dict[str, str]:
    """Return the texts of the elements in this one by name; the first of each name counts."""
    found: dict[str, str] = {}
    for child in node.children:
        if not child.children:
            found.setdefault(child.name, child.text.strip(SPACE))
    return found


def site(nodes: Iterable[Node]) -> SiteRecord:
    """Return the site that the elements at the top of the channel tell of; its key is empty if they do not say."""
    found: dict[str, str] = {}
    for node in nodes:
        if not node.children:
            found.setdefault(node.name, node.text.strip(SPACE))
    link = found.get("link", "")
    # On WordPress.com the address of the site is that of the whole network.
    address = next(filter(None, (found.get("wp:base_blog_url"), link, found.get("wp:base_site_url"))), "")
    return SiteRecord(
        key=site_key(address),
        title=plain(found.get("title", "")),
        link=link or address,
        description=plain(found.get("description", "")),
        language=found.get("language", ""),
        wxr_version=found.get("wp:wxr_version", ""),
    )


def author(node: Node) -> AuthorRecord | None:
    """Return the author, or None for an entry without any name."""
    found = texts(node)
    display_name = plain(found.get("wp:author_display_name", ""))
    email = found.get("wp:author_email", "")
    login = found.get("wp:author_login", "") or email or display_name
    if not login:
        return None
    return AuthorRecord(
        login=login,
        wp_id=number(found.get("wp:author_id", "")),
        email=email,
        display_name=display_name,
        first_name=plain(found.get("wp:author_first_name", "")),
        last_name=plain(found.get("wp:author_last_name", "")),
    )


class Terms:
    """The terms of a site, each given out once: an export may hold them in several forms and parts."""

    def __init__(self) -> None:
        self.slugs: set[tuple[str, str]] = set()
        self.by_name: dict[tuple[str, str], str] = {}

    def new(self, node: Node) -> Iterator[TermRecord]:
        """Yield the term, unless it is known already."""
        found = texts(node)
        if node.name == "wp:category":
            taxonomy, own, kind = "category", "wp:cat_name", "wp:category"
            address = found.get("wp:category_nicename", "")
        elif node.name == "wp:tag":
            taxonomy, own, kind = "post_tag", "wp:tag_name", "wp:tag"
            address = found.get("wp:tag_slug", "")
        else:
            taxonomy, own, kind = found.get("wp:term_taxonomy", ""), "wp:term_name", "wp:term"
            address = found.get("wp:term_slug", "")
        taxonomy = "post_tag" if taxonomy == "tag" else taxonomy or "category"
        name = plain(found.get(own, ""))
        address = term_slug(address, name)
        if not address or (taxonomy, address) in self.slugs:
            return
        self.slugs.add((taxonomy, address))
        self.by_name.setdefault((taxonomy, name), address)
        yield TermRecord(
            taxonomy=taxonomy,
            slug=address,
            name=name or address,
            wp_id=number(found.get("wp:term_id", "")),
            parent=self.parent(taxonomy, found.get(f"{kind}_parent", "")),
            description=found.get(f"{kind}_description", ""),
        )

    def parent(self, taxonomy: str, text: str) -> str:
        """Return the parent's slug: WordPress before 3.0 wrote its name."""
        if not text or text == "0":
            return ""
        address = slug(text)
        if (taxonomy, address) in self.slugs:
            return address
        return self.by_name.get((taxonomy, plain(text))) or term_slug(text, plain(text))


def term_slug(text: str, name: str) -> str:
    """Return a term's slug as readers see it; exports of other systems have a name in its place, or nothing."""
    address = slug(text)
    return slug_of(text) if " " in text.strip(SPACE) else address or slug_of(name)
