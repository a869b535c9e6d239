"""The judgement of what somebody sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.defence import akismet, attack, limits, proof, repeats
from comments.defence.akismet import Opinion
from comments.defence.signs import count_links, held_words
from comments.defence.submission import Outcome, Submission, Verdict, purpose
from comments.folding import folded
from comments.models import Comment, CommentSettings
from core import stamps
from core.stamps import Reading

# Thanks and agreement sound alike wherever they stand. Longer texts that do were sent by a program, or in a campaign.
SHORT_TEXT = 40


def judge(submission: Submission, rules: CommentSettings) -> Verdict:
    """Say what becomes of what was sent. Asks Akismet, so never inside a transaction."""
    stamp = stamps.read(submission.stamp, purpose(submission.page_id))
    return refusal(submission, stamp) or finding(submission, stamp, rules)


def refusal(submission: Submission, stamp: Reading) -> Verdict | None:
    """Return a verdict that keeps nothing and tells the sender what to do, where there is one."""
    if stamp is Reading.OLD:
        return Verdict(Outcome.AGAIN, (_("The page was open for a long time. Please send your response again."),))
    if repeats.earlier(submission):
        return Verdict(Outcome.DUPLICATE, (_("We have this response already."),))
    if attack.is_on(submission.sender) and submission.proof != proof.WITHOUT and not proof.is_solved(submission.proof):
        return Verdict(Outcome.PROVE, (_("Many responses are coming in at once."),))
    if until := limits.closed_until(submission.sender):
        # To the next whole minute, so that nobody comes back a moment too soon.
        wait = timeuntil(until, timezone.now() - timedelta(minutes=1))
        sentence = _("You have sent many responses in a short time. Please send this one again in %(wait)s.")
        return Verdict(Outcome.TOO_MANY, (sentence % {"wait": wait},), until)
    return None


def finding(submission: Submission, stamp: Reading, rules: CommentSettings) -> Verdict:
    """Return the status of a response that is kept, with the reasons."""
    copied = repeats.is_copy(submission)
    if spam := tuple(signs_of_spam(submission, stamp, rules, copied)):
        return Verdict(Outcome.SPAM, spam)
    opinion = akismet.opinion(submission)
    if opinion is Opinion.SPAM:
        return Verdict(Outcome.SPAM, (_("Akismet takes it for spam."),))
    doubts = tuple(signs_to_look_at(submission, stamp, rules, copied))
    if opinion is Opinion.NO_ANSWER:
        doubts += (_("Akismet could not be asked."),)
    return Verdict(Outcome.APPROVE if not doubts and is_trusted(submission.email, rules) else Outcome.WAIT, doubts)


def signs_of_spam(submission: Submission, stamp: Reading, rules: CommentSettings, copied: bool) -> Iterator[str]:
    """Yield why the response is taken for spam."""
    if submission.honeypot:
        yield _("A field was filled in that people do not see.")
    if stamp is Reading.FORGED:
        yield _("It was not sent from the form below the review: the form's stamp is missing or forged.")
    links = count_links(submission.text)
    if links > rules.most_links:
        yield ngettext("It has %(count)s link.", "It has %(count)s links.", links) % {"count": links}
    if copied and not is_short(submission):
        yield _("The same text was sent before, below another review or by somebody else.")


def signs_to_look_at(submission: Submission, stamp: Reading, rules: CommentSettings, copied: bool) -> Iterator[str]:
    """Yield why a moderator should look at the response first, whoever sent it."""
    if stamp is Reading.HASTY:
        yield _("It was sent within two seconds of the page being made.")
    if submission.proof == proof.WITHOUT:
        yield _("It came without the proof of work that was asked for while many responses came in.")
    if copied and is_short(submission):
        yield _("The same few words were sent before, below another review or by somebody else.")
    texts = (submission.name, submission.email, submission.website, submission.text)
    if words := held_words(texts, rules.held_words):
        yield _("It has words that wait for a moderator: %(words)s.") % {"words": ", ".join(words)}


def is_short(submission: Submission) -> bool:
    """Whether the text is one that many people could come up with."""
    return len(folded(submission.text)) < SHORT_TEXT


def is_trusted(email: str, rules: CommentSettings) -> bool:
    """Whether enough responses of the same e-mail address were approved for the next to appear at once."""
    if rules.moderation != CommentSettings.Moderation.TRUSTED or not email:
        return False
    return Comment.objects.approved().filter(email__in={email, email.lower()}).count() >= rules.trusted_after
