"""The judgement of what somebody sent."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comments.defence import repeats
from comments.defence.submission import Outcome, Submission, Verdict, purpose
from comments.models import Comment, CommentSettings
from core import stamps
from core.stamps import Reading


def judge(submission: Submission, rules: CommentSettings) -> Verdict:
    """Say what becomes of what was sent. Asks the database, so not inside a transaction that others wait for."""
    reading = stamps.read(submission.stamp, purpose(submission.page_id))
    if reading is Reading.OLD:
        return Verdict(Outcome.AGAIN, (_("The page was open for a long time. Please send your response again."),))
    if repeats.earlier(submission):
        return Verdict(Outcome.DUPLICATE, (_("We have this response already."),))
    spam = []
    if submission.honeypot:
        spam.append(_("A field was filled in that people do not see."))
    if reading is Reading.FORGED:
        spam.append(_("It was not sent from the form below the review: the form's stamp is missing or forged."))
    if spam:
        return Verdict(Outcome.SPAM, tuple(spam))
    if reading is Reading.HASTY:
        return Verdict(Outcome.WAIT, (_("It was sent within two seconds of the page being made."),))
    return Verdict(Outcome.APPROVE if is_trusted(submission.email, rules) else Outcome.WAIT)


def is_trusted(email: str, rules: CommentSettings) -> bool:
    """Whether enough responses of the same e-mail address were approved for the next to appear at once."""
    if rules.moderation != CommentSettings.Moderation.TRUSTED or not email:
        return False
    return Comment.objects.approved().filter(email__in={email, email.lower()}).count() >= rules.trusted_after
