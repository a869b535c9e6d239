"""Texts as people copy and save them, looked at as an editor would."""

from __future__ import annotations

import pytest

from research_reviews.intake.draft import Draft
from tests.research_reviews.intake.reading_samples import block, chrome, issues, kinds, structured


def quoted(draft: Draft) -> list[tuple[str, str]]:
    """Return every quote of the findings with who speaks."""
    parts = [part for issue in block(draft, "findings")["issues"] for part in issue["body"]]
    return [(part["value"]["words"], part["value"]["who"]) for part in parts if part["type"] == "quote"]


def left_out(draft: Draft, kind: str) -> list[str]:
    """Return what was left out as being of a kind."""
    return [piece.text for piece in draft.report.chrome if piece.kind == kind]


def written(source: str, name: str = "a.txt") -> Draft:
    """Return the draft of a text."""
    return structured(name, source.encode())


def test_a_page_with_a_sponsor_and_quotes_that_lack_a_mark() -> None:
    draft = structured("page_with_sponsor.txt")
    assert draft.title == "Peer support in prisons"
    assert draft.standfirst == "How prisoners help each other through the first nights in custody."
    assert draft.study.title == "The strength of a listening ear: peer support in four English prisons"
    assert draft.study.published == "2023-05-25"
    assert [(one.name, one.descriptor, one.handles) for one in draft.credits] == [
        ("Dr Marla Quillfeather", "University of Invented Studies", {"x": "marlaquill"}),
        ("Tobin Ashgrove", "former prisoner", {"x": "tobinash"}),
        ("Professor Ines Van Derlake", "academic", {"x": "ivanderlake"}),
        ("Kit Morrow", "", {"bluesky": "kit.bsky.social"}),
    ]
    assert kinds(draft) == ["section", "findings", "recommendations", "conclusion"]
    assert issues(draft) == [
        ("Inconsistent training of peer supporters", "Training", True),
        ("The emotional burden on supporters", "The weight of other people's troubles", True),
        ("Lack of private space", "No place to talk", True),
        ("Staff attitudes", "Attitudes of officers", True),
        ("Paying people for their work", "", False),
    ]
    assert quoted(draft) == [
        ("Nobody told me what to do at night. I had to make it up.", "Listener, Category B prison"),
        ("I go back to my cell and I can't switch it off.", "Participant 12"),
        ("They think we are having a jolly.", ""),
    ]
    assert "<li>" not in str(draft.body)
    assert [item["audiences"] for item in block(draft, "recommendations")["items"]] == [
        ["Prison governors"], [], ["Commissioners"],
    ]  # fmt: skip
    assert block(draft, "conclusion")["body"] == (
        "<p>Peer support works where it is prepared and protected. I hope that prisons take note.</p>"
    )
    assert draft.image_credit.text.startswith("Thanks to Andy Example")
    assert left_out(draft, "sponsor") == [
        "Prison posts are kindly sponsored by Invented Software",
        "Invented Software offers digital services in prisons.",
    ]
    assert {"menu", "search", "share", "related", "comments", "subscribe", "cookies", "footer"} <= chrome(draft)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The report, Does it work? A review, was written by a charity.", "Does it work? A review"),
        ("The paper is entitled Talking through the door, and is based on 40 interviews.", "Talking through the door"),
        ("The study, “Talking through the door”, was done by a charity.", "Talking through the door"),
        ("The study – Talking through the locked door – was done by a charity.", "Talking through the locked door"),
        ("The study was done by a charity, Invented Help, and by its members.", ""),
        ("The study, which was done by a charity, is short.", ""),
        ("The report, a long one by anybody's standards, is sad.", ""),
    ],
)  # fmt: skip
def test_the_title_of_the_study_may_stand_in_another_sentence(sentence: str, title: str) -> None:
    source = (
        f"Peer support in prison\n\nA new study (published 3 May 2023) looks at prisons.\n\n{sentence}\n\nMore text."
    )
    assert written(source).study.title == title


def test_links_of_quotes_are_kept_below_them() -> None:
    draft = written(
        "<h1>Peer support in prison</h1><p>First text.</p><blockquote><p>“We all know "
        '<a href="https://a.example/x?a=1&amp;b=2">the wing</a> is cold.</p>'
        '<cite><a href="https://b.example/">A report, 2020, p. 4</a></cite></blockquote><p>Last text.</p>',
        "a.html",
    )
    assert block(draft, "quote")["words"] == "We all know the wing is cold."
    assert block(draft, "quote")["source"] == "A report, 2020"
    below = draft.body[2].value["body"]
    assert '<a href="https://b.example/">A report, 2020, p. 4</a>' in below
    assert '<a href="https://a.example/x?a=1&amp;b=2">the wing</a>' in below
    assert any("Links stood within quotes" in guess.why for guess in draft.report.guesses)


