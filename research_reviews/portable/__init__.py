"""A review as JSON and back, with everything that it holds: how it leaves this site and comes to another.

docs/export-format.md describes the format; `review.schema.json` beside this file is its JSON Schema.
"""

from research_reviews.portable.known import Known, as_written, chosen_in, fetch, gather
from research_reviews.portable.reading import PortableError, Things, from_json
from research_reviews.portable.taking import SiteThings
from research_reviews.portable.writing import FORMAT, SCHEMA, VERSION, Writer, to_json

__all__ = [
    "FORMAT",
    "SCHEMA",
    "VERSION",
    "Known",
    "PortableError",
    "SiteThings",
    "Things",
    "Writer",
    "as_written",
    "chosen_in",
    "fetch",
    "from_json",
    "gather",
    "to_json",
]
