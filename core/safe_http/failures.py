"""Why nothing came: each a sentence for the person who asked."""

from __future__ import annotations


class FetchFailed(Exception):  # noqa: N818 - named for what happened
    """Nothing usable came. Its text is a sentence that an editor can read."""


class Refused(FetchFailed):
    """The address is none that is asked: asking again changes nothing."""


class TooLarge(FetchFailed):
    """There is more than was to be taken."""


class TooSlow(FetchFailed):
    """The time was over before the answer was complete."""


class Unreachable(FetchFailed):
    """There is no such server, or it broke off."""