def people(draft: Draft) -> list[tuple[str, str, dict[str, str]]]:
    """Return who is credited."""
    return [(one.name, one.descriptor, one.handles) for one in draft.credits]


def test_a_theme_with_a_sidebar_and_issues_within_a_sentence() -> None:
    draft = structured("theme_with_sidebar.html")
    assert draft.title == "Does mentoring work for young people leaving care?"
    assert draft.standfirst == "New research asks whether a mentor makes a difference, and for whom."
    assert draft.study.title == "Someone in my corner: mentoring and care leavers in the north"
    assert (draft.study.doi, draft.study.published) == ("10.5555/mentor.2024.7", "2024-03-11")
    assert people(draft) == [
        ("Dr Orla Feather", "", {"x": "orlafeather"}),
        ("Hamish Brookling", "", {"x": "hbrook"}),
        ("Petra Lindqvist", "University of Invented Studies", {}),
    ]
    assert issues(draft) == [
        ("training", "", True),
        ("burden", "The burden of caring", True),
        ("space", "Where to meet", True),
        ("attitudes", "What staff think", True),
    ]
    assert quoted(draft) == [
        ("I was given a folder and a lanyard.", "Mentor, North East"),
        ("He rings at two in the morning. What do you do?", "Mentor, 41"),
    ]
    assert kinds(draft) == ["section", "findings", "recommendations", "conclusion"]
    assert block(draft, "recommendations")["heading"] == "The way forward"
    assert draft.image_credit.url == "https://unsplash.example/@pj"
    assert {"menu", "comments", "related", "footer", "cookies", "share", "other"} == chrome(draft)


def test_headings_in_capitals_and_lists_broken_over_lines() -> None:
    draft = structured("capitals_and_wrapped_lists.txt")
    assert draft.standfirst.startswith("New research on the workforce")
    assert draft.study.title == "Burnt out and moving on: why probation officers leave"
    assert (draft.study.url, draft.study.published) == ("https://institute.example/burnt-out.pdf", "2023-05")
    assert people(draft)[2] == ("Jo Penhallow", "University of Made-Up", {})
    assert issues(draft) == [
        ("Workloads that never fall", "WORKLOADS", True),
        ("Pay", "", True),
        ("Feeling blamed when something goes wrong", "BLAME", True),
        ("Too little time with people on probation", "TIME WITH PEOPLE", True),
    ]
    assert quoted(draft)[1] == ("You wait for the phone to ring.", "Senior officer")
    assert [item["text"] for item in block(draft, "recommendations")["items"]] == [
        "<p>HM Prison and Probation Service should cap caseloads and publish the numbers every quarter;</p>",
        "<p>Ministers should restore pay to the level of 2010; and</p>",
        "<p>Managers should make time for supervision.</p>",
    ]
    assert draft.image_credit.text == "Picture credit: Sam Invented / Pictures.example"


def test_a_copied_page_without_a_list_of_issues() -> None:
    draft = structured("page_with_breadcrumb.txt")
    assert draft.title == "Loneliness on the ward"
    assert draft.study.title == "Alone among many: loneliness in long-stay wards"
    assert people(draft) == [
        ("Prof. Nkem Adebayor", "", {"x": "nkem_a"}),
        ("Lise Holm", "", {"mastodon": "liseholm@social.example"}),
        ("Tamsin Rookby", "", {}),
    ]
    assert [label for label, _own, _body in issues(draft)] == ["Nights", "Visitors", "Staff"]
    assert quoted(draft) == [
        ("At three o'clock you hear every machine", "Patient 4"),
        ("They run. I would not want to stop one to chat.", "Patient 19, surgical ward"),
    ]
    assert kinds(draft) == ["section", "findings", "practice_implications", "limitations"]
    assert {"menu", "other", "share", "related", "subscribe", "footer"} == chrome(draft)


def test_a_german_page_with_people_in_a_row() -> None:
    draft = structured("german_page_with_row_of_names.html")
    assert draft.standfirst == "Eine neue Studie fragt Familien, was ihnen hilft."
    assert draft.study.title == "Mitgefangen: Familien im Schatten der Haft"
    assert (draft.study.url, draft.study.published) == ("https://studie.example/mitgefangen", "2024-02-14")
    assert people(draft) == [
        ("Dr. Anke Musterbach", "", {"x": "ankemuster"}),
        ("Jörg Beispielsen", "Universität Erfundenstadt", {}),
    ]
    assert issues(draft) == [
        ("Scham und Schweigen", "Scham", True),
        ("Geldsorgen", "Wenn das Geld fehlt", True),
        ("Besuche, die weh tun", "Der Besuchsraum", True),
    ]
    assert quoted(draft) == [
        ("Ich sage, er ist auf Montage.", "Mutter, 38"),
        ("Mein Sohn hat gefragt, ob er etwas falsch gemacht hat.", ""),
    ]
    assert kinds(draft) == ["section", "findings", "recommendations", "conclusion"]


