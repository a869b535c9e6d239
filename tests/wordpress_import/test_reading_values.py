"""What single values of an export become: dates, slugs, titles, ids, terms, comments, custom fields."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wordpress_import.handmade import (
    HEAD,
    authors,
    item,
    items,
    items_of,
    numbered,
    only_item,
    read,
    sites,
    terms,
    write,
)
from wordpress_import.reading.values import made_id, number, plain, site_key, slug


def moment(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc, arg-type]


def cdata(name: str, text: str) -> str:
    return f"<wp:{name}><![CDATA[{text}]]></wp:{name}>"


def test_a_published_item_has_the_moment_of_its_gmt_date_and_the_blog_s_own_date(tmp_path: Path) -> None:
    record = only_item(tmp_path)
    assert record.published == moment(2020, 7, 4, 8)
    assert record.local_date == datetime(2020, 7, 4, 10)
    assert record.modified == record.published
    assert record.problems == []


@pytest.mark.parametrize("zero", ["0000-00-00 00:00:00", "-0001-11-30 00:00:00", "", "nonsense", "2020-13-45 99:00:00"])
def test_a_draft_without_a_gmt_date_was_never_published(tmp_path: Path, zero: str) -> None:
    record = only_item(
        tmp_path,
        status=cdata("status", "draft"),
        date_gmt=cdata("post_date_gmt", zero),
        pubDate="<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>",
    )
    assert record.published is None
    assert record.local_date == datetime(2020, 7, 4, 10)


@pytest.mark.parametrize("zero", ["0000-00-00 00:00:00", "-0001-11-30 00:00:00", ""])
def test_a_missing_gmt_date_is_worked_out_with_the_clock_of_the_other_items(tmp_path: Path, zero: str) -> None:
    lacking = {"date_gmt": cdata("post_date_gmt", zero), "pubDate": ""}
    winter = cdata("post_date", "2020-01-04 10:00:00")
    found = items(
        write(
            tmp_path,
            numbered(1, **lacking),
            numbered(2, date=winter, **lacking),
            numbered(3),
            numbered(4, date=winter, date_gmt=cdata("post_date_gmt", "2020-01-04 09:00:00")),
        )
    )
    assert [record.published for record in found[:2]] == [moment(2020, 7, 4, 8), moment(2020, 1, 4, 9)]
    assert "worked out" in found[0].problems[0]


def test_a_date_of_mail_helps_where_the_clock_is_not_known(tmp_path: Path) -> None:
    record = only_item(tmp_path, date_gmt="")
    assert record.published == moment(2020, 7, 4, 8)
    record = only_item(tmp_path, date_gmt="", date="", pubDate="<pubDate>Sat, 04 Jul 2020 08:00:00 -0500</pubDate>")
    assert record.published == moment(2020, 7, 4, 13)


def test_an_item_without_any_date_has_none_and_says_so(tmp_path: Path) -> None:
    record = only_item(tmp_path, date_gmt="", date="", pubDate="<pubDate>yesterday</pubDate>")
    assert (record.published, record.local_date, record.modified) == (None, None, None)
    assert record.problems == ["It has no date."]


def test_the_last_change_is_kept(tmp_path: Path) -> None:
    changed = cdata("post_modified", "2021-01-01 12:00:00") + cdata("post_modified_gmt", "0000-00-00 00:00:00")
    assert only_item(tmp_path, more=changed).modified == moment(2021, 1, 1, 10)
    changed = cdata("post_modified_gmt", "2021-01-01 12:00:00")
    assert only_item(tmp_path, more=changed).modified == moment(2021, 1, 1, 12)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("a-review", "a-review"),
        ("%e7%a0%94%e7%a9%b6", "研究"),
        ("%25e7%25a0%2594", "研"),
        ("%E7%A0%94%e7%a9%b6-%e", "研究-"),
        ("%e7%a0%94%e7%a9", "研"),
        ("r%c3%a9sum%c3%a9-%f0%9f%8e%93", "résumé-🎓"),
        ("研究", "研究"),
        ("100%-sure", "100%-sure"),
        ("..%2f..%2fetc%00passwd", "..-..-etc-passwd"),
        ("2023/04/a post", "2023-04-a-post"),
        ("", ""),
    ],
)
def test_slugs_are_as_readers_see_them(written: str, read_as: str) -> None:
    assert slug(written) == read_as


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="%/\\?#"), min_size=1, max_size=60)
)
def test_a_slug_cut_at_any_byte_loses_no_more_than_its_last_character(text: str) -> None:
    text = text.lower()
    encoded = quote(text, safe="").lower()
    assert slug(encoded) == text
    for length in range(len(encoded)):
        assert text.startswith(slug(encoded[:length]))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<title>Cost &amp; benefit</title>", "Cost & benefit"),
        ("<title>Cost &amp;amp; benefit</title>", "Cost & benefit"),
        ("<title><![CDATA[Cost &amp; benefit]]></title>", "Cost & benefit"),
        ("<title><![CDATA[Cost &amp;amp; &#8220;benefit&#8221;]]></title>", "Cost & “benefit”"),
        ("<title><![CDATA[More <em>now</em>]]></title>", "More now"),
        ("<title>More <em>now</em></title>", "More now"),
        ("<title>More &lt;em&gt;now&lt;/em&gt;</title>", "More now"),
        ("<title><![CDATA[<script>alert(1)</script>Review]]></title>", "Review"),
        ("<title><![CDATA[5 < 6 & 7 > 3]]></title>", "5 < 6 & 7 > 3"),
        ("<title><!--:fr-->Sous le ciel<!--:--><!--:en-->Under heaven<!--:--></title>", "Sous le ciel / Under heaven"),
        ("<title>\n   <![CDATA[Spread\n over   lines]]>\n </title>", "Spread over lines"),
        ("<title></title>", ""),
        ("<title/>", ""),
        ("", ""),
    ],
)
def test_titles_are_plain_text(tmp_path: Path, written: str, read_as: str) -> None:
    assert only_item(tmp_path, title=written).title == read_as


@given(st.text())
def test_any_title_becomes_one_line(text: str) -> None:
    assert plain(plain(text)) is not None
    assert "\n" not in plain(text)


def test_values_set_apart_by_white_space_are_read_without_it(tmp_path: Path) -> None:
    record = only_item(
        tmp_path,
        id="<wp:post_id>\n  7\n </wp:post_id>",
        name="<wp:post_name>\n <![CDATA[a-review]]>\n </wp:post_name>",
        status="<wp:status>\n private </wp:status>",
        content="<content:encoded>\n  <![CDATA[  <p>One.</p>\n\n<p>Two.</p> ]]>\n</content:encoded>",
        more="<wp:postmeta><wp:meta_key>\n <![CDATA[a]]> </wp:meta_key><wp:meta_value> 5</wp:meta_value></wp:postmeta>",
    )
    assert (record.wp_id, record.slug, record.status) == (7, "a-review", "private")
    assert record.content == "<p>One.</p>\n\n<p>Two.</p>"
    assert record.meta == {"a": ["5"]}


def test_an_item_without_an_id_gets_one_that_stays(tmp_path: Path) -> None:
    addresses = [f"<guid>https://old.example.org/?p={number}</guid>" for number in range(3)]
    path = write(
        tmp_path, *(item(id="", guid=address) for address in addresses), item(id="<wp:post_id>0</wp:post_id>", guid="")
    )
    found = items(path)
    ids = [record.wp_id for record in found]
    assert len(set(ids)) == 4
    assert all(-(2**31) <= wp_id < 0 for wp_id in ids)
    assert [record.wp_id for record in items(path)] == ids
    assert "no id" in found[0].problems[0]
    again = write(tmp_path, item(id="", guid=addresses[2]), name="again.xml")
    assert items(again)[0].wp_id == ids[2]


@given(st.lists(st.text()))
def test_made_ids_fit_into_any_column(values: list[str]) -> None:
    assert -(2**31) <= made_id(*values) < 0


def test_another_item_with_the_same_id_is_not_lost(tmp_path: Path) -> None:
    other = item(guid="<guid>https://old.example.org/?p=8</guid>", title="<title>Other</title>")
    twice = item(guid="<guid>http://www.OLD.example.org/?p=7</guid>")
    records, export = read(write(tmp_path, item(), twice, other, other))
    found = items_of(records)
    assert [record.title for record in found] == ["A review", "Other"]
    assert found[0].wp_id == 7
    assert found[1].wp_id < 0
    assert len(export.problems) == 3


def test_authors_come_from_the_head_or_else_from_the_items(tmp_path: Path) -> None:
    head = HEAD + (
        "<wp:wp_author><wp:author_id>3</wp:author_id><wp:author_login>amina</wp:author_login>"
        "<wp:author_display_name><![CDATA[Amina &amp; Co]]></wp:author_display_name></wp:wp_author>"
        "<wp:author><wp:author_email>bo@example.org</wp:author_email></wp:author>"
        "<wp:author></wp:author>"
    )
    creator = "<dc:creator>chen</dc:creator>"
    records, _export = read(
        write(tmp_path, numbered(1), numbered(2, creator=creator), numbered(3, creator=creator), head=head)
    )
    assert [(author.wp_id, author.login, author.display_name) for author in authors(records)] == [
        (3, "amina", "Amina & Co"),
        (0, "bo@example.org", ""),
        (0, "chen", ""),
    ]
    assert records.index(authors(records)[-1]) < len(records) - 2


def test_terms_of_any_taxonomy_come_once_with_their_parents(tmp_path: Path) -> None:
    def term(taxonomy: str, name: str, parent: str = "") -> str:
        return (
            f"<wp:term><wp:term_id>5</wp:term_id>{cdata('term_taxonomy', taxonomy)}{cdata('term_slug', name)}"
            f"{cdata('term_parent', parent)}{cdata('term_name', name.title())}</wp:term>"
        )

    head = HEAD + term("nav_menu", "main") + term("region", "europe") + term("region", "%e6%ac%a7-west", "europe") * 2
    found = terms(read(write(tmp_path, item(), head=head))[0])
    assert [(record.taxonomy, record.slug, record.parent) for record in found] == [
        ("nav_menu", "main", ""),
        ("region", "europe", ""),
        ("region", "欧-west", "europe"),
    ]


def comment(number: int, **fields: str) -> str:
    values = {
        "id": f"<wp:comment_id>{number}</wp:comment_id>",
        "author": cdata("comment_author", "Bo &amp; Co"),
        "date": cdata("comment_date", "2020-07-05 10:00:00"),
        "gmt": cdata("comment_date_gmt", "2020-07-05 08:00:00"),
        "content": cdata("comment_content", "5 < 6 &amp; <b>more</b>"),
        "approved": cdata("comment_approved", "1"),
        "type": "<wp:comment_type></wp:comment_type>",
        "parent": "<wp:comment_parent>0</wp:comment_parent>",
        "meta": "<wp:commentmeta>" + cdata("meta_key", "rating") + cdata("meta_value", "5") + "</wp:commentmeta>",
        **fields,
    }
    return "<wp:comment>" + "".join(values.values()) + "</wp:comment>"


def test_comments_keep_their_thread_moment_and_words(tmp_path: Path) -> None:
    reply = comment(
        2,
        parent="<wp:comment_parent>1</wp:comment_parent>",
        gmt=cdata("comment_date_gmt", "0000-00-00 00:00:00"),
        type="<wp:comment_type>pingback</wp:comment_type>",
        approved=cdata("comment_approved", "spam"),
    )
    record = only_item(tmp_path, more=comment(1) + reply)
    first, second = record.comments
    assert (first.author, first.content, first.kind) == ("Bo & Co", "5 < 6 &amp; <b>more</b>", "comment")
    assert first.moment == moment(2020, 7, 5, 8)
    assert (second.parent, second.kind, second.status) == (1, "pingback", "spam")
    assert second.moment == moment(2020, 7, 5, 8)
    assert record.meta == {}


def test_comments_without_ids_or_with_each_other_s_are_all_kept(tmp_path: Path) -> None:
    nameless = [comment(0, id="", content=cdata("comment_content", words)) for words in ("one", "two")]
    record = only_item(
        tmp_path,
        more=comment(3) + comment(3) + comment(3, content=cdata("comment_content", "three")) + "".join(nameless),
    )
    assert [found.content for found in record.comments] == ["5 < 6 &amp; <b>more</b>", "three", "one", "two"]
    assert len({found.wp_id for found in record.comments}) == 4


def test_custom_fields_may_repeat_and_stay_as_php_wrote_them(tmp_path: Path) -> None:
    def field(key: str, value: str) -> str:
        return "<wp:postmeta>" + cdata("meta_key", key) + cdata("meta_value", value) + "</wp:postmeta>"

    serialised = 'a:1:{s:4:"file";s:9:"2019/é.png";}'
    record = only_item(
        tmp_path,
        more=field("_wp_old_slug", "one") + field("_wp_old_slug", "two") + field("_wp_attachment_metadata", serialised),
    )
    assert record.meta == {"_wp_old_slug": ["one", "two"], "_wp_attachment_metadata": [serialised]}


def test_fields_that_are_missing_have_the_usual_value(tmp_path: Path) -> None:
    record = only_item(tmp_path, status="", type="", creator="", name="", link="")
    assert (record.status, record.kind, record.author, record.slug, record.link) == ("publish", "post", "", "", "")
    assert record.comments_open
    picture = "<wp:attachment_url>https://old.example.org/a.png</wp:attachment_url>"
    assert only_item(tmp_path, type="", more=picture).kind == "attachment"
    flags = cdata("comment_status", "closed") + "<wp:is_sticky>1</wp:is_sticky>" + cdata("post_password", "s3cret")
    record = only_item(tmp_path, more=flags + "<wp:post_parent>4</wp:post_parent><wp:menu_order>-2</wp:menu_order>")
    assert (record.comments_open, record.is_sticky, record.password) == (False, True, "s3cret")
    assert (record.parent, record.menu_order) == (4, -2)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.Old.example.org/", "old.example.org"),
        ("http://old.example.org/blog/", "old.example.org/blog"),
        ("//old.example.org?x=1", "old.example.org"),
        ("", ""),
    ],
)
def test_a_site_is_known_by_its_address(address: str, key: str) -> None:
    assert site_key(address) == key


def test_the_address_of_a_blog_counts_before_that_of_its_network(tmp_path: Path) -> None:
    head = HEAD.replace("<wp:base_site_url>https://www.old.example.org", "<wp:base_site_url>http://network.example")
    (site,) = sites(read(write(tmp_path, item(), head=head))[0])
    assert (site.key, site.description) == ("old.example.org", "Research & reviews")


@pytest.mark.parametrize(("text", "value"), [("12", 12), (" -3 ", -3), ("12abc", 12), ("x", 0), ("9" * 40, 10**18 - 1)])
def test_numbers_are_what_the_text_begins_with(text: str, value: int) -> None:
    assert number(text) == value
