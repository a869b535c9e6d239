"""The addresses of an old site, in one form each, however they were written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from wordpress_import.records import ItemRecord

# Parameters by which WordPress names a post, a page or a file in place of a path.
ID_PARAMETERS = ("p", "page_id", "attachment_id")
# The last is where this project keeps them: `export_site` names them so.
UPLOADS = re.compile(
    r"/(?:wp-content/uploads|wp-content/blogs\.dir/\d+/files|files|media(?=/(?:original_images|documents)/))/(.+)$"
)
# WordPress.com serves `name.files.wordpress.com/2019/01/x.png`, and Photon `i0.wp.com/host/wp-content/uploads/…`.
FILES_HOST = re.compile(r"\.files\.wordpress\.com$")
MONTH = re.compile(r"^/(\d{4}/\d{2}/.+)$")
# What WordPress adds to the names of the sizes that it makes, and of what was edited there.
SIZE = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{10,13})(?=(?:-\d{1,5}x\d{1,5})?\.[A-Za-z0-9]{2,5}$)")


@dataclass(frozen=True)
class OldSite:
    """Tells an old site's addresses from others. `key` is SiteRecord.key."""

    key: str

    @property
    def host(self) -> str:
        """The host, without `www.` and port."""
        return self.key.partition("/")[0].partition(":")[0]

    @property
    def folder(self) -> str:
        """The path below which the blog lies, without a slash at its end; empty for the root."""
        return "".join(self.key.partition("/")[1:]).rstrip("/")

    def local(self, url: str) -> str | None:
        """Return an address of the site as its path, decoded and without a slash at its end; None for another site's.

        Of the query only an id is kept, as in `/?p=12`. Scheme, `www.`, the part after # and campaign tags do not
        matter. A relative address is one of the site.
        """
        try:
            parts = urlsplit(url.strip().replace("&#038;", "&").replace("&amp;", "&"))
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https") or (host and host != self.host):
            return None
        if not host and not parts.path.startswith("/") and not parts.query:
            return None
        path = canonical_path(parts.path)
        is_root = path in ("/", self.folder, f"{self.folder}/index.php", "/index.php")
        if is_root and (number := id_in(parts.query)):
            return f"{self.folder}/?p={number}"
        return path


def canonical_path(path: str) -> str:
    """Return a path decoded, in composed characters and without a slash at its end."""
    decoded = unicodedata.normalize("NFC", unquote(path, errors="replace"))
    return re.sub(r"/{2,}", "/", decoded).rstrip("/") or "/"


def id_in(query: str) -> int:
    """Return the id of a post, page or file that a query names; 0 for none. They share one row of numbers."""
    values = parse_qs(query)
    named = [values[name][0] for name in ID_PARAMETERS if name in values]
    return int(named[0]) if named and named[0].isascii() and named[0].isdigit() and len(named[0]) < 16 else 0


def old_paths(item: ItemRecord, site: OldSite) -> list[str]:
    """Return every path at which readers found a post or page, its present one first, in the form of `local`."""
    paths = [path for path in (site.local(item.link),) if path and path != "/"]
    if paths and "?" not in paths[0]:
        stem = paths[0].rpartition("/")[0]
        paths += [f"{stem}/{canonical_path(slug).strip('/')}" for slug in item.meta.get("_wp_old_slug", []) if slug]
        dated = re.fullmatch(r"(.*)/\d{4}/\d{2}(?:/\d{2})?/([^/]+)", paths[0])
        for day in item.meta.get("_wp_old_date", []) if dated else ():
            year_month = "/".join(day.split("-")[:2])
            paths.append(f"{dated[1]}/{year_month}/{dated[2]}")  # type: ignore[index]
    if item.wp_id > 0:
        paths.append(f"{site.folder}/?p={item.wp_id}")
    return list(dict.fromkeys(paths))


def upload_path(url: str) -> str | None:
    """Return where a file lies below the folder of uploads, such as `2019/01/é.png`; None for another address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    path = re.sub(r"/{2,}", "/", unquote(parts.path, errors="replace"))
    found = UPLOADS.search(path)
    if not found and FILES_HOST.search(parts.hostname or ""):
        found = MONTH.match(path)
    if not found or ".." in found[1].split("/") or "\0" in found[1]:
        return None
    return unicodedata.normalize("NFC", found[1])


def original(path: str) -> str:
    """Return the path of the file that a size was made of: `2019/01/x-1024x683.png` was made of `2019/01/x.png`."""
    return SIZE.sub("", path)
