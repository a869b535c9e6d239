"""The demo site is whole, marked as sample, and shows every state and every block."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.images.models import Filter

from comments.models import Comment
from core.blocks import LEFTOVER
from core.editor_checks import Level, run_checks
from home.demo import records
from home.demo.content import read_folder
from home.demo.pages import SAMPLE_EDITOR
from home.demo.pictures import draw, scenes
from home.demo.pictures.canvas import HEIGHT, WIDTH
from home.models import HomePage, StandardPage
from images.models import CustomImage
from research_reviews.blocks import ReviewBodyBlock
from research_reviews.models import Finding, Person, Quote, Recommendation, ReviewPage, Study, TopicPage
from site_settings.models import Service
from tests.home.conftest import load_demo
from tests.home.demo_state import counts, revisions
from users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

FLAGSHIP = "peer-support-in-prisons"
UNLISTED = {
    "what-makes-a-good-hostel": 404,
    "mentoring-through-the-gate": 404,
    "tutors-who-notice": 404,
    "hospital-discharge-to-the-street": 302,
}


def flagship() -> ReviewPage:
    return ReviewPage.objects.listed().get(slug=FLAGSHIP)


def page_text(client: Client, url: str) -> str:
    """Return what a reader sees at the address."""
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def public_urls() -> Iterator[str]:
    yield from ("/", "/reviews/", "/reviews/?page=2", "/topics/", "/sponsors/")
    for model in (ReviewPage, TopicPage, StandardPage):
        yield from (page.url for page in model.objects.listed())
    yield from (person.get_absolute_url() for person in Person.objects.filter(credits__isnull=False).distinct())


def body_blocks(review: ReviewPage) -> Iterator[str]:
    """Yield the type of every block of the body, and of the sections of its issues."""
    for block in review.body:
        yield block.block_type
        if block.block_type == "findings":
            for issue in block.value["issues"]:
                yield from (f"issue {child.block_type}" for child in issue["body"])


def test_there_is_enough_to_see_what_a_full_site_looks_like() -> None:
    assert ReviewPage.objects.listed().count() == 14
    assert TopicPage.objects.listed().count() == 7
    assert StandardPage.objects.listed().count() == 3
    assert Person.objects.filter(is_organisation=True).count() == 2
    assert {review.date.year for review in ReviewPage.objects.listed()} == {2024, 2025}
    assert all(ReviewPage.objects.listed().about(topic).exists() for topic in TopicPage.objects.listed())


def test_every_public_page_answers_and_says_that_it_is_sample_content(client: Client) -> None:
    for url in public_urls():
        assert "sample content" in page_text(client, url).lower(), url


def test_sponsors_have_a_history_and_one_is_tied_to_a_study(client: Client) -> None:
    assert "Prison posts are sponsored by Candlewick" in page_text(client, "/topics/prison/")
    assert "This site is sponsored by Two Cities" in page_text(client, "/topics/homelessness/")
    ledger = page_text(client, "/sponsors/")
    assert "Prison 1 January 2025 Running" in ledger
    assert "Prison 1 January 2024 31 December 2024" in ledger
    reviews = {review.slug: page_text(client, review.url) for review in ReviewPage.objects.listed()}
    assert [slug for slug, text in reviews.items() if "helped to pay for" in text] == ["first-night-indoors"]


def test_the_flagship_is_discussed_in_threads(client: Client) -> None:
    page = BeautifulSoup(client.get(f"/reviews/{FLAGSHIP}/").content, "html.parser")
    assert "20 responses" in page_text(client, f"/reviews/{FLAGSHIP}/")
    assert len(page.select(".response")) == 20
    assert all(page.select(f".in-{depth}") for depth in range(4))
    marks = {mark.text for mark in page.select(".response .kicker")}
    assert marks == {"editor", "author of the review", "author of the study"}
    assert "sample content" in page.select(".response")[0].text
    assert all(comment.email.endswith("@example.org") for comment in Comment.objects.all())
    assert set(Comment.objects.values_list("status", flat=True)) == {"approved", "waiting", "spam"}


def test_every_review_says_in_its_body_that_the_study_is_invented() -> None:
    for review in ReviewPage.objects.all():
        assert review.body[0].block_type == "callout"
        assert "invented" in str(review.body[0].value["text"]), review.slug


def test_studies_and_people_cannot_be_taken_for_real_ones() -> None:
    assert all(doi.startswith("10.5555/sample.") for doi in Study.objects.values_list("doi", flat=True))
    for person in Person.objects.all():
        assert "sample site" in person.bio, person
        assert all(".example" in handle.url for handle in person.handles)
        assert not person.orcid
    for image in CustomImage.objects.all():
        assert "sample" in image.credit or "invented" in image.credit, image.title
        assert image.licence == CustomImage.Licence.OWN


def test_the_header_image_of_the_flagship_links_to_its_maker(client: Client) -> None:
    page = BeautifulSoup(client.get(f"/reviews/{FLAGSHIP}/").content, "html.parser")
    [link] = page.select('a[href="https://papercut.example/"]')
    assert "Pella Papercut" in link.text


@pytest.mark.parametrize("slug", UNLISTED)
def test_a_review_that_is_not_public_is_in_no_list(client: Client, slug: str) -> None:
    review = ReviewPage.objects.get(slug=slug)
    assert client.get(review.url or f"/reviews/{slug}/").status_code == UNLISTED[slug]
    for url in ("/", "/reviews/", "/reviews/?page=2", review.topic.url):
        assert f"/reviews/{slug}/" not in client.get(url).content.decode()
    for rows in (Finding, Quote, Recommendation):
        assert not rows.objects.filter(review=review).exists()


def test_an_editor_finds_a_review_in_every_state() -> None:
    draft, scheduled, waiting, private = (ReviewPage.objects.get(slug=slug) for slug in UNLISTED)
    assert (draft.live, draft.workflow_in_progress) == (False, False)
    assert not scheduled.live
    assert scheduled.scheduled_revision.approved_go_live_at.year == 2099
    assert waiting.workflow_in_progress
    assert private.live
    assert private.get_view_restrictions().get().restriction_type == "login"


def test_nobody_can_sign_in_as_the_invented_editor() -> None:
    user = User.objects.get(username=SAMPLE_EDITOR)
    assert not user.has_usable_password()
    assert not user.is_active


def test_every_review_but_the_unfinished_draft_could_be_published() -> None:
    for review in ReviewPage.objects.exclude(slug="what-makes-a-good-hostel"):
        review.full_clean()
        for stream in (review.body, review.key_messages, review.credits):
            stream.stream_block.clean(stream)
        assert [check.message for check in run_checks(review) if check.level == Level.PROBLEM] == [], review.slug


def test_the_unfinished_draft_shows_an_editor_what_is_missing() -> None:
    draft = ReviewPage.objects.get(slug="what-makes-a-good-hostel")
    fields = {check.field for check in run_checks(draft) if check.level == Level.PROBLEM}
    assert {"standfirst", "interests", "no_study_reason", "body"} <= fields


def test_every_block_is_used() -> None:
    used = {block for review in ReviewPage.objects.listed() for block in body_blocks(review)}
    # What an import leaves over is nothing that anybody writes.
    written = set(ReviewBodyBlock().child_blocks) - {LEFTOVER}
    assert written <= used
    on_the_flagship = set(body_blocks(flagship()))
    # A rating would not suit a study of this kind; two of the other reviews have one.
    assert written - on_the_flagship == {"evidence_strength"}
    assert {"issue prose", "issue quote", "issue image"} <= on_the_flagship


def test_the_flagship_has_the_shape_of_a_long_review() -> None:
    review = flagship()
    [findings] = review.body.blocks_by_name("findings")
    issues = findings.value.numbered_issues
    assert [issue.value.has_section for issue in issues] == [True, True, True, True, False]
    assert any(issue.value.heading != issue.value["label"] for issue in issues)
    types = [block.block_type for block in review.body]
    assert types.index("section") < types.index("findings") < len(types) - 1 - types[::-1].index("section")
    made_by = [block.value["made_by"] for block in review.body.blocks_by_name("recommendations")]
    assert made_by == ["study_authors", "reviewer"]
    assert Recommendation.objects.filter(review=review, made_by="study_authors").count() == 3
    authors = [block.value for block in review.credits if block.value["contribution"] == "study_author"]
    assert len(authors) == 7
    assert sum(bool(author["person"].handles) for author in authors) == 5
    descriptors = {author["descriptor"] for author in authors}
    assert {"academic", "former prisoner"} <= descriptors


def test_the_flagship_reads_as_long_as_it_should(client: Client) -> None:
    page = BeautifulSoup(client.get(f"/reviews/{FLAGSHIP}/").content, "html.parser")
    for responses in page.select(".responses"):
        responses.decompose()
    assert 2300 <= len(page.get_text(" ").split()) <= 3500


def test_its_related_reading_links_to_other_reviews(client: Client) -> None:
    html = client.get(f"/reviews/{FLAGSHIP}/").content.decode()
    for slug in ("first-week-on-probation", "letters-home-from-prison", "safety-plans-that-people-keep"):
        assert f'href="/reviews/{slug}/"' in html


def test_its_map_waits_for_the_reader_and_its_service_stands_beside_those_of_every_site(client: Client) -> None:
    embed = BeautifulSoup(client.get(f"/reviews/{FLAGSHIP}/").content, "html.parser").select_one("figure.embed--map")
    assert embed
    assert embed["data-service"] == "openstreetmap"
    assert str(embed["data-frame"]).startswith("https://www.openstreetmap.org/export/embed.html?bbox=")
    services = Service.objects.values_list("slug", "purpose__basis")
    assert ("openstreetmap", "consent") in services
    assert {basis for _slug, basis in services} == {"necessary", "exempt", "consent"}


def test_the_download_is_a_pdf(client: Client) -> None:
    [download] = flagship().body.blocks_by_name("download")
    response = client.get(download.value["document"].url)
    assert response.status_code == 200
    assert b"".join(response).startswith(b"%PDF-1.4")


def test_the_menu_has_topics_below_it_and_the_front_page_leads_to_reviews(client: Client) -> None:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    links = {link["href"] for link in page.select("header a[href]")}
    assert {"/reviews/", "/topics/", "/topics/prison/", "/about/"} <= links
    assert page.select_one(f'main a[href="/reviews/{FLAGSHIP}/"]')


def test_a_second_run_changes_nothing() -> None:
    before = counts(), revisions()
    assert "everything was there already" in load_demo()
    assert (counts(), revisions()) == before


def test_what_editors_changed_is_kept() -> None:
    review, home = flagship(), HomePage.objects.get()
    review.title, home.headline = "Our own title", "Our own headline"
    for page in (review, home):
        page.save_revision().publish()
    Person.objects.filter(slug="marlo-inkwell").update(bio="Our own words")
    load_demo()
    assert flagship().title == "Our own title"
    assert HomePage.objects.get().headline == "Our own headline"
    assert Person.objects.get(slug="marlo-inkwell").bio == "Our own words"


def test_progress_is_shown(demo: str) -> None:
    lines = demo.splitlines()
    assert lines[0].endswith("Dr Odessa Quillfeather")
    assert len(lines) > len(read_folder("reviews"))
    assert "The demo site is loaded" in lines[-1]


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_a_picture_is_the_same_in_every_run_and_light_on_a_phone(scene: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "WIDTH_IN_PIXELS", 800)
    drawn = draw(scene, "Illustration")
    assert drawn == draw(scene, "Illustration")
    picture = records.picture({"title": f"A {scene}", "scene": scene, "description": "A picture"})
    assert (picture.width, picture.height) == (800, round(800 * HEIGHT / WIDTH))
    rendition = picture.get_rendition(Filter("width-400|format-avif"))
    assert rendition.file.size <= 25 * 1024
