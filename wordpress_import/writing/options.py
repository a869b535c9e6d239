"""What a run is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wordpress_import.writing.mapping import Mapping


@dataclass(frozen=True)
class Options:
    """`into` is the list of reviews; `uploads` a copy of the old site's wp-content/uploads, on this machine."""

    into: Any
    uploads: Path | None = None
    fetches_media: bool = False
    allows_private_hosts: bool = False
    mapping: Mapping = field(default_factory=Mapping)
    is_dry: bool = False
    retries_failed: bool = False
    user: Any = None

    @property
    def has_media(self) -> bool:
        """Whether images and files are looked for."""
        return bool(self.uploads or self.fetches_media)
