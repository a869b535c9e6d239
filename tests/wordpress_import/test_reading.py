"""Whole exports: everything that independent counts find in them, in every packing."""

from __future__ import annotations

import gzip
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.wordpress_import.exports import SAMPLES, generate, manifest, truth
from tests.wordpress_import.handmade import HEAD, authors, item, items, items_of, numbered, read, sites, terms, write
from wordpress_import.reading import open_exports
from wordpress_import.records import ItemRecord

SAMPLE_FILES = sorted(SAMPLES.glob("*.xml"))


def agrees_with_manifest(path: Path) -> None:
    """Compare what is read with the answers of the generator."""
    records, export = read(path)
    answers = manifest(path)
    found = items_of(records)
    comments = [comment for record in found for comment in record.comments]
    posts = [record for record in found if record.kind == "post"]
    assert Counter(record.kind for record in found) == answers["types"]
    assert Counter(post.status for post in posts) == answers["post_status"]
    assert Counter(comment.status for comment in comments) == answers["comments"]["status"]
    assert Counter(comment.kind for comment in comments) == answers["comments"]["types"]
    assert len(authors(records)) == answers["authors"]
    assert Counter(term.taxonomy for term in terms(records)) == {
        "category": answers["categories"],
        "post_tag": answers["tags"],
        "nav_menu": 1,
    }
    assert sum(bool(post.password) for post in posts) == answers["password_posts"]
    assert sum("_wp_attachment_image_alt" in record.meta for record in found) == answers["attachments_with_alt"]
    assert len({record.attachment_url for record in found} - {""}) == answers["distinct_files"]
    assert sum(not post.slug for post in posts) == answers["counts"].get("empty_slug", 0)
    by_id = {post.wp_id: post for post in posts}
    for wp_id, example in answers["examples"].items():
        post = by_id[int(wp_id)]
        assert (post.slug, post.status, post.author) == (
            unquote(example["slug"]),
            example["status"],
            example["author"],
        )
        assert len(post.comments) == example["comments"]
        assert len(post.content.split()) == example["words"]
        if post.published:
            assert f"{post.published:%Y-%m-%dT%H:%M:%SZ}" == example["gmt"]
    assert not export.problems
    assert not export.is_cut
    assert export.position == export.size == path.stat().st_size


@pytest.mark.parametrize("posts", [60, 200])
def test_a_generated_export_is_read_whole(exports: Path, posts: int) -> None:
    agrees_with_manifest(exports / f"gen-{posts}.xml")


@pytest.mark.parametrize("seed", [1, 77])
def test_exports_of_other_sites_are_read_whole(tmp_path: Path, seed: int) -> None:
    agrees_with_manifest(generate(tmp_path, 200, seed=seed))
    agrees_with_manifest(generate(tmp_path, 60, seed=seed))


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.stem)
def test_real_exports_hold_what_another_reader_counts(path: Path) -> None:
    records, export = read(path)
    facts = truth(path)
    found = items_of(records)
    assert not export.is_cut
    # What is no sound XML, the other reader counts as far as it gets.
    if facts["wellformed"]:
        assert len(found) == facts["items"]
        assert Counter(record.kind for record in found) == facts["types"]
        assert Counter(f"{record.kind}:{record.status}" for record in found) == facts["type_status"]
        assert sum(len(record.comments) for record in found) == facts["comments"]["total"]
        assert sum(record.kind == "attachment" for record in found) == facts["attachments"]
        used = {(term.taxonomy, term.slug) for record in found for term in record.terms}
        assert Counter(taxonomy for taxonomy, _slug in used) == facts["used_terms"]
        assert {author.login for author in authors(records)} >= set(facts["creators_undeclared"])
    else:
        assert len(found) == path.read_text().count("<item>")


def test_all_items_of_unsound_real_exports_keep_their_words() -> None:
    draft = next(iter(items(SAMPLES / "ghost-squarespace.xml")))
    assert draft.title == "Draft & Post & More—More"
    assert draft.status == "draft"
    assert draft.content.endswith("ea commodo consequat. </p>")


def test_the_head_tells_of_the_site_its_authors_and_its_terms(exports: Path) -> None:
    records, _export = read(exports / "gen-60.xml")
    (site,) = sites(records)
    assert records[0] is site
    assert (site.key, site.title, site.language, site.wxr_version) == (
        "old.example.org",
        "Evidence Desk",
        "en-GB",
        "1.2",
    )
    author = authors(records)[0]
    assert (author.wp_id, author.login, author.display_name) == (2, "amina.adeyem0", "Amina Adeyemi")
    by_slug = {term.slug: term for term in terms(records)}
    assert by_slug["政策"].parent == "evidence-reviews"
    assert by_slug["primary-care"].parent == "health"
    assert by_slug["climate-energy"].name == "Climate & energy"


def test_reading_again_gives_the_same(exports: Path) -> None:
    export = open_exports([exports / "broken" / "bad-utf8.xml"])
    first = list(export.records())
    problems = list(export.problems)
    assert list(export.records()) == first
    assert export.problems == problems != []


