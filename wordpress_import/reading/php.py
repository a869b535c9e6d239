"""Values that PHP serialised, as plugins and WordPress keep them in custom fields. Nothing in them is ever run.

Format: https://www.php.net/manual/en/function.serialize.php
"""

from __future__ import annotations

import re
from typing import Any

import phpserialize

LONGEST = 2 << 20
# A string ends where another value, the end of the array or of everything follows, whatever its length says.
STRING_START = re.compile(rb's:\d{1,9}:"')
STRING_END = re.compile(rb'";(?=[aidbsO]:-?\d|N;|\}|\Z)')
ERRORS = (ValueError, TypeError, OverflowError, RecursionError, MemoryError)


def load(text: str) -> Any:
    """Return the value: arrays and the members of objects as dictionaries, strings decoded.

    Lengths that a change of host or encoding made wrong are counted anew. Raises ValueError for anything else.
    """
    content = text.strip().encode("utf-8", "surrogateescape")
    if len(content) > LONGEST:
        raise ValueError("The value is too long to be a field of WordPress.")
    try:
        return loaded(content)
    except ERRORS:
        pass
    try:
        return loaded(counted_anew(content))
    except ERRORS as error:
        raise ValueError("The value is not what PHP serialises.") from error


def loaded(content: bytes) -> Any:
    """Return the value as the library reads it."""
    return phpserialize.loads(
        content, decode_strings=True, errors="replace", object_hook=lambda _name, members: dict(members)
    )


def counted_anew(content: bytes) -> bytes:
    """Return the value with the length of each string as it is."""
    parts = []
    position = 0
    while (start := STRING_START.search(content, position)) and (end := STRING_END.search(content, start.end())):
        string = content[start.end() : end.start()]
        parts += [content[position : start.start()], b's:%d:"%s";' % (len(string), string)]
        position = end.end()
    return b"".join(parts) + content[position:]


def mapping(text: str) -> dict[Any, Any]:
    """Return the array with its keys, and an empty one for anything that is none."""
    try:
        value = load(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
