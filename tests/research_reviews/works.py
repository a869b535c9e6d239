"""Works to cite, as records: what real titles and names do to a format, and what nobody would think of."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import strategies as st

from research_reviews.citations.record import CitationRecord, Creator, Kind
from research_reviews.partial_date import PartialDate

ODESSA = Creator("Odessa Quillfeather", "Quillfeather", "Odessa")
VAN_DER_BERG = Creator("Jan Willem van der Berg", "van der Berg", "Jan Willem")
MINISTRY = Creator("Ministry of Justice and Waiting", is_organisation=True)
NG = Creator("Li Ng", "Ng", "Li")

POST = CitationRecord(
    Kind.POST,
    "Peer support in prisons: what helps, and what “harms”",
    (ODESSA, VAN_DER_BERG),
    container="Research Reviews",
    issued=PartialDate(2025, 3, 4),
    url="https://example.org/reviews/peer-support/",
    accessed=PartialDate(2026, 1, 7),
    language="en-GB",
    abstract="What three prisons do at night.",
)
ARTICLE = CitationRecord(
    Kind.ARTICLE,
    "Listening at night: peer support in three prisons",
    (ODESSA, VAN_DER_BERG, MINISTRY, NG),
    container="Journal of Invented Research",
    publisher="Invented Press",
    volume="12",
    issue="3",
    pages="101–119",
    issued=PartialDate(2023, 5),
    doi="10.5555/listening.12",
    url="https://doi.org/10.5555/listening.12",
    accessed=PartialDate(2026, 1, 7),
)
REPORT = CitationRecord(
    Kind.REPORT,
    "Statistics of waiting rooms in England 2021 to 2022",
    (MINISTRY,),
    publisher="Ministry of Justice and Waiting",
    issued=PartialDate(2022),
    url="https://example.org/report.pdf",
    accessed=PartialDate(2026, 1, 7),
)

# Everything that means something in RIS, BibTeX, LaTeX, JSON, HTML or an address, and every kind of letter.
NASTY = [
    *(
        "{",
        "}",
        "{{",
        "}}",
        "\\",
        "\\{",
        "$",
        "$x^2$",
        "%",
        "&",
        "#",
        "_",
        "^",
        "~",
        "`",
        '"',
        "''",
        "--",
        "---",
        "<i>",
    ),
    *(
        "ER  - ",
        "TY  - JOUR",
        "\nER  - ",
        "\r\n",
        "\x00",
        "\x0b",
        "\u2028",
        "\x85",
        "\ud800",
        "@article{x,",
        "\\end{x}",
    ),
    *("and", " and ", "AND", "others", ",", ", ", ";", "=", "+", "%20", "&amp;", "&#39;", "</span>", "]]>", "“", "’"),
    *(
        "é",
        "e\u0301",
        "\u0301",
        "ß",
        "Ł",
        "الكتاب",
        "研究",
        "नमस्ते",
        "👩‍🔬",
        "\u200f",
        "\ufeff",
        "a",
        "The",
        "Study",
        " ",
        "von",
    ),
]
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=5)), max_size=8).map("".join)
words = texts.filter(lambda text: any(map(str.isalnum, text)))
dates = st.one_of(
    st.builds(PartialDate, st.integers(1500, 2200)),
    st.builds(PartialDate, st.integers(1500, 2200), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1500, 2200), st.integers(1, 12), st.integers(1, 28)),
)
creators = st.one_of(
    st.builds(Creator, words, words, st.one_of(st.just(""), words)),
    st.builds(Creator, words, is_organisation=st.booleans()),
)
records = st.builds(
    CitationRecord,
    st.sampled_from(Kind),
    words,
    st.lists(creators, max_size=4).map(tuple),
    container=texts,
    publisher=texts,
    volume=texts,
    issue=texts,
    pages=texts,
    issued=st.none() | dates,
    doi=st.just("") | words.map(lambda text: f"10.5555/{text}"),
    url=st.just("") | words.map(lambda text: f"https://example.org/{quote(text, safe=';/', errors='replace')}"),
    accessed=st.none() | dates,
    language=st.sampled_from(["", "en-GB", "ar"]),
    abstract=texts,
    note=texts,
)
