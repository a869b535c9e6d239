"""What a reader sees of a review."""

from __future__ import annotations

import datetime
import itertools

import pytest
from django.test import Client

from research_reviews.models import Study
from tests.factories import blocks
from tests.factories.blocks import block_id
from tests.factories.images import ImageFactory
from tests.factories.pages import ReviewPageFactory, StandardPageFactory, TopicPageFactory
from tests.factories.people import PersonFactory
from tests.factories.studies import StudyFactory
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db


def test_a_review_shows_its_parts_in_the_order_that_readers_need_them() -> None:
    review = ReviewPageFactory(topic=TopicPageFactory(title="Prison"), published_on=datetime.date(2026, 11, 24))
    text = words(read(review.url).main)
    parts = [
        "Prison",
        review.title,
        review.standfirst,
        "24 November 2026",
        f"Review by {review.reviewers[0].name}",
        "Study author",
        "The study",
        "Key messages",
        "Background",
        "Key findings",
        "Recommendations",
        "Conclusion",
        "The reviewer’s interests",
        "Image: Ines Inventada",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_date_is_readable_by_people_and_by_machines() -> None:
    review = ReviewPageFactory(published_on=datetime.date(2026, 3, 4))
    assert find(read(review.url), '.byline time[datetime="2026-03-04"]').text == "4 March 2026"


def test_credits_follow_the_editors_order_with_descriptors_and_handles() -> None:
    first, second = PersonFactory(name="Zoe Zuletzt", bluesky="zoe.example.com"), PersonFactory(name="Abe Anfang")
    review = ReviewPageFactory(
        credits=blocks.stream(
            blocks.credit(first, "study_author", "former prisoner"),
            blocks.credit(second, "review_author", "academic"),
        )
    )
    page = read(review.url)
    assert every(page, ".credits h2") == ["Study author", "Review author"]
    assert every(page, ".credits li") == [
        "Zoe Zuletzt former prisoner Bluesky: @zoe.example.com",
        "Abe Anfang academic",
    ]
    assert links(find(page, ".credits"))["Zoe Zuletzt"] == first.get_absolute_url()
    assert links(page)["Bluesky: @zoe.example.com"] == "https://bsky.app/profile/zoe.example.com"


def test_forty_authors_are_all_named_and_joined_as_in_a_sentence() -> None:
    people = [PersonFactory(name=f"Author {number}") for number in range(1, 41)]
    review = ReviewPageFactory(
        studies=[StudyFactory(authors=people)], credits=blocks.stream(*map(blocks.credit, people))
    )
    page = read(review.url)
    assert len(page.select(".credits li")) == 40
    assert words(find(page, ".study-authors")).endswith("Author 38, Author 39 and Author 40")


def test_the_study_box_says_what_who_where_when_and_how() -> None:
    study = StudyFactory(
        title="Listening at night",
        subtitle="A study of peers",
        authors=[PersonFactory(name="Ada Vorlage"), PersonFactory(name="Bo Entwurf")],
        container="Journal of Invented Research",
        volume="12",
        issue="3",
        pages="201–228",
        publication_year=2025,
        publication_month=5,
        publication_day=None,
        doi="10.5555/night",
        sample="37 prisoners",
        licence="CC BY 4.0",
        lived_experience=Study.LivedExperience.CO_PRODUCED,
        competing_interests="None declared.",
    )
    page = read(ReviewPageFactory(studies=[study]).url)
    box = find(page, ".study")
    text = words(box)
    for part in (
        "Listening at night: A study of peers",
        "Ada Vorlage and Bo Entwurf",
        "Journal of Invented Research 12(3), pp. 201–228 May 2025",
        "doi.org/10.5555/night",
        "Study type Qualitative study",
        "Sample 37 prisoners",
        "Access Open access, CC BY 4.0",
    ):
        assert part in text
    assert find(box, "time")["datetime"] == "2025-05"
    assert links(box)["Read the study"] == "https://doi.org/10.5555/night"
    more = words(find(box, "details"))
    assert "Lived experience Co-produced" in more
    assert "Authors’ competing interests None declared." in more
    assert "Funded by Invented Research Council" in more


def test_a_study_without_a_link_says_why() -> None:
    study = StudyFactory(doi="", url="", no_link_reason="Print only, in the prison library.")
    assert words(find(read(ReviewPageFactory(studies=[study]).url), ".study-link")) == study.no_link_reason


def test_a_review_of_no_single_study_says_why() -> None:
    review = ReviewPageFactory(studies=[], no_study_reason="An overview of five years of inspections.")
    assert "An overview of five years of inspections." in words(find(read(review.url), ".study"))


def test_several_studies_get_a_box_each_in_the_editors_order() -> None:
    studies = [StudyFactory(title="The second is first"), StudyFactory(title="Then the first")]
    page = read(ReviewPageFactory(studies=studies).url)
    assert every(page, ".study-title") == ["The second is first", "Then the first"]
    assert len({section["aria-labelledby"] for section in page.select(".study")}) == 2


@pytest.mark.parametrize(
    ("status", "warning"),
    [
        (Study.Retraction.RETRACTED, "This study has been retracted."),
        (Study.Retraction.CONCERN, "The publisher has expressed concern about this study."),
        (Study.Retraction.CORRECTED, "The publisher has corrected this study"),
    ],
)
def test_a_notice_of_the_publisher_stands_above_everything_that_rests_on_the_study(status: str, warning: str) -> None:
    study = StudyFactory(retraction_status=status, retraction_source="https://journal.example/notice")
    page = read(ReviewPageFactory(studies=[study]).url)
    notice = find(page, ".notice")
    assert warning in words(notice)
    assert links(notice)["Read the publisher’s notice"] == "https://journal.example/notice"
    assert notice.find_next(class_="study") is not None


def test_a_study_without_a_notice_has_no_banner() -> None:
    study = StudyFactory(retraction_status=Study.Retraction.NONE)
    assert read(ReviewPageFactory(studies=[study]).url).select(".notice") == []


def test_the_numbered_issues_lead_to_their_sections_and_every_issue_has_a_permalink_and_can_be_cited() -> None:
    page = read(ReviewPageFactory().url)
    training, room = block_id("finding-training"), block_id("finding-room")
    assert links(find(page, ".issues"))["Inconsistent training"] == f"#finding-{training}"
    assert words(find(page, f"#finding-{training} h3")) == "1 Training by chance"
    assert find(page, f"#finding-{room}").name == "li"
    for anchor in (f"finding-{room}", f"finding-{training}"):
        own = f"li#{anchor} .permalink, #{anchor} .finding-heading .permalink"
        assert [link["href"] for link in page.select(own)] == [f"#{anchor}", f"cite/{anchor}/"]


def test_a_permalink_survives_reordering() -> None:
    issues = [blocks.issue("First", name="a"), blocks.issue("Second", name="b")]
    before = read(ReviewPageFactory(body=blocks.stream(blocks.findings(*issues))).url)
    after = read(ReviewPageFactory(body=blocks.stream(blocks.findings(*reversed(issues)))).url)
    anchor = f"#finding-{block_id('a')}"
    assert words(find(before, anchor)) == words(find(after, anchor)) == "First # Cite"


def test_a_quote_has_one_pair_of_marks_and_says_whose_words_and_where_they_stand() -> None:
    body = blocks.stream(
        blocks.quote("“Somebody listened.”", name="said", who="Listener 7", source="Main findings", page="p. 14")
    )
    quote = find(read(ReviewPageFactory(body=body).url), f"#quote-{block_id('said')}")
    assert words(find(quote, "blockquote")) == "Somebody listened."
    assert words(find(quote, "figcaption")).startswith("Listener 7 Main findings p. 14")


def test_a_quoted_person_with_a_profile_is_linked() -> None:
    person = PersonFactory(name="Ada Vorlage")
    body = blocks.stream(blocks.quote("I was there.", person=person))
    quote = find(read(ReviewPageFactory(body=body).url), ".quote")
    assert links(quote)["Ada Vorlage"] == person.get_absolute_url()


def test_recommendations_say_who_makes_them_and_to_whom() -> None:
    page = read(ReviewPageFactory().url)
    assert "The study" in words(find(page, ".attribution"))
    first = find(page, f"#recommendation-{block_id('recommendation-train')}")
    assert words(first) == "Train before the first shift. For: Prison staff # Cite"
    assert find(first, ".permalink")["aria-label"] == "Link to recommendation 1"


def test_a_long_review_has_a_table_of_contents_that_leads_to_its_sections() -> None:
    body = [blocks.section(f"Part {number}", name=f"part-{number}") for number in range(4)]
    page = read(ReviewPageFactory(body=blocks.stream(*body)).url)
    assert every(page, ".contents li") == ["Part 0", "Part 1", "Part 2", "Part 3"]
    for link in page.select(".contents a"):
        assert words(find(page, f"{link['href']} h2")) == words(link)


def test_a_short_review_has_no_table_of_contents() -> None:
    body = [blocks.section(f"Part {number}", name=f"part-{number}") for number in range(3)]
    assert read(ReviewPageFactory(body=blocks.stream(*body)).url).select(".contents") == []


def test_a_table_has_a_caption_headings_and_figures_as_people_write_them() -> None:
    table = {
        "row_headings": True,
        "table": {
            "columns": [{"type": "text", "heading": "Group"}, {"type": "number", "heading": "People"}],
            "rows": [{"values": ["Listeners", 18.0]}, {"values": ["Staff", 1200.5]}, {"values": ["Others", None]}],
            "caption": "Who took part",
        },
    }
    page = read(ReviewPageFactory(body=blocks.stream(blocks.block("table", table, "table"))).url)
    region = find(page, ".table")
    assert words(find(region, "caption")) == "Who took part"
    assert (region["role"], region["tabindex"], region["aria-labelledby"]) == (
        "region",
        "0",
        find(region, "caption")["id"],
    )
    assert every(region, "th[scope=col]") == ["Group", "People"]
    assert every(region, "th[scope=row]") == ["Listeners", "Staff", "Others"]
    assert every(region, "td") == ["18", "1,200.5", ""]


def test_an_image_shows_caption_credit_and_the_words_for_those_who_do_not_see_it() -> None:
    image = ImageFactory(credit="Ines Inventada", credit_url="https://pictures.example/", licence="cc-by-4.0")
    described = {
        "image": {"image": image.pk, "alt_text": "A wing at night", "decorative": False},
        "caption": "<p>The wing.</p>",
    }
    decorative = {"image": {"image": image.pk, "alt_text": "", "decorative": True}, "caption": ""}
    body = blocks.stream(blocks.block("image", described), blocks.block("image", decorative))
    figures = read(ReviewPageFactory(body=body).url).select(".figure")
    assert [find(figure, "img")["alt"] for figure in figures] == ["A wing at night", ""]
    assert words(figures[0].figcaption) == "The wing. Image: Ines Inventada, CC BY 4.0"
    assert links(figures[0]) == {
        "Ines Inventada": "https://pictures.example/",
        "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert all(find(figure, "img")["width"] and find(figure, "img")["height"] for figure in figures)


def test_an_embed_is_a_titled_link_and_asks_no_other_site_for_anything() -> None:
    film = {"url": "https://films.example/1", "title": "A film", "summary": "Four minutes."}
    page = read(ReviewPageFactory(body=blocks.stream(blocks.block("embed", film))).url)
    assert words(find(page, ".embed")) == "On films.example A film Four minutes."
    assert page.select("iframe, script:not([src^='/static/'], [type='application/ld+json']), embed, object") == []
    sources = [tag.get("src") or tag.get("srcset") for tag in page.select("img, source")]
    assert all(str(source).startswith("/") for source in sources)


def test_no_id_is_used_twice_and_everything_that_is_pointed_at_is_there() -> None:
    page = read(ReviewPageFactory(studies=[StudyFactory(), StudyFactory()]).url)
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    assert {str(link["href"])[1:] for link in page.select('a[href^="#"]')} <= set(ids)
    assert {str(tag["aria-labelledby"]) for tag in page.select("[aria-labelledby]")} <= set(ids)


def test_headings_begin_with_one_h1_and_skip_no_level() -> None:
    page = read(ReviewPageFactory().url)
    levels = [int(tag.name[1]) for tag in page.select("h1, h2, h3, h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_head_tells_other_sites_what_the_review_is() -> None:
    review = ReviewPageFactory(title="What waiting rooms tell us")
    page = read(review.url)
    properties = {str(tag["property"]): str(tag["content"]) for tag in page.select("meta[property]")}
    assert words(page.title) == "What waiting rooms tell us – Research Reviews"
    assert find(page, "meta[name=description]")["content"] == review.standfirst
    assert find(page, "link[rel=canonical]")["href"] == review.full_url
    assert properties["og:type"] == "article"
    assert properties["og:title"] == "What waiting rooms tell us"
    assert properties["og:site_name"] == "Research Reviews"
    assert properties["og:image"].startswith("http")


def test_the_page_is_in_the_sites_language_with_landmarks_and_a_way_past_the_menu() -> None:
    page = read(ReviewPageFactory().url)
    assert find(page, "html")["lang"] == "en-gb"
    assert find(page, ".skip-link")["href"] == f"#{find(page, 'main')['id']}"
    assert [len(page.select(name)) for name in ("body > header", "main", "body > footer")] == [1, 1, 1]


def test_a_reader_gets_no_cookie_and_the_same_page_as_everybody() -> None:
    response = Client().get(ReviewPageFactory().url)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_an_editor_sees_the_bar_and_a_reader_does_not(admin_client: Client) -> None:
    review = ReviewPageFactory()
    assert read(review.url).select("wagtail-userbar, #wagtail-userbar-template") == []
    assert read(review.url, admin_client).select("wagtail-userbar, #wagtail-userbar-template") != []


def test_words_of_other_scripts_and_markup_in_fields_come_out_as_they_were_typed() -> None:
    review = ReviewPageFactory(
        title="מה שחדרי ההמתנה מלמדים <b>אותנו</b> 🕊 ﷽", slug="hebrew", standfirst="Ærø & Łódź “say” <hello>"
    )
    page = read(review.url)
    assert words(page.h1) == "מה שחדרי ההמתנה מלמדים <b>אותנו</b> 🕊 ﷽"
    assert words(find(page, ".standfirst")) == "Ærø & Łódź “say” <hello>"


def test_a_review_without_image_credits_messages_or_interests_leaves_no_empty_boxes() -> None:
    review = ReviewPageFactory(header_image=None, credits="[]", key_messages="[]", interests="-", body="[]")
    page = read(review.url)
    assert page.select(".header-image, .credits, .key-messages, .contents") == []
    assert "Review by" not in words(page.main)


def test_a_review_that_is_a_draft_is_not_there() -> None:
    review = ReviewPageFactory(published=False)
    assert Client().get(f"/reviews/{review.slug}/").status_code == 404


def test_plain_pages_show_their_blocks() -> None:
    page = StandardPageFactory(
        title="How we work", body=blocks.stream(blocks.block("prose", "<p>We read slowly.</p>"), blocks.section("Who"))
    )
    shown = read(page.url)
    assert every(shown, "main h1, main h2") == ["How we work", "Who"]
    assert "We read slowly." in words(shown.main)
