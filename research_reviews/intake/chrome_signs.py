"""Lines that a site writes around every post, by what they are for. They are compared whole, in lower case."""

from __future__ import annotations

import re
from functools import lru_cache

from research_reviews.intake.draft import ChromeKind

NETWORKS = (
    r"facebook(?:-f)?|twitter|x(?:-twitter)?|linked-?in|whatsapp|e-?mail|pinterest|reddit|pocket|bluesky|mastodon|"
    r"threads|"
    r"telegram|print|copy link|messenger|tumblr|buffer|youtube|instagram|rss|more"
)
MONTHS = r"jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
DATE = (
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS}),? \d{{4}}|"
    rf"(?:{MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d)"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d(?: ?[ap]m)?)?"
)
COUNT = r"(?:\d[\d,.]*k?|no|one|two|three|four|five|six|seven|eight|nine|ten)"
POSTS = r"(?:posts?|articles?|blogs?|blog posts?|pages?|site|website|newsletter|podcast|reviews?|content|section)"

SIGNS: dict[ChromeKind, list[str]] = {
    "search": [
        r"search(?: for| this site| the site| here)?(?:\s*[:.…]*)(?: search)*",
        r"close (?:this )?search(?: box)?\.?",
        r"type and (?:hit|press) enter.*",
    ],
    "menu": [
        r"skip to (?:main )?(?:content|navigation)",
        r"(?:main |primary |toggle |open |close |mobile )?(?:menu|navigation)(?: toggle)?",
        (
            r"home|about(?: us| me)?|blog|contact(?: us| me)?|news|log ?in|log ?out|register|my account|resources|"
            r"events|shop|services"
        ),
        r"(?:prev(?:ious)?|next|older|newer)(?: (?:post|article|page|story|entry|posts|entries))?(?:\s*[:›»→].*)?",
        r"[«←‹] .*|.* [»→›]",
        r"(?:back|scroll) to (?:the )?top",
        r"(?:home|start|blog)\s*[›»>/|→].*",
        r"you are here:?.*",
    ],
    "share": [
        (
            rf"(?:please )?share(?: this| it)?(?: (?:post|article|page|story|review|entry|content))?(?: (?:on|via|by|"
            rf"with)? ?(?:{NETWORKS}))?:?"
        ),
        r"(?:click to )?(?:share|tweet|e-?mail|print|pin)(?: this)?(?: (?:on|via|by|to|with) .*)?(?: \(opens in .*\))?",
        rf"(?:{NETWORKS})(?:[ ,|·•/]+(?:{NETWORKS}))*",
        rf"{COUNT} (?:shares?|likes?|tweets?|views?|reads)|(?:shares?|likes?|tweets?|views?)[: ]+{COUNT}",
        r"like this:?|like loading\.*|loading\.{2,}|share the love.*|spread the word.*|follow (?:us|me) on.*",
    ],
    "related": [
        r"related(?: (?:posts?|articles?|content|stories|reading|reviews?|research|topics))?:?",
        r"you (?:may|might) (?:also )?(?:like|be interested in|enjoy).*",
        r"more (?:from|posts|like this|articles|reviews|on this|to explore|to explorer).*",
        (
            r"(?:recent|latest|popular|other|further|recommended|similar|trending) (?:posts?|articles?|stories|"
            r"reviews?|news)(?: .{0,40})?:?"
        ),
        r"(?:read|see) (?:more|next|also)(?: .{0,60})?[»→…:]*|continue reading.*|recommended for you",
    ],
    "comments": [
        rf"{COUNT} (?:comments?|responses?|repl(?:y|ies)|thoughts?)(?: (?:to|on|for) .*)?",
        (
            r"comments?:?|responses:?|leave a (?:reply|comment|response).*|post a (?:comment|reply)|(?:add|write) a "
            r"comment.*|cancel reply|join the (?:conversation|discussion).*"
        ),
        r"your e-?mail address will not be published.*|required fields are marked.*",
        r"(?:comment|name|e-?mail|website|url)(?: address)? ?(?:\*|\(required\))|website",
        (
            r"save my name.*|(?:post|submit|send)(?: a)? comment|notify me of .*|this site uses akismet.*|learn how "
            r"your comment data.*"
        ),
        (
            r"reply|.{2,60} says:?|.{2,60} said:|comments are (?:now )?closed.*|log in to (?:reply|comment)|you must "
            r"be logged in.*"
        ),
    ],
    "sponsor": [
        (
            rf"(?=.{{0,400}}$).{{0,80}}\b{POSTS} (?:is|are|was|were) (?:\w+ )?(?:sponsored|supported|funded|brought to "
            rf"you) by .*"
        ),
        (
            r"(?:kindly |generously |proudly )?sponsored by:? .*|(?:our |this month's )?sponsors?:?(?: .{0,60})?|"
            r"advertisements?|advertise(?: with us)?"
        ),
        r"this (?:post|article|blog|page|site|topic) is (?:\w+ )?(?:sponsored|supported) by .*",
    ],
    "cookies": [
        (
            r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies.*|.{0,60}\bcookies? (?:policy|settings?|"
            r"preferences|notice|consent)\b.{0,60}"
        ),
        (
            r"(?:accept|reject|allow|decline|deny)(?: all)?(?: cookies)?|ok(?:ay)?|got it!?|i (?:agree|accept)|manage "
            r"(?:consent|cookies|options|services|preferences).*"
        ),
        (
            r"privacy (?:preference|overview).*|by (?:continuing|using) .{0,80}cookies.*|view preferences|save "
            r"preferences|functional|statistics|marketing"
        ),
    ],
    "subscribe": [
        (
            r"subscribe\b.{0,120}|sign[- ]up (?:for|to|here|now)?.{0,120}|sign up|(?:get|receive) .{0,80}(?:e-?mail|"
            r"inbox|newsletter).{0,60}"
        ),
        (
            r"keep up[- ]to[- ]date.{0,120}|join [\d,.]+ (?:other )?(?:subscribers|followers|readers).*|(?:please "
            r")?enter your e-?mail.*|e-?mail address:?"
        ),
        (
            r"(?:our |free |weekly |monthly )?newsletter.{0,60}|you will (?:get|receive) (?:one|an) e-?mail.*|never "
            r"miss .{0,80}|follow (?:this|the) blog.*|follow|unsubscribe.{0,80}"
        ),
    ],
    "footer": [
        (
            r"(?:copyright|©|\(c\)).*|.{0,60}all rights reserved.*|privacy(?: policy| notice)?(?: .{0,40})?|terms(?: "
            r"(?:of use|and conditions|& conditions).*)?|accessibility(?: statement)?|disclaimer|sitemap"
        ),
        (
            r"(?:proudly )?powered by .*|(?:web ?site|theme|site|web ?design)(?: design(?:ed)?)? by .*|designed by .*|"
            r"(?:registered )?charity (?:no|number).*|wordpress\.com.*"
        ),
    ],
    "other": [
        (
            rf"(?:(?:posted|published|written|last updated|updated|modified)(?: on)?:? ?)?{DATE}(?:\s*[|"
            rf"·•,/-]?\s*(?:by .*|{COUNT} comments?|.{{0,30}}))?"
        ),
        r"\d+ ?min(?:ute)?s?(?: read(?:ing)?(?: time)?)?|reading time:?.*|estimated reading time.*",
        r"(?:tags?|tagged|filed under|categor(?:y|ies)|posted in|topics?)(?::| ).{0,200}|posted (?:on|by|in) .{0,100}",
        (
            r"view all posts.*|about the author:?|author(?: bio)?:?|leave feedback|image: getty.*|advertisement|scroll "
            r"down.*"
        ),
    ],
}
# What opens a part of the page that goes on until the next one.
OPENERS: frozenset[ChromeKind] = frozenset(("related", "comments", "subscribe", "cookies", "footer"))
# By themselves such words could as well be a heading of the author's.
WEAK = re.compile(
    r"comments?:?|responses:?|reply|follow|functional|statistics|marketing|more .*|further .*|other .*|related "
    r"(?:research|reviews?|reading|topics):?|"
    r"(?:read|see) (?:more|also|next).*|news|resources|events|services|about|print|email|(?:our )?sponsors?:?|"
    r"privacy.*|terms|accessibility|disclaimer|"
    r"ok(?:ay)?|author:?|.* sa(?:ys|id):?|topics?.*|categor.*|website|.*cookies? .*|(?:get|receive) .*|keep up.*|"
    r"sign[- ]?up .*|x|home|blog|.* [»→›]|recent .*",
)
LONGEST = 420
SIGN = re.compile("|".join(f"(?P<{kind}>(?:{'|'.join(patterns)}))" for kind, patterns in SIGNS.items()))
# Nearly every line of an author's fails here, and fast.
MAYBE = re.compile(
    r"search|menu|navigation|skip|home|about|blog|contact|news|log ?(?:in|out)|regist|account|resources|events|"
    r"shop|services|prev|next|older|newer|[«←‹»→›]|top$|"
    r"you are|share|tweet|e-?mail|print|pin|like|view|read|loading|spread|follow|facebook|twitter|linked|whatsapp|"
    r"pinterest|reddit|pocket|bluesky|mastodon|"
    r"threads|telegram|copy|messenger|tumblr|buffer|youtube|instagram|rss|more|^x$|related|you m|recent|latest|"
    r"popular|other|further|recommend|similar|trending|"
    r"see |continue|comment|respon|repl|thought|leave|post|cancel|join|required|name|website|url|save|submit|send|"
    r"notify|akismet|say|said|must be|sponsor|"
    r"support|funded|advert|cookie|accept|reject|allow|decline|deny|^ok|got it|agree|manage|privacy|preferences|"
    r"functional|statistics|marketing|subscribe|"
    r"sign|get |receive|keep|enter|newsletter|never|copyright|©|\(c\)|rights|terms|accessib|disclaim|sitemap|"
    r"powered|design|theme|charity|wordpress|publish|"
    r"written|updated|modified|\d|tag|filed|categor|topic|author|image|scroll|start|brought|web ?design"
)


@lru_cache(maxsize=4096)
def sign_of(line: str) -> ChromeKind | None:
    """Return what a line is for where it is one of those around a post; None where it may be the author's."""
    folded = " ".join(line.casefold().replace("’", "'").split()).strip(" .|·•")
    if not folded or len(folded) > LONGEST or not MAYBE.search(folded):
        return None
    found = SIGN.fullmatch(folded)
    return found.lastgroup if found else None  # type: ignore[return-value]


def is_weak(line: str) -> bool:
    """Whether a sign could as well be a line of the author's, so that it counts only beside others."""
    return WEAK.fullmatch(" ".join(line.casefold().split()).strip(" .|·•")) is not None