def test_a_page_of_elementor_with_bold_headings() -> None:
    draft = structured("elementor_page.html")
    assert draft.standfirst == "Mothers behind bars are seldom asked. A new study asks."
    assert draft.study.title == "Half a mother: parenting from prison"
    assert people(draft) == [
        ("Dr Sunniva Grayling", "", {"bluesky": "sunniva.example"}),
        ("Bea Northolt", "expert by experience", {}),
        ("Tove Crane", "Invented Trust", {"linkedin": "in/tovecrane"}),
    ]
    assert issues(draft) == [
        ("The moment of sentence", "", True), ("Phone calls", "Calls", True), ("Coming home", "", True),
    ]  # fmt: skip
    assert quoted(draft) == [("I thought I was going home for tea.", "Mother of three")]
    assert [item["audiences"] for item in block(draft, "recommendations")["items"]] == [[], [], []]
    assert left_out(draft, "sponsor") == [
        "Women’s posts are sponsored by The Sample Foundation",
        "The Sample Foundation supports women in contact with the law.",
    ]


def test_lines_close_together_are_told_apart() -> None:
    draft = structured("lines_close_together.txt")
    assert draft.title == "Time out of school, time inside"
    assert draft.study.title == "Shut out: exclusion and custody"
    assert people(draft) == [("Dr Idris Quaye", "", {"x": "idrisquaye"}), ("Molly Fenwick", "", {"x": "mollyfen"})]
    assert [label for label, _own, _body in issues(draft)] == [
        "Exclusion comes early", "Nobody joins the dots", "Alternative provision is a waiting room",
        "Race matters", "Parents are not heard",
    ]  # fmt: skip
    assert quoted(draft) == [("It was colouring in. I was fourteen.", "Boy, 15")]
    assert [item["text"] for item in block(draft, "recommendations")["items"]] == [
        "<p>An end to exclusions in primary schools</p>",
        "<p>A single record for every child</p>",
        "<p>Full-time education for every excluded child within six days</p>",
    ]
    assert block(draft, "conclusion")["heading"] == "My view"
    assert draft.image_credit.text == "Featured image: Alex Sample"


def test_the_last_line_of_a_list_may_end_in_a_full_stop() -> None:
    lines = (
        "A title of words",
        "A long text.",
        "Recommendations",
        "They call for:",
        "More training",
        "More pay",
        "More staff.",
    )
    items = block(written("\n\n".join(lines)), "recommendations")["items"]
    assert [item["text"] for item in items] == ["<p>More training</p>", "<p>More pay</p>", "<p>More staff.</p>"]


def test_a_text_without_an_empty_line() -> None:
    draft = structured("no_empty_lines.txt")
    assert (draft.title, draft.study.published) == ("Searching women in prison", "2024-05-09")
    assert people(draft) == [
        ("Dr Ottoline Marsh", "", {"x": "ottolinemarsh"}),
        ("Gwen Tarrow", "Invented Inspectorate", {"x": "gwentarrow"}),
        ("Kezia Lund", "", {"bluesky": "kezia.lund.example"}),
    ]
    assert issues(draft) == [
        ("Lack of privacy", "Privacy", True),
        ("Trauma", "Old wounds", True),
        ("Record keeping", "Records that nobody reads", True),
        ("Staff confidence", "How sure staff feel", True),
        ("Use of dogs", "", False),
        ("Pregnant women", "Pregnancy", True),
    ]
    assert quoted(draft) == [("I could hear people walking by the whole time.", "Woman, HMP Invented")]
    assert len(block(draft, "recommendations")["items"]) == 3
    assert block(draft, "conclusion")["body"] == "<p>Safety and dignity are not opposites.</p>"
    assert draft.image_credit.url == "https://ida.example/"


def test_what_a_sponsor_and_a_site_say_below_a_text_is_left_out() -> None:
    draft = structured("sponsor_and_author_below.txt")
    assert draft.title == "Why people leave treatment early"
    assert [one.name for one in draft.credits] == ["Farid Nasseri", "Chloe Van Houten", "Dr. P. J. Ibbotson"]
    assert draft.study.title == "Leaving before the end: a qualitative study of drop-out"
    assert draft.study.doi == "10.5555/early.exit.2023"
    assert issues(draft)[1] == ("Being moved from worker to worker", "Moved around", True)
    assert quoted(draft) == [
        (
            "You tell your story and then you tell it again and then you stop telling it.",
            "Participant 22, female, 41",
        ),
        ("Everyone knows what the building is.", "Participant 3, male"),
    ]
    assert draft.body[-1].value == {
        "heading": "Conclusions",
        "body": "<p>Leaving is a message. We should read it.</p>",
    }
    assert "It runs services in twelve towns." in left_out(draft, "sponsor")[1]


