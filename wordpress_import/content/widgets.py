"""Elementor's widgets: what their settings show."""

from __future__ import annotations

from html import escape
from typing import Any

from wordpress_import.content.addresses import embed_or_link
from wordpress_import.content.elementor import dicts, restored
from wordpress_import.content.paragraphs import with_paragraphs
from wordpress_import.content.registry import widget
from wordpress_import.content.work import Work, web_address

LEVELS = {"h1", "h2", "h3", "h4", "h5", "h6"}
Settings = dict[str, Any]


def text_of(settings: Settings, *names: str) -> str:
    """Return the first of these settings that is a text with something in it."""
    for name in names:
        value = settings.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return restored(str(value)).strip()
    return ""


def url_of(settings: Settings, name: str, work: Work) -> str:
    """Return the address that a setting holds, itself or within."""
    value = settings.get(name)
    said = value.get("url") if isinstance(value, dict) else value
    return web_address(said, work.site.base) if isinstance(said, str) else ""


def linked(html: str, url: str) -> str:
    """Return HTML in a link, where there is an address."""
    return f'<a href="{escape(url)}">{html}</a>' if url and html and "<a " not in html else html


def heading_html(words: str, level: str = "h3") -> str:
    """Return a heading; nothing without words."""
    return f"<{level}>{words}</{level}>\n" if words else ""


def paragraph_html(words: str) -> str:
    """Return a paragraph; nothing without words."""
    return f"<p>{words}</p>\n" if words else ""


def figure_html(settings: Settings, work: Work, caption: str = "", link: str = "") -> str:
    """Return the picture that a setting names by its address or its number in the library."""
    url = url_of(settings, "url", work)
    wp_id = str(settings.get("id") or "")
    found = work.site.attachment(int(wp_id)) if wp_id.isdecimal() else None
    url = url or (found.url if found else "")
    # Elementor's grey box, which stands where nobody has chosen a picture.
    if not url or url.endswith("/placeholder.png"):
        return paragraph_html(caption)
    alt = text_of(settings, "alt") or (found.alt if found else "")
    shown = linked(f'<img src="{escape(url)}" alt="{escape(alt)}">', link)
    return f"<figure>{shown}" + (f"<figcaption>{caption}</figcaption>" if caption else "") + "</figure>\n"


def image_setting(settings: Settings, name: str) -> Settings:
    """Return the setting of an image."""
    value = settings.get(name)
    return value if isinstance(value, dict) else {}


@widget("text-editor", "theme-post-content", "text")
def text_editor(settings: Settings, work: Work) -> str:
    """Text, as the classic editor writes it."""
    return with_paragraphs(work.expand(text_of(settings, "editor", "text")), work)


@widget("heading", "animated-headline", "theme-post-title")
def heading(settings: Settings, work: Work) -> str:
    """A heading, or a line of text that looks like one."""
    words = linked(text_of(settings, "title", "before_text"), url_of(settings, "link", work))
    more = " ".join(filter(None, (text_of(settings, "highlighted_text"), text_of(settings, "after_text"))))
    level = text_of(settings, "header_size") or "h2"
    return heading_html(f"{words} {more}".strip(), level) if level in LEVELS else paragraph_html(words)


@widget("image", "theme-post-featured-image")
def image(settings: Settings, work: Work) -> str:
    """A picture with its caption: its own, or that of the library."""
    shown = image_setting(settings, "image")
    caption = text_of(settings, "caption") if settings.get("caption_source", "custom") == "custom" else ""
    number = str(shown.get("id") or "")
    if settings.get("caption_source") == "attachment" and number.isdecimal():
        found = work.site.attachment(int(number))
        caption = found.caption if found else ""
    link = url_of(settings, "link", work) if settings.get("link_to") == "custom" else ""
    return figure_html(shown, work, caption, link)


@widget("image-gallery", "image-carousel", "gallery", "media-carousel")
def gallery(settings: Settings, work: Work) -> str:
    """Pictures in a row."""
    shown: Any = next(
        (settings[name] for name in ("wp_gallery", "carousel", "gallery", "slides") if settings.get(name)), []
    )
    pictures = [figure_html(image_setting(one, "image") or one, work) for one in dicts(shown)]
    return "".join(pictures)


@widget("image-box", "icon-box", "call-to-action", "flip-box", "icon", "price-list-item")
def box(settings: Settings, work: Work) -> str:
    """A picture or an icon with a title and a text, perhaps with a button; a box that turns has two sides."""
    level = str(settings.get("title_size") or "h3")
    parts = [figure_html(image_setting(settings, "image") or image_setting(settings, "bg_image"), work)]
    for side in ("a", "b"):
        parts.append(heading_html(text_of(settings, f"title_text_{side}")))
        parts.append(with_paragraphs(text_of(settings, f"description_text_{side}"), work))
    title = linked(text_of(settings, "title_text", "title"), url_of(settings, "link", work))
    parts.append(heading_html(title, level if level in LEVELS else "h3"))
    parts.append(with_paragraphs(text_of(settings, "description_text", "description"), work))
    parts.append(paragraph_html(linked(text_of(settings, "button", "button_text"), url_of(settings, "link", work))))
    return "".join(parts)


