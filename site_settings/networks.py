"""Where readers can share an address: links that open another site's own form, filled in.

None needs a script, an account of ours or an app's id, and nothing is asked of the network before the reader follows
the link. Where each one's address comes from:

- E-mail: RFC 6068.
- Bluesky: "Action Intent Links", docs.bsky.app.
- Mastodon: the project's own tool, which asks for the reader's server (blog.joinmastodon.org, March 2026). What stands
  behind the # stays in the reader's browser.
- LinkedIn: the address that its Share Plugin opens (learn.microsoft.com). It reads the title from the page.
- Facebook: the address that its Share Button opens without its script (developers.facebook.com). Takes no title.
- X: "Web Intent", docs.x.com.
- Threads: "Web Intents", developers.facebook.com.
- WhatsApp: "How to use click to chat", faq.whatsapp.com.
- Telegram: "Sharing Button", core.telegram.org.
- Reddit: the address of its own form for links, whose fields can be filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Network:
    """A network and its address, which stands open for {url}, {title} or {both}: the title, a blank and the url."""

    name: str | Promise
    template: str

    def address(self, url: str, title: str) -> str:
        """Return the link that shares url under the title."""
        title = " ".join(title.split())
        parts = {"url": url, "title": title, "both": f"{title} {url}"}
        return self.template.format_map({name: encoded(part) for name, part in parts.items()})


EMAIL = Network(_("E-mail"), "mailto:?subject={title}&body={url}")
NETWORKS = {
    "bluesky": Network("Bluesky", "https://bsky.app/intent/compose?text={both}"),
    "mastodon": Network("Mastodon", "https://share.joinmastodon.org/#text={both}"),
    "linkedin": Network("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    "facebook": Network("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "x": Network("X", "https://x.com/intent/tweet?text={title}&url={url}"),
    "threads": Network("Threads", "https://www.threads.com/intent/post?text={title}&url={url}"),
    "whatsapp": Network("WhatsApp", "https://wa.me/?text={both}"),
    "telegram": Network("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    "reddit": Network("Reddit", "https://www.reddit.com/submit?url={url}&title={title}"),
}
DEFAULT = ("bluesky", "linkedin")


def encoded(text: str) -> str:
    """Return the text as part of an address. A blank is %20: mail programs show a + as it is."""
    return quote(text, safe="", errors="replace")


def network_choices() -> list[tuple[str, str | Promise]]:
    """Return what an owner chooses among."""
    return [(slug, network.name) for slug, network in NETWORKS.items()]
