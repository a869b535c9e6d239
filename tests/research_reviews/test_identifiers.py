"""Identifiers and handles, as editors paste them: corrected, or refused with a word that helps."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from research_reviews.handles import HANDLE_FIELDS, NETWORKS, clean_handle, handle_link
from research_reviews.identifiers import clean_doi, clean_orcid, clean_ror, doi_url, orcid_check_character


@pytest.mark.parametrize(
    "pasted",
    [
        "0000-0002-1694-233X",
        "0000-0002-1694-233x",
        "https://orcid.org/0000-0002-1694-233X",
        "http://www.orcid.org/0000-0002-1694-233x/",
        "https://orcid.org/0000-0002-1694-233X?lang=en",
        "orcid.org/0000-0002-1694-233X",
        "ORCID: 0000-0002-1694-233X",
        "000000021694233X",
        "0000 0002 1694 233X",
        "0000–0002–1694–233X",
        "\u200e0000-0002-1694-233X\u200b",
        "  0000-0002-1694-233X\n",
    ],
)
def test_an_orcid_id_is_taken_in_every_form_that_people_paste(pasted: str) -> None:
    assert clean_orcid(pasted) == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "pasted",
    [
        "0000-0002-1694-2339",
        "https://orcid.org/0000-0002-1825-0098",
        "0000-0002-1825-009",
        "0000-0002-1825-00977",
        "https://orcid.example/0000-0002-1825-0097",
        "\u0660\u0660\u0660\u0660-0002-1825-0097",
        "javascript:0000-0002-1825-0097",
        "Ada Example",
    ],
)
def test_what_is_no_orcid_id_is_refused(pasted: str) -> None:
    with pytest.raises(ValidationError, match="not an ORCID iD"):
        clean_orcid(pasted)


@given(st.text(alphabet="0123456789", min_size=15, max_size=15))
def test_every_id_with_the_right_check_character_is_taken_and_with_another_refused(digits: str) -> None:
    right = orcid_check_character(digits)
    wrong = "0123456789X"[("0123456789X".index(right) + 1) % 11]

    assert clean_orcid(digits + right).replace("-", "") == digits + right
    with pytest.raises(ValidationError):
        clean_orcid(digits + wrong)


SICI = "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1"


@pytest.mark.parametrize(
    ("pasted", "doi"),
    [
        ("10.1234/Abc.D-5", "10.1234/abc.d-5"),
        ("doi:10.1234/ABC", "10.1234/abc"),
        ("DOI: 10.1234/abc", "10.1234/abc"),
        ("urn:doi:10.1234/abc", "10.1234/abc"),
        ("info:doi/10.1234/abc", "10.1234/abc"),
        ("https://doi.org/10.1234/abc", "10.1234/abc"),
        ("http://dx.doi.org/10.1234/abc", "10.1234/abc"),
        ("doi.org/10.1234/abc", "10.1234/abc"),
        ("https://www.doi.org/10.1234/abc?nosfx=y#top", "10.1234/abc"),
        ("https://doi.org/10.1234%2Fabc", "10.1234/abc"),
        ("10.1234%2Fabc", "10.1234/abc"),
        ("10.1234/abc.", "10.1234/abc"),
        ("(10.1234/abc),", "10.1234/abc"),
        ("“10.1234/abc”;", "10.1234/abc"),
        ("10.1234/abc(12)", "10.1234/abc(12)"),
        ("10.1234/abc(12)).", "10.1234/abc(12)"),
        ("10.1234.56/abc", "10.1234.56/abc"),
        ("10.1234/\u200babc", "10.1234/abc"),
        (SICI.upper(), SICI),
        ("https://doi.org/10.1002/(SICI)1096-8644(199601)99:1%3C1::AID-AJPA1%3E3.0.CO;2-1", SICI),
    ],
)
def test_a_doi_is_taken_in_every_form_that_people_paste(pasted: str, doi: str) -> None:
    assert clean_doi(pasted) == doi


@pytest.mark.parametrize(
    "pasted",
    [
        "10.1234",
        "10.1234/",
        "10.1/abc",
        "11.1234/abc",
        "10.1234/a b",
        "10.1234/a\0b",
        "\u0661\u0660.1234/abc",
        "see the journal",
    ],
)
def test_what_is_no_doi_is_refused_with_an_example(pasted: str) -> None:
    with pytest.raises(ValidationError, match=re.escape("10.1234/abc")):
        clean_doi(pasted)


def test_a_doi_with_characters_that_addresses_may_not_hold_is_still_a_link() -> None:
    assert doi_url(SICI) == "https://doi.org/10.1002/(sici)1096-8644(199601)99:1%3C1::aid-ajpa1%3E3.0.co;2-1"
    assert clean_doi(doi_url("10.1234/a#b?c%d")) == "10.1234/a#b?c%d"


@pytest.mark.parametrize(
    "pasted",
    ["https://ror.org/05a28rw58", "http://ror.org/05a28rw58/", "ror.org/05A28RW58", "05a28rw58", " 05a28rw58 "],
)
def test_a_ror_id_is_taken_in_every_form(pasted: str) -> None:
    assert clean_ror(pasted) == "https://ror.org/05a28rw58"


@pytest.mark.parametrize("genuine", ["013meh722", "052gg0110", "00f54p054", "001w7jn25", "029chgv08"])
def test_ids_in_use_have_the_right_check_digits(genuine: str) -> None:
    assert clean_ror(genuine) == f"https://ror.org/{genuine}"


@pytest.mark.parametrize(
    "pasted", ["05a28rw59", "https://ror.org/05a28rw5", "https://ror.example/05a28rw58", "Wellcome"]
)
def test_what_is_no_ror_id_is_refused_with_an_example(pasted: str) -> None:
    with pytest.raises(ValidationError, match="05a28rw58"):
        clean_ror(pasted)


@pytest.mark.parametrize(
    ("field", "pasted", "handle", "address"),
    [
        ("x", "@peer_support", "peer_support", "https://x.com/peer_support"),
        ("x", "\uff20peer", "peer", "https://x.com/peer"),
        ("x", "https://x.com/Peer", "Peer", "https://x.com/Peer"),
        ("x", "https://mobile.twitter.com/peer/?lang=en", "peer", "https://x.com/peer"),
        ("x", "https://x.com/peer/status/1234", "peer", "https://x.com/peer"),
        ("x", "twitter.com/#!/peer", "peer", "https://x.com/peer"),
        ("bluesky", "@Name.bsky.social", "name.bsky.social", "https://bsky.app/profile/name.bsky.social"),
        (
            "bluesky",
            "https://bsky.app/profile/example.org/post/3k",
            "example.org",
            "https://bsky.app/profile/example.org",
        ),
        ("bluesky", "at://example.org", "example.org", "https://bsky.app/profile/example.org"),
        ("mastodon", "@name@server.example", "name@server.example", "https://server.example/@name"),
        ("mastodon", "Name@SERVER.example", "Name@server.example", "https://server.example/@Name"),
        ("mastodon", "acct:name@server.example", "name@server.example", "https://server.example/@name"),
        ("mastodon", "https://server.example/@name", "name@server.example", "https://server.example/@name"),
        (
            "mastodon",
            "https://server.example/web/@name/1234?x=1",
            "name@server.example",
            "https://server.example/@name",
        ),
        ("mastodon", "https://server.example/users/name", "name@server.example", "https://server.example/@name"),
        ("mastodon", "https://server.example/@name@home.example", "name@home.example", "https://home.example/@name"),
        ("linkedin", "jane-doe", "in/jane-doe", "https://www.linkedin.com/in/jane-doe/"),
        ("linkedin", "in/jane-doe/", "in/jane-doe", "https://www.linkedin.com/in/jane-doe/"),
        ("linkedin", "https://uk.linkedin.com/in/jane?trk=x", "in/jane", "https://www.linkedin.com/in/jane/"),
        ("linkedin", "linkedin.com/in/jane/details/skills/", "in/jane", "https://www.linkedin.com/in/jane/"),
        ("linkedin", "https://www.linkedin.com/company/acme", "company/acme", "https://www.linkedin.com/company/acme/"),
        (
            "linkedin",
            "https://www.linkedin.com/in/j%C3%BCrgen",
            "in/jürgen",
            "https://www.linkedin.com/in/j%C3%BCrgen/",
        ),
    ],
)
def test_a_handle_is_stored_clean_and_shown_as_a_link(field: str, pasted: str, handle: str, address: str) -> None:
    assert clean_handle(field, pasted) == handle
    assert handle_link(field, handle).url == address
    assert clean_handle(field, address) == handle


@pytest.mark.parametrize(
    ("field", "pasted"),
    [
        ("x", "more_than_fifteen"),
        ("x", "péer"),
        ("x", "@"),
        ("x", "https://x.com/"),
        ("x", "https://x.com/home"),
        ("x", "https://x.example/peer"),
        ("x", "peer support"),
        ("bluesky", "name"),
        ("bluesky", "n\u0430me.bsky.social"),
        ("bluesky", "-name.bsky.social"),
        ("bluesky", f"{'a' * 64}.bsky.social"),
        ("bluesky", "https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur"),
        ("mastodon", "@name"),
        ("mastodon", "name@localhost"),
        ("mastodon", "https://server.example/"),
        ("mastodon", "https://other@server.example/@name"),
        ("mastodon", "https://server.example:8080/@name"),
        ("mastodon", "n\u0430me@server.example"),
        ("mastodon", "javascript:alert(1)//@name"),
        ("linkedin", "https://www.linkedin.com/in/"),
        ("linkedin", "https://www.linkedin.com/feed/"),
        ("linkedin", "https://linkedin.example/in/jane"),
        ("linkedin", "in/%2e%2e%2fadmin"),
        ("linkedin", '"><script>'),
    ],
)
def test_what_is_no_handle_is_refused_with_the_networks_name_and_an_example(field: str, pasted: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_handle(field, pasted)

    assert NETWORKS[field].name in refusal.value.messages[0]
    assert NETWORKS[field].example in refusal.value.messages[0]


@given(st.sampled_from(HANDLE_FIELDS), st.text(max_size=80))
def test_whatever_is_taken_is_a_link_to_the_network_and_is_taken_again(field: str, pasted: str) -> None:
    try:
        handle = clean_handle(field, pasted)
    except ValidationError:
        return
    assert clean_handle(field, handle) == handle
    if handle:
        assert re.fullmatch(r"https://[a-z0-9.-]+/[A-Za-z0-9@%./_~'-]+", handle_link(field, handle).url)
        assert clean_handle(field, handle_link(field, handle).url) == handle


@pytest.mark.parametrize("clean", [clean_orcid, clean_doi, clean_ror])
def test_nothing_stays_nothing(clean: object) -> None:
    assert callable(clean)
    assert clean("") == clean(" \u200b\n") == ""
