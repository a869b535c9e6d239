"""An item of the export as a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from wordpress_import.reading.dates import Clock, naive
from wordpress_import.reading.heads import term_slug, texts
from wordpress_import.reading.trees import Node
from wordpress_import.reading.values import SPACE, made_id, number, plain, slug
from wordpress_import.records import CommentRecord, ItemRecord, TermReference

UNPUBLISHED = {"draft", "pending", "auto-draft"}
LISTS = {"category", "wp:postmeta", "wp:comment"}
NOTICES = {"b", "br", "p", "div", "pre", "span", "strong", "table", "font"}


def item(nodes: Iterable[Node], clock: Clock, problems: list[str]) -> ItemRecord:
    """Return the item made of these elements. `problems` holds what was repaired in it so far.

    The clock learns from the item's dates, and helps where one is missing.
    """
    found, lists = sorted_out(nodes, problems)
    get = found.get
    kind = get("wp:post_type") or ("attachment" if get("wp:attachment_url") else "post")
    status = status_of(found, problems)
    local = naive(get("wp:post_date", ""))
    published = published_at(found, status, local, clock, problems)
    return ItemRecord(
        wp_id=item_id(found, kind, problems),
        kind=kind,
        title=plain(get("title", "")),
        link=get("link", ""),
        guid=get("guid", ""),
        slug=slug(get("wp:post_name", "")),
        status=status,
        password=get("wp:post_password", ""),
        is_sticky=get("wp:is_sticky") == "1",
        parent=number(get("wp:post_parent", "")),
        menu_order=number(get("wp:menu_order", "")),
        author=get("dc:creator", ""),
        content=get("content:encoded", ""),
        excerpt=get("excerpt:encoded", ""),
        local_date=local,
        published=published,
        modified=clock.moment(naive(get("wp:post_modified", "")), get("wp:post_modified_gmt", "")) or published,
        comments_open=get("wp:comment_status", "open") == "open",
        terms=terms(lists["category"]),
        meta=meta(lists["wp:postmeta"]),
        comments=comments(lists["wp:comment"], clock, problems),
        attachment_url=get("wp:attachment_url", "") or (get("guid", "") if kind == "attachment" else ""),
        problems=problems,
    )


def sorted_out(nodes: Iterable[Node], problems: list[str]) -> tuple[dict[str, str], dict[str, list[Node]]]:
    """Return the item's texts by name, and the elements of which there may be many."""
    found: dict[str, str] = {}
    lists: dict[str, list[Node]] = {name: [] for name in LISTS}
    for node in nodes:
        if node.name in LISTS:
            lists[node.name].append(node)
        else:
            found.setdefault(node.name, node.text.strip(SPACE))
    inner = {child.name for comment in lists["wp:comment"] for child in comment.children}
    if not NOTICES.isdisjoint(found) or not NOTICES.isdisjoint(inner):
        problems.append(_("A message of the server stood amid the item, and was left out."))
    return found, lists


def status_of(found: dict[str, str], problems: list[str]) -> str:
    """Return the item's status. Where it may have been lost with what was damaged, nothing is published unasked."""
    if status := found.get("wp:status"):
        return status
    if not problems:
        return "publish"
    problems.append(_("Its status is lost; it is taken for a draft."))
    return "draft"


def item_id(found: dict[str, str], kind: str, problems: list[str]) -> int:
    """Return the item's id, or a negative one made of what is its own, the same in every run."""
    wp_id = number(found.get("wp:post_id", ""))
    if wp_id:
        return wp_id
    problems.append(_("It has no id; its address stands in for one."))
    mark = found.get("guid") or found.get("link")
    if mark:
        return made_id(kind, mark)
    return made_id(kind, *(found.get(name, "") for name in ("title", "wp:post_date", "pubDate", "content:encoded")))


def published_at(
    found: dict[str, str], status: str, local: datetime | None, clock: Clock, problems: list[str]
) -> datetime | None:
    """Return the moment of publication. A draft without a GMT date was never published."""
    gmt = found.get("wp:post_date_gmt", "")
    if status in UNPUBLISHED and naive(gmt) is None:
        return None
    moment = clock.moment(local, gmt, found.get("pubDate", ""))
    if moment is None:
        problems.append(_("It has no date."))
    elif naive(gmt) is None:
        problems.append(_("It has no date in GMT; %(moment)s was worked out.") % {"moment": moment.isoformat()})
    return moment


def terms(nodes: list[Node]) -> list[TermReference]:
    """Return the item's terms, each once. WordPress before 3.0 named each twice, first without its slug."""
    found: dict[tuple[str, str], TermReference] = {}
    bare: list[tuple[str, str]] = []
    for node in nodes:
        taxonomy = node.attributes.get("domain") or "category"
        taxonomy = "post_tag" if taxonomy == "tag" else taxonomy
        name = plain(node.text)
        if nicename := node.attributes.get("nicename", "").strip(SPACE):
            address = term_slug(nicename, name)
            found.setdefault((taxonomy, address), TermReference(taxonomy, address, name or address))
        elif name:
            bare.append((taxonomy, name))
    named = {(term.taxonomy, term.name) for term in found.values()} | {
        ("category", term.name) for term in found.values()
    }
    for taxonomy, name in bare:
        address = term_slug("", name)
        if (taxonomy, name) not in named and address:
            found.setdefault((taxonomy, address), TermReference(taxonomy, address, name))
    return list(found.values())


def meta(nodes: list[Node]) -> dict[str, list[str]]:
    """Return the item's custom fields; a field may be there several times. PHP's serialised values stay as they are."""
    fields: dict[str, list[str]] = {}
    for node in nodes:
        found = texts(node)
        if key := found.get("wp:meta_key"):
            fields.setdefault(key, []).append(found.get("wp:meta_value", ""))
    return fields


def comments(nodes: list[Node], clock: Clock, problems: list[str]) -> list[CommentRecord]:
    """Return the item's comments, each once."""
    found: dict[int, CommentRecord] = {}
    for node in nodes:
        record = comment(node, clock)
        known = found.get(record.wp_id)
        if known is None:
            found[record.wp_id] = record
        elif known != record:
            problems.append(_("Two comments have the id %(id)s; the second was given another.") % {"id": record.wp_id})
            values = (record.author, str(record.moment), record.content)
            record = replace(record, wp_id=made_id(str(record.wp_id), *values))
            found.setdefault(record.wp_id, record)
    return list(found.values())


def comment(node: Node, clock: Clock) -> CommentRecord:
    """Return a comment; one without an id gets a negative one made of what is its own."""
    get = texts(node).get
    author, content = get("wp:comment_author", ""), get("wp:comment_content", "")
    date = get("wp:comment_date", "")
    return CommentRecord(
        wp_id=number(get("wp:comment_id", "")) or made_id(author, date, content),
        parent=number(get("wp:comment_parent", "")),
        author=plain(author),
        email=get("wp:comment_author_email", ""),
        url=get("wp:comment_author_url", ""),
        ip=get("wp:comment_author_IP", ""),
        moment=clock.moment(naive(date), get("wp:comment_date_gmt", "")),
        content=content,
        status=get("wp:comment_approved", "") or "1",
        kind=get("wp:comment_type", "") or "comment",
        user_id=number(get("wp:comment_user_id", "")),
    )