@widget("icon-list", "price-list", "bullet-list")
def icon_list(settings: Settings, work: Work) -> str:
    """A list."""
    entries = dicts(settings.get("icon_list") or settings.get("price_list"))
    items = []
    for entry in entries:
        said = " ".join(filter(None, (text_of(entry, "text", "title"), text_of(entry, "price"))))
        more = text_of(entry, "item_description")
        items.append(f"<li>{linked(said, url_of(entry, 'link', work))}{f'<br>{more}' if more else ''}</li>")
    return f"<ul>{''.join(items)}</ul>\n" if items else ""


@widget("button", "paypal-button", "form-button")
def button(settings: Settings, work: Work) -> str:
    """A link that looks like a button."""
    return paragraph_html(linked(text_of(settings, "text"), url_of(settings, "link", work)))


@widget("video", "audio", "video-playlist", "soundcloud")
def video(settings: Settings, work: Work) -> str:
    """A film or a sound: the library's own, or that of a site by the kind that is chosen."""
    kind = settings.get("video_type") or "youtube"
    names = ("hosted_url", "external_url") if kind == "hosted" else (f"{kind}_url", "link", "url", "insert_url")
    url = next((found for name in names if (found := url_of(settings, name, work))), "")
    if not url:
        return work.leave(f"elementor/video {kind}", "elementor/video")
    return paragraph_html(embed_or_link(url, work))


@widget("blockquote", "testimonial", "reviews-item")
def quotation(settings: Settings, work: Work) -> str:
    """A quotation, with who said it."""
    words = with_paragraphs(text_of(settings, "blockquote_content", "testimonial_content", "content"), work)
    who = [text_of(settings, name) for name in ("author_name", "testimonial_name", "name")]
    who += [text_of(settings, name) for name in ("testimonial_job", "title")]
    cite = ", ".join(filter(None, who))
    picture = figure_html(image_setting(settings, "testimonial_image"), work)
    said = (
        f"<blockquote>{words}{f'<cite>{cite}</cite>' if cite else ''}</blockquote>\n" if words else paragraph_html(cite)
    )
    return picture + said


@widget("testimonial-carousel", "reviews")
def quotations(settings: Settings, work: Work) -> str:
    """Quotations in a row."""
    return "".join(quotation(slide, work) for slide in dicts(settings.get("slides")))


@widget("accordion", "toggle", "tabs", "nested-tabs", "nested-accordion", "faq")
def tabs(settings: Settings, work: Work) -> str:
    """Texts that titles open. Nested ones hold widgets: those follow by themselves."""
    # What nested tabs hold are widgets of their own, which come with their titles.
    if settings.get("_nested"):
        return ""
    parts = []
    for entry in dicts(settings.get("tabs") or settings.get("items")):
        parts.append(heading_html(text_of(entry, "tab_title", "item_title"), "h4"))
        parts.append(with_paragraphs(work.expand(text_of(entry, "tab_content", "item_content")), work))
    return "".join(parts)


@widget("html", "wp-widget-custom_html")
def html(settings: Settings, work: Work) -> str:
    """HTML as somebody wrote it."""
    return text_of(settings, "html", "content")


@widget("shortcode")
def shortcode(settings: Settings, work: Work) -> str:
    """A shortcode."""
    return with_paragraphs(work.expand(text_of(settings, "shortcode")), work)


@widget("alert", "slides-item")
def alert(settings: Settings, work: Work) -> str:
    """A box beside the text."""
    title = heading_html(text_of(settings, "alert_title", "heading"), "h4")
    return f"<aside>{title}{with_paragraphs(text_of(settings, 'alert_description', 'description'), work)}</aside>\n"


@widget("slides")
def slides(settings: Settings, work: Work) -> str:
    """Slides: each a heading, a text, a picture and a button."""
    parts = []
    for slide in dicts(settings.get("slides")):
        parts.append(heading_html(text_of(slide, "heading")))
        parts.append(figure_html(image_setting(slide, "background_image"), work))
        parts.append(with_paragraphs(text_of(slide, "description"), work))
        parts.append(paragraph_html(linked(text_of(slide, "button_text"), url_of(slide, "link", work))))
    return "".join(parts)


@widget("counter", "progress", "star-rating", "countdown")
def figure(settings: Settings, work: Work) -> str:
    """A number with what it counts."""
    said = [text_of(settings, name) for name in ("prefix", "ending_number", "suffix", "title", "inner_text")]
    return paragraph_html(" ".join(filter(None, said)))


@widget("divider", "spacer", "menu-anchor", "social-icons", "share-buttons", "sidebar", "table-of-contents")
def nothing(settings: Settings, work: Work) -> str:
    """What holds no words of the author's; a divider may."""
    return paragraph_html(text_of(settings, "text")) if settings.get("look") == "line_text" else ""
