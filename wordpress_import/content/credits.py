"""Who made a picture, where its caption says so."""

from __future__ import annotations

import re
from html import unescape

from research_reviews.intake.inline import links, plain, trimmed
from wordpress_import.content.placing import INLINE

IMAGE = r"(?:photo(?:graph)?s?|images?|pictures?|illustrations?|foto|bild|abbildung|imagen|fotografía)"
SPACE = r"(?:</?[a-z]++[^<>]*+>|\s)*+"
# At the beginning, or after the end of a sentence, a bracket, a bar or a dash.
CREDIT = re.compile(
    r"(?:^|(?<=[.;,|(\[)\]>!?:–—-])|(?<=[.;,|(\[)\]>!?:–—-]\s)|(?<=\n))"
    rf"(?={SPACE}(?:{IMAGE}(?:\s+(?:credits?|courtesy|source|copyright))?{SPACE}[:©]|{IMAGE}\s+courtesy\s+of\b"
    rf"|{IMAGE}\s+by\s+(?-i:[^\Wa-z\d_]|<)|(?:credits?|source|quelle|fuente|crédit(?:\s+photo)?){SPACE}:"
    r"|courtesy\s+of\b|©|\(c\)))",
    re.IGNORECASE,
)
EDGES = re.compile(r"[\s|(\[–—-]+$")
# As much as an image's credit holds. What is longer is rather a sentence about the picture.
LONGEST = 255
LONGEST_CAPTION = 5_000


def split_credit(caption: str) -> tuple[str, str, str]:
    """Return a caption (inline HTML) without its credit, the credit as plain text, and where that leads.

    "Figure 2. Photo: <a href=…>Jane Roe</a>" becomes "Figure 2.", "Photo: Jane Roe" and the address. Without a credit
    the caption comes back as it is.
    """
    match = CREDIT.search(caption) if len(caption) <= LONGEST_CAPTION else None
    if match is None:
        return caption, "", ""
    rest = caption[match.start() :]
    # An opening bracket before the credit belongs to the closing one after it.
    before = EDGES.sub("", caption[: match.start()])
    credit = plain(rest)
    if caption[: match.start()].rstrip().endswith(("(", "[")):
        credit = credit.rstrip(" )].")
    if not credit or len(credit) > LONGEST:
        return caption, "", ""
    addresses = [address for _words, address in links(INLINE.clean(rest)) if address.startswith("http")]
    return trimmed(INLINE.clean(before)), credit, unescape(addresses[0]) if addresses else ""