def test_bold_headings_and_people_between_dashes() -> None:
    draft = structured("bold_headings.html")
    assert (draft.study.title, draft.study.published) == ("Clocking on: work after custody", "2023-09-21")
    assert people(draft) == [("Noor Blakeney", "", {"x": "noorblake"}), ("Piotr Zawada", "", {})]
    assert issues(draft) == [
        ("Employers are willing", "Employers", True),
        ("Housing comes first", "Housing", True),
        ("Banks say no", "Bank accounts", True),
    ]
    assert quoted(draft) == [("He is never late. I wish the others…", "Warehouse manager")]
    assert [item["audiences"] for item in block(draft, "recommendations")["items"]] == [
        ["Prison governors"], ["Policymakers"], [],
    ]  # fmt: skip


def test_a_spanish_text() -> None:
    draft = structured("spanish.txt")
    assert (draft.study.title, draft.study.published) == ("Tan cerca, tan lejos", "2023-04-05")
    assert people(draft) == [
        ("Dra. Inés Ficticia", "", {"x": "inesficticia"}),
        ("Raúl Inventado", "Universidad Imaginaria", {}),
    ]
    assert issues(draft) == [("La distancia", "", True), ("El dinero", "", True), ("El trato", "", False)]
    assert quoted(draft) == [("Salgo a las cinco de la mañana.", "Madre, 52")]


def test_a_line_may_say_who_wrote_a_review_and_when() -> None:
    draft = written(
        "<html><body><h1>Trauma-informed schools</h1><p>By <a href='/a'>Jun Testling</a> | 6 May 2022</p>"
        "<p><strong>Do trauma-informed schools exclude fewer children?</strong></p>"
        "<p>This is about a study by Marit Falsen, published in <i>Invented Education</i> in May 2022.</p>",
        "a.html",
    )
    assert [(one.name, one.contribution) for one in draft.credits] == [
        ("Marit Falsen", "study_author"),
        ("Jun Testling", "review_author"),
    ]
    assert draft.standfirst == "Do trauma-informed schools exclude fewer children?"
    assert left_out(draft, "other") == ["6 May 2022"]


def test_a_name_with_an_age_says_who_speaks() -> None:
    draft = written(
        "A title of words\n\nKey findings\n\nThey found two issues:\n\n1. Housing\n2. Money\n\nHousing\n\n"
        "Nobody should leave prison to sleep on the street, but one in eight does.\n\n"
        "“Every form has a box that I can't tick.” Tom, 34\n\nMoney\n\nThe discharge grant is £82.39.\n\n"
        "Our thoughts\n\nSad."
    )
    assert issues(draft) == [("Housing", "", True), ("Money", "", True)]
    assert quoted(draft) == [("Every form has a box that I can't tick.", "Tom, 34")]
    assert kinds(draft) == ["findings", "conclusion"]


def test_people_on_lines_below_a_heading_for_them_and_a_short_quote() -> None:
    draft = written(
        "A title of words\n\nA first text that is here.\n\nWho did the research?\n\n"
        "Lena Ferrant, University of Nowhere\n"
        "Bola Okoye, Invented Youth Trust\n\nFindings\n\nThey watched:\n\n"
        '"They zoom in."\n(Officer 8)\n\nConclusion\n\nThe end of it.'
    )
    assert people(draft) == [
        ("Lena Ferrant", "University of Nowhere", {}),
        ("Bola Okoye", "Invented Youth Trust", {}),
    ]
    assert (block(draft, "quote")["words"], block(draft, "quote")["who"]) == ("They zoom in.", "Officer 8")


def test_the_topic_below_the_title_of_a_copied_page_is_no_text() -> None:
    draft = written(
        "Skip to content\n\nWomen on the wing\n\nPrison\n\n14 February 2024\n\nShare on Twitter\n\n"
        "What it is like to work as a woman in a men's prison.\n\n"
        "A study published on 3 January 2024 looks at officers.\n\n"
        "Conclusion\n\nThe job is the same.\n\nOne Response\n\nLeave a Reply"
    )
    assert draft.title == "Women on the wing"
    assert draft.standfirst == "What it is like to work as a woman in a men's prison."
    assert "Prison" in left_out(draft, "other")
