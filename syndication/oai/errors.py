"""What can be wrong with a request, by the protocol's codes."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """The protocol's error codes."""

    BAD_ARGUMENT = "badArgument"
    BAD_RESUMPTION_TOKEN = "badResumptionToken"  # noqa: S105
    BAD_VERB = "badVerb"
    CANNOT_DISSEMINATE_FORMAT = "cannotDisseminateFormat"
    ID_DOES_NOT_EXIST = "idDoesNotExist"
    NO_METADATA_FORMATS = "noMetadataFormats"
    NO_RECORDS_MATCH = "noRecordsMatch"
    NO_SET_HIERARCHY = "noSetHierarchy"


# After these, an answer does not repeat the arguments: they cannot be told from each other, or are no arguments.
UNREADABLE = {Code.BAD_ARGUMENT, Code.BAD_VERB}


class OaiError(Exception):
    """A request that cannot be answered: one or several codes, each with a sentence for a person."""

    def __init__(self, *faults: tuple[Code, str]) -> None:
        super().__init__(*faults)
        self.faults = faults

    @property
    def is_readable(self) -> bool:
        """Whether the arguments can be repeated in the answer."""
        return UNREADABLE.isdisjoint(code for code, _sentence in self.faults)
