"""Names of files that every file system takes, whatever script a slug is written in."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

# A file system's limit is 255 bytes, and letters of some scripts take four; an ending of ours follows.
LONGEST = 160
# What Windows or a shell would take for something else.
UNSAFE = re.compile(r"[\x00-\x20\x7f<>:\"/\\|?*%]+")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_name(text: str) -> str:
    """Return the text as the name of a file, without an ending. The same text always makes the same name."""
    name = UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-. ")
    if not name or RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name.encode()) <= LONGEST:
        return name
    cut = name.encode()[: LONGEST - 9].decode(errors="ignore")
    return f"{cut}-{sha256(name.encode()).hexdigest()[:8]}"


class Names:
    """Gives each thing a name of its own, also where a file system takes large and small letters for the same."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def of(self, text: str, pk: int) -> str:
        """Return a name for the thing. The second of the same name has its key in it."""
        name = safe_name(text)
        if name.casefold() in self.taken:
            name = f"{name}-{pk}"
        self.taken.add(name.casefold())
        return name
