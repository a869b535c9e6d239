"""Shortcodes for pictures, recordings and what other sites show."""

from __future__ import annotations

import re
from html import escape, unescape

from research_reviews.intake.nodes import EmbedNode
from wordpress_import.content.addresses import embed_or_link, is_recording, numbers, picture, pictures
from wordpress_import.content.registry import Shortcode, shortcode
from wordpress_import.content.work import Work, web_address

# The picture that a caption belongs to, perhaps in a link; then the caption.
CAPTIONED = re.compile(r"\s*((?:<a\s[^<>]*+>\s*)?<img\b[^<>]*+>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)
HREF = re.compile(r"""\b(?:href|src)\s*=\s*["']([^"'<>]++)["']""", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*+>")
ID = re.compile(r"[\w-]{3,40}")
PLAYER_ADDRESSES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "gist": "https://gist.github.com/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "tweet": "https://twitter.com/i/status/{}",
}


@shortcode("caption", "wp_caption")
def caption(tag: Shortcode, work: Work) -> str:
    """A picture with its caption: behind the picture, or in the attribute, as before WordPress 3.4."""
    content = work.expand(tag.content or "")
    match = CAPTIONED.match(content)
    shown, words = (match[1], match[2].strip()) if match else (content, "")
    said = tag.attributes.get("caption", "").strip()
    if said and said not in words:
        words = f"{said} {words}".strip()
    if not match:
        return f"{shown}\n\n{words}\n\n" if words else shown
    return f"\n\n<figure>{shown}<figcaption>{words}</figcaption></figure>\n\n" if words else shown


@shortcode("gallery", bare=True)
def gallery(tag: Shortcode, work: Work) -> str:
    """Pictures of the library by their ids; without ids, those that were uploaded to the post."""
    chosen = tag.attributes.get("ids") or tag.attributes.get("include")
    if chosen:
        found = pictures(numbers(chosen), work)
    else:
        excluded = [work.site.attachment(number) for number in numbers(tag.attributes.get("exclude"))]
        left_out = {file.url for file in excluded if file}
        post = next(iter(numbers(tag.attributes.get("id"))), work.item.wp_id)
        found = [picture(one) for one in work.site.attached(post) if one.url not in left_out]
    within = work.expand(tag.content or "")
    return (work.slot(*found) if found else work.leave(tag.source.partition("]")[0] + "]", "gallery")) + within


@shortcode("audio", "video")
def recording(tag: Shortcode, work: Work) -> str:
    """A sound or a film: by src, by its kind (mp3, mp4), by the first value, or by a link within."""
    files = [value for name, value in tag.attributes.items() if name != "poster" and is_recording(value)]
    within = HREF.findall(tag.content or "") or [TAG.sub("", tag.content or "").strip()]
    wanted = tag.attributes.get("src") or next(iter([*files, *tag.values, *within]), "")
    mark = work.embed(address_of(tag.name, wanted))
    return mark or work.leave(tag.source, tag.name)


@shortcode("playlist")
def playlist(tag: Shortcode, work: Work) -> str:
    """Recordings of the library by their ids."""
    found = [work.site.attachment(number) for number in numbers(tag.attributes.get("ids"))]
    nodes = [EmbedNode(file.url, file.title) for file in found if file and file.url]
    return work.slot(*nodes) if nodes else work.leave(tag.source, "playlist")


@shortcode(
    *("embed", "youtube", "vimeo", "dailymotion", "soundcloud", "spotify", "ted", "slideshare", "scribd", "gist"),
    *("tweet", "twitter", "instagram", "facebook", "iframe", "googlemaps", "googlemap", "flickr", "bandcamp"),
    *(
        "wpvideo",
        "videopress",
        "embedyt",
        "youtube_sc",
        "su_youtube",
        "su_vimeo",
        "su_video",
        "su_audio",
        "arve",
        "fve",
        "evp_embed_video",
    ),
    value=r"(?=[\w-]*\d)[\w-]{6,40}",
)
def embed(tag: Shortcode, work: Work) -> str:
    """What another site shows: by its address within, in an attribute or as the first value, or by an id there."""
    within = unescape(tag.content or "").strip()
    links = HREF.findall(within)
    said = [tag.attributes.get(name, "") for name in ("src", "url", "href", "link", "id", "video")]
    candidates = [*links, TAG.sub("", within).strip(), *said, *tag.values]
    wanted = next((one for one in candidates if one), "")
    address = address_of(tag.name.removeprefix("su_"), wanted)
    if not web_address(address, work.site.base):
        return work.leave(tag.source, tag.name)
    return embed_or_link(address, work)


def address_of(name: str, wanted: str) -> str:
    """Return the address of something that may be given by its id at the site that the shortcode is for."""
    pattern = PLAYER_ADDRESSES.get(name)
    return pattern.format(wanted) if pattern and ID.fullmatch(wanted) else wanted


@shortcode("button", "btn", "su_button", "link_button", "maxbutton", "cta_button")
def button(tag: Shortcode, work: Work) -> str:
    """A link that looks like a button."""
    address = next((tag.attributes[name] for name in ("link", "url", "href") if tag.attributes.get(name)), "")
    words = work.expand(tag.content or "") or escape(tag.attributes.get("text") or tag.attributes.get("title") or "")
    if not words:
        return work.leave(tag.source, tag.name)
    target = web_address(address, work.site.base)
    return f'<a href="{escape(target)}">{words}</a>' if target and "<a" not in words else words
