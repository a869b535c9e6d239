"""Pages that are written as rows, many at once, without the signals that each would send of itself.

Whoever writes pages so sends `pages_written`, inside the transaction, and apps do for all of them what they would have
done for each: `pages` are the new pages, of the class that sends; drafts, scheduled and private ones among them.
Readers' cached pages follow by `core.page_cache.content_changed`, which is up to the sender. Nobody is told by mail.
"""

from __future__ import annotations

from django.dispatch import Signal

pages_written = Signal()
