"""What a mailing's mails say: made once for all subscribers, with marks where the links of each one go.

The mail of a review is kept with its mailing when the first of them is made, so that all subscribers get the same one,
whichever worker sends it and whatever is edited meanwhile. A digest is made for each combination of topics.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from core.mail import message_of, render_html, render_text
from core.page_cache import generation
from core.site_address import absolute
from research_reviews.models import ReviewPage
from subscriptions import digests
from subscriptions.current import current_settings
from subscriptions.links import preferences_path, unsubscribe_path
from subscriptions.models import Delivery, Mailing, Subscriber
from subscriptions.reviews_in_mails import digest_parts, review_parts
from subscriptions.sender import sender

# No address on earth ends so: a mail that still held one would lead nowhere.
PREFERENCES = "https://preferences.invalid/"
UNSUBSCRIBE = "https://unsubscribe.invalid/"
# So many digests are kept at hand, of some 50 KB each: one for each combination of topics that subscribers chose.
MOST_KEPT = 200
Key = tuple[int, frozenset[int] | None, str]


@dataclass(frozen=True)
class Content:
    """A mail that is finished but for whom it goes to."""

    subject: str
    html: str
    text: str
    from_email: str
    reply_to: str
    # The site's address, to which the path of a subscriber's link is added without asking for it again.
    root: str

    def message(self, delivery: Delivery) -> EmailMultiAlternatives:
        """Return the mail to the delivery's subscriber, who has to be there."""
        if delivery.subscriber is None:
            raise ValueError(f"Delivery {delivery.pk} has no subscriber any more.")
        return self.to(delivery.subscriber)

    def to(self, subscriber: Subscriber) -> EmailMultiAlternatives:
        """Return the mail with the subscriber's own links."""
        preferences = f"{self.root}{preferences_path(subscriber)}"
        return self._filled(subscriber.email, self.subject, preferences, f"{self.root}{unsubscribe_path(subscriber)}")

    def sample(self, email: str, subject: str) -> EmailMultiAlternatives:
        """Return the mail as somebody sees it who is no subscriber: in place of own links, the form to subscribe."""
        form = f"{self.root}{reverse('subscriptions:subscribe')}"
        return self._filled(email, subject, form, form)

    def _filled(self, email: str, subject: str, preferences: str, unsubscribe: str) -> EmailMultiAlternatives:
        html, text = (
            part.replace(PREFERENCES, preferences).replace(UNSUBSCRIBE, unsubscribe) for part in (self.html, self.text)
        )
        return message_of(
            subject=subject, html=html, text=text, to=email, from_email=self.from_email, reply_to=self.reply_to
        )


_kept: OrderedDict[Key, Content] = OrderedDict()


def render(mailing: Mailing, topics: frozenset[int] | None = None) -> Content:
    """Return what the mailing says, a digest to those who chose the topics (None: all). Made at the first call."""
    # Made anew when something on the site has changed: a review in a digest may not be public any more.
    key: Key = (mailing.pk, topics, generation())
    if (content := _kept.get(key)) is None:
        content = of_digest(mailing, topics) if mailing.kind == Mailing.Kind.DIGEST else stored(mailing)
        _kept[key] = content
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return content


def stored(mailing: Mailing) -> Content:
    """Return the mail that is kept with a review's mailing; where there is none yet, make and keep it."""
    if mailing.page is None:
        raise ValueError(f"The review of mailing {mailing.pk} was deleted.")
    if not mailing.html:
        made = of_review(mailing.page)
        # Another worker may have made it this moment: then theirs is the one.
        Mailing.objects.filter(pk=mailing.pk, html="").update(html=made.html, text=made.text, title=made.subject)
        mailing.refresh_from_db(fields=["html", "text", "title"])
    return _content(mailing.title, mailing.html, mailing.text)


def of_review(review: ReviewPage) -> Content:
    """Return the mail of a review as it is now, also of a draft."""
    return _rendered("review", review.title, review_parts(review))


def of_digest(mailing: Mailing, topics: frozenset[int] | None = None) -> Content:
    """Return a digest as it is now."""
    parts = digest_parts(digests.reviews(mailing, topics))
    return _rendered("digest", mailing.title, parts)


def _rendered(name: str, subject: str, parts: dict[str, Any]) -> Content:
    settings = current_settings()
    context = {
        **parts,
        "subject": subject,
        "introduction": settings.review_text if name == "review" else settings.digest_text,
        "preferences_url": PREFERENCES,
        "unsubscribe_url": UNSUBSCRIBE,
    }
    html, text = render_html(f"emails/{name}.mjml", context), render_text(f"emails/{name}.txt", context)
    return _content(subject, html, text)


def _content(subject: str, html: str, text: str) -> Content:
    settings = current_settings()
    return Content(subject, html, text, sender(settings), settings.reply_to, absolute(""))
