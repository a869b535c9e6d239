"""Files of the old site, fetched from it: several at once, each once, tried again where the host is busy."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from core.safe_http import Answer, FetchFailed, Refused, download
from research_reviews.lookups.client import seconds_to_wait
from wordpress_import.writing.addresses import original
from wordpress_import.writing.storing import FileError

AT_ONCE = 6
SECONDS = 15
# Waits before the second, third and fourth try, in seconds.
WAITS = (0.5, 1.5, 4.0)
LONGEST_WAIT = 20.0
TRIED_AGAIN = {408, 425, 429, 500, 502, 503, 504}


class Host:
    """Fetches files and keeps them until the import is over, so that a run which was stopped does not ask again."""

    is_slow = True

    def __init__(self, site: str, allows_private_hosts: bool = False) -> None:
        name = hashlib.sha256(site.encode()).hexdigest()[:16]
        self.folder = Path(settings.STATE_DIR) / "wordpress-files" / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.allows_private_hosts = allows_private_hosts
        self.failures: dict[str, str] = {}

    def ahead(self, urls: Iterable[str]) -> None:
        """Fetch several files at once. What fails is told when it is asked for."""
        wanted = [url for url in dict.fromkeys(urls) if not self._place(url).exists()]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for url, failure in zip(wanted, pool.map(self._failure, wanted), strict=True):
                if failure:
                    self.failures[url] = failure

    def find(self, url: str) -> Path:
        """Return the file of an address, fetched where it is not here yet. Raises FileError."""
        place = self._place(url)
        if not place.exists() and url not in self.failures:
            self.ahead([url])
        if url in self.failures:
            raise FileError(self.failures[url])
        return place

    def forget(self, url: str) -> None:
        """Drop what came in place of a file, such as a page that says it is gone: another run asks again."""
        self._place(url).unlink(missing_ok=True)

    def _place(self, url: str) -> Path:
        return self.folder / hashlib.sha256(url.encode()).hexdigest()[:40]

    def _failure(self, url: str) -> str:
        """Fetch a file, or the smaller size where its original is gone. Returns why it could not be, else nothing."""
        failure = ""
        for address in dict.fromkeys((original(url), url)):
            failure = self._fetched(address, self._place(url))
            if not failure:
                return ""
        return failure

    def _fetched(self, url: str, place: Path) -> str:
        failure = ""
        for wait in (*WAITS, None):
            try:
                answer = self._ask(encoded(url), place)
            except Refused as error:
                return str(error)
            except FetchFailed as error:
                failure, wanted = str(error), None
            else:
                if answer.status == 200:
                    return ""
                failure = _("The old site answers %d.") % answer.status
                if answer.status not in TRIED_AGAIN:
                    return failure
                wanted = seconds_to_wait(answer.headers)
            if wait is not None:
                time.sleep(min(LONGEST_WAIT, wanted or wait))
        return failure

    def _ask(self, url: str, place: Path) -> Answer:
        part = place.with_suffix(".part")
        with part.open("wb") as file:
            answer = download(
                url, file, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE, SECONDS, allow_private=self.allows_private_hosts
            )
        if answer.status == 200:
            # In one step: a file that is there is whole.
            part.replace(place)
        return answer


def encoded(url: str) -> str:
    """Return an address as it can be asked for: exports have names in any script, not always encoded."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=quote(parts.path, safe="/%~:@!$&'()*+,;=-._")))