def test_records_come_while_the_file_is_being_read(exports: Path) -> None:
    export = open_exports([exports / "gen-200.xml"])
    positions = [export.position for record in export.records() if isinstance(record, ItemRecord)]
    assert positions == sorted(positions)
    assert 0 < positions[0] < export.size // 2
    assert export.position == export.size


def test_gzip_and_zip_are_known_by_their_bytes_not_their_names(exports: Path, tmp_path: Path) -> None:
    plain = items(exports / "gen-60.xml")
    packed = shutil.copy(exports / "broken" / "export.xml.gz", tmp_path / "a.xml")
    assert items(Path(packed)) == plain
    archive = Path(shutil.copy(exports / "broken" / "wordpress-com.zip", tmp_path / "b.xml"))
    assert {record.wp_id for record in items(archive)} == {record.wp_id for record in plain}
    records, export = read(archive)
    assert len(sites(records)) == 1
    assert len(authors(records)) == 25
    assert export.position == export.size


def test_a_folder_of_parts_is_one_export_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    for number in (1, 2, 10):
        write(folder, numbered(number), name=f"part.{number}.xml")
    (folder / "part.11.xml").write_bytes(gzip.compress((HEAD + numbered(11) + "</channel></rss>").encode()))
    (folder / "notes.txt").write_text("not read")
    (folder / "feed.xml").write_text("<rss><channel><item><title>a</title></item></channel></rss>")
    records, export = read(folder)
    assert [record.wp_id for record in items_of(records)] == [1, 2, 10, 11]
    assert ["feed.xml" in str(problem) for problem in export.problems] == [True]


def test_parts_of_another_site_are_told_apart(tmp_path: Path) -> None:
    one = write(tmp_path, numbered(7), name="one.xml")
    other = write(tmp_path, numbered(7), head=HEAD.replace("old.example.org", "new.example.org"), name="two.xml")
    records, export = read(one, other, one)
    assert [site.key for site in sites(records)] == ["old.example.org", "new.example.org", "old.example.org"]
    assert len(items_of(records)) == 2
    assert len(export.problems) == 1
    assert "there twice" in export.problems[0].sentence


def test_a_list_without_a_file_around_it_belongs_to_the_host_in_its_addresses(tmp_path: Path) -> None:
    records, export = read(write(tmp_path, item(), head="", end=""))
    assert [site.key for site in sites(records)] == ["old.example.org"]
    assert not export.is_cut


def test_the_version_of_wordpress_2_gives_each_term_once(tmp_path: Path) -> None:
    head = HEAD.replace("export/1.2/", "export/1.0/").replace("1.2</wp:wxr", "1.0</wp:wxr") + (
        "<wp:category><wp:category_nicename>health</wp:category_nicename><wp:category_parent></wp:category_parent>"
        "<wp:cat_name><![CDATA[Health & care]]></wp:cat_name></wp:category>"
        "<wp:category><wp:category_nicename>clinics</wp:category_nicename>"
        "<wp:category_parent>Health &amp; care</wp:category_parent>"
        "<wp:cat_name><![CDATA[Clinics]]></wp:cat_name></wp:category>"
        "<wp:tag><wp:tag_slug>trials</wp:tag_slug><wp:tag_name><![CDATA[Trials]]></wp:tag_name></wp:tag>"
    )
    categories = (
        "<category><![CDATA[Clinics]]></category>"
        '<category domain="category" nicename="clinics"><![CDATA[Clinics]]></category>'
        '<category domain="tag"><![CDATA[Trials]]></category>'
        '<category domain="tag" nicename="trials"><![CDATA[Trials]]></category>'
        "<category>Loose ends</category>"
    )
    records, export = read(write(tmp_path, item(more=categories), head=head))
    assert [(term.slug, term.parent) for term in terms(records) if term.taxonomy == "category"] == [
        ("health", ""),
        ("clinics", "health"),
    ]
    (record,) = items_of(records)
    assert [(term.taxonomy, term.slug, term.name) for term in record.terms] == [
        ("category", "clinics", "Clinics"),
        ("post_tag", "trials", "Trials"),
        ("category", "loose-ends", "Loose ends"),
    ]
    assert not export.problems


def test_prefixes_of_another_make_are_understood(tmp_path: Path) -> None:
    source = (
        HEAD + "<wp:author><wp:author_login>zo</wp:author_login></wp:author>" + item() + "</channel></rss>"
    ).replace
    path = tmp_path / "saved-again.xml"
    path.write_text(
        source("wp:", "ns3:")
        .replace("xmlns:wp=", "xmlns:ns3=")
        .replace("content:encoded", "ns1:encoded")
        .replace("xmlns:content", "xmlns:ns1")
    )
    records, _export = read(path)
    (record,) = items_of(records)
    assert record.content == "<p>What was found.</p>"
    assert record.published == datetime(2020, 7, 4, 8, tzinfo=UTC)
    assert [author.login for author in authors(records)] == ["zo", "amina"]
