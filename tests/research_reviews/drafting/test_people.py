"""Who a credit means: iD before handle before name, whatever the spelling, and never one kind for the other."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from research_reviews.drafting.people import Directory, folded_name, matches, parts_of, unplaced
from research_reviews.intake.draft import CreditDraft
from research_reviews.models import Person

pytestmark = pytest.mark.django_db

ORCID, OTHER_ORCID = "0000-0002-1825-0097", "0000-0001-5109-3700"


def person(name: str, **fields: Any) -> Person:
    made: Person = Person.objects.create(name=name, **fields)
    return made


def test_an_orcid_id_counts_before_a_handle_and_a_handle_before_a_name() -> None:
    by_name = person("Ada Example")
    by_handle = person("A. Example", x="ada_example")
    by_orcid = person("Ada M. Example", orcid=ORCID)

    found = matches(
        [
            CreditDraft("Ada Example", handles={"x": "ada_example"}, orcid=f"https://orcid.org/{ORCID}"),
            CreditDraft("Ada Example", handles={"x": "@Ada_Example"}),
            CreditDraft("Ada Example"),
        ]
    )

    assert [(match.pk, match.by) for match in found if match] == [
        (by_orcid.pk, "orcid"),
        (by_handle.pk, "handle"),
        (by_name.pk, "name"),
    ]


@pytest.mark.parametrize(
    "spelling",
    [
        "Dr Zoë Example",
        "Prof. Dr. zoe  EXAMPLE",
        "Professor Zoe\u0308 Example",
        "Zoé Example, PhD",
        "Sir Zoe Example MBE",
    ],
)
def test_titles_case_accents_and_degrees_do_not_matter(spelling: str) -> None:
    assert folded_name(spelling) == "zoe example"


def test_names_that_are_nothing_but_titles_and_names_in_other_scripts_stay_names() -> None:
    assert folded_name("Dr") == "dr"
    assert folded_name("Miss") == "miss"
    assert folded_name("王小明") == "王小明"
    assert folded_name("Drake Example") == "drake example"
    assert folded_name("Hon Example") == "example"


def test_an_organisation_is_never_taken_for_a_person_nor_a_person_for_it() -> None:
    person("Mind Example", is_organisation=True, x="mind_example")

    assert matches([CreditDraft("Mind Example", handles={"x": "mind_example"})]) == [None]
    (match,) = matches([CreditDraft("mind example", is_organisation=True)])
    assert match


def test_a_name_does_not_make_one_of_two_people_with_different_ids() -> None:
    person("Ada Example", orcid=OTHER_ORCID)
    namesake = person("Ada Example", orcid=ORCID)

    assert matches([CreditDraft("Ada Example", orcid="0000-0002-9079-593X")]) == [None]
    (match,) = matches([CreditDraft("Ada Example", orcid=ORCID)])
    assert match
    assert match.pk == namesake.pk


def test_many_credits_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(5):
        person(f"Person {number}")

    with django_assert_num_queries(1):
        found = matches([CreditDraft(f"person {number}") for number in range(100)])

    assert sum(match is not None for match in found) == 5


def test_somebody_new_is_made_once_with_clean_handles_and_names_for_citations() -> None:
    directory = Directory()
    credit = CreditDraft(
        "Dr Ada van Example", handles={"x": "https://x.com/ada", "mastodon": "@ada@social.example"}, orcid=ORCID
    )

    first, second = directory.find_or_make(credit), directory.find_or_make(CreditDraft("ada van example"))

    assert first == second
    made = Person.objects.get()
    assert (made.given_name, made.family_name) == ("Ada", "van Example")
    assert (made.x, made.mastodon, made.orcid, made.slug) == ("ada", "ada@social.example", ORCID, "dr-ada-van-example")
    made.full_clean()


def test_two_people_of_one_name_get_two_addresses() -> None:
    directory = Directory()

    slugs = [directory.make(CreditDraft("Ada Example")).slug for _number in range(3)]

    assert slugs == ["ada-example", "ada-example-2", "ada-example-3"]


def test_handles_join_a_profile_known_by_its_id_but_not_one_known_by_its_name() -> None:
    known, namesake = person("Ada Example", orcid=ORCID), person("Ben Example")
    directory = Directory()

    directory.find_or_make(CreditDraft("A. Example", orcid=ORCID, handles={"x": "ada"}))
    directory.find_or_make(CreditDraft("Ben Example", handles={"x": "ben"}))

    known.refresh_from_db()
    namesake.refresh_from_db()
    assert (known.x, known.name, namesake.x) == ("ada", "Ada Example", "")


def test_what_no_field_takes_is_told() -> None:
    credit = CreditDraft("Ada", handles={"x": "not a handle!", "linkedin": "ada"}, orcid="1234", website="javascript:x")

    assert unplaced(credit) == ["not a handle!", "1234", "javascript:x"]
    assert Directory().make(credit).linkedin == "in/ada"


def test_a_name_that_is_too_long_or_of_one_word_is_kept_as_far_as_it_fits() -> None:
    assert parts_of("Plato") == ("", "Plato")
    made = Directory().make(CreditDraft("Ada " * 200))
    made.full_clean()
    assert made.name.endswith("…")
