"""What Akismet says of a response, where the site's owner has a key (AKISMET_KEY)."""

from __future__ import annotations

import logging
from enum import Enum

import requests
from django.conf import settings

from comments.defence.submission import Submission
from comments.models import Comment
from core.site_address import absolute

SECONDS = 5
# Its answers are a word or a sentence.
LONGEST_ANSWER = 200

logger = logging.getLogger(__name__)


class Opinion(Enum):
    """What Akismet takes a response for."""

    NOT_ASKED = "not asked"
    FINE = "fine"
    SPAM = "spam"
    NO_ANSWER = "no answer"


def opinion(submission: Submission) -> Opinion:
    """Ask Akismet, where there is a key. Waits five seconds at most."""
    if not settings.AKISMET_KEY:
        return Opinion.NOT_ASKED
    try:
        answer = _ask(
            "comment-check",
            user_ip=submission.address,
            user_agent=submission.user_agent,
            referrer=submission.referrer,
            permalink=submission.permalink,
            comment_type="reply" if submission.parent_id else "comment",
            comment_author=submission.name,
            comment_author_email=submission.email,
            comment_author_url=submission.website,
            comment_content=submission.text,
        )
    except requests.RequestException as error:
        logger.warning("Akismet did not answer: %s", type(error).__name__)
        return Opinion.NO_ANSWER
    if answer not in ("true", "false"):
        logger.warning("Akismet's answer makes no sense. Is AKISMET_KEY right? It said: %s", answer)
        return Opinion.NO_ANSWER
    return Opinion.SPAM if answer == "true" else Opinion.FINE


def tell(comment: Comment, is_spam: bool) -> None:
    """Tell Akismet what a moderator takes the response for. Its sender's network address is not kept, so not told."""
    _ask(
        "submit-spam" if is_spam else "submit-ham",
        permalink=absolute(comment.page.relative_url(None) or "/"),
        comment_type="reply" if comment.parent_id else "comment",
        comment_author=comment.name,
        comment_author_email=comment.email,
        comment_author_url=comment.website,
        comment_content=comment.text,
    )


def _ask(question: str, **said: str) -> str:
    data = {"api_key": settings.AKISMET_KEY, "blog": absolute("/"), "blog_charset": "UTF-8", **said}
    address = f"{settings.AKISMET_URL.rstrip('/')}/{question}"
    with requests.post(address, data=data, timeout=SECONDS, stream=True, allow_redirects=False) as answer:
        answer.raise_for_status()
        return next(answer.iter_content(LONGEST_ANSWER), b"").decode(errors="replace").strip()
