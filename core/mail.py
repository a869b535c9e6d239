"""Mails to one person: an HTML part and a plain one of equal worth, from two templates of the same name.

`templates/emails/<name>.mjml` extends `emails/base.mjml`, `<name>.txt` extends `emails/base.txt`. A mail with a
paragraph or two and a button fills the block `text` of each, in MJML `<mj-text>` and `<mj-button>`; one that lays out
more fills `content` with sections. `preview` is the line that lists of mails show beside the subject, and `reason`
says at the foot why the mail came and how to stop it.
"""

from __future__ import annotations

import re
from typing import Any

import mjml
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.template.loader import render_to_string

# What neither a mail nor MJML may hold: characters that control a terminal, but for tab and line feed.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufffe\uffff]")


def compose(
    name: str,
    *,
    to: str,
    subject: str,
    context: dict[str, Any] | None = None,
    from_email: str = "",
    reply_to: str = "",
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Return the mail that the templates of the name make. Raises BadHeaderError where a header has a line break."""
    subject = one_line(subject)
    values = {"subject": subject, **(context or {})}
    html, text = render_html(f"emails/{name}.mjml", values), render_text(f"emails/{name}.txt", values)
    message = message_of(subject=subject, html=html, text=text, to=to, from_email=from_email, reply_to=reply_to)
    message.extra_headers.update(checked(headers or {}))
    return message


def message_of(
    *, subject: str, html: str, text: str, to: str, from_email: str = "", reply_to: str = ""
) -> EmailMultiAlternatives:
    """Return a mail of both parts that says it was sent by a machine. Raises BadHeaderError for a line break."""
    checked({"To": to, "From": from_email, "Reply-To": reply_to})
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=text,
        from_email=from_email or None,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html, "text/html")
    return message


def render_html(template: str, context: dict[str, Any]) -> str:
    """Return the HTML that mail programs show, styles within. Nothing is fetched for it: neither fonts nor styles."""
    source = CONTROL.sub("", render_to_string(template, context))
    html: str = mjml.mjml2html(source, fonts={})
    return html


def render_text(template: str, context: dict[str, Any]) -> str:
    """Return plain text, with one empty line at most between paragraphs."""
    text = CONTROL.sub("", render_to_string(template, context))
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def one_line(text: str) -> str:
    """Return the text on one line, as a subject has to be."""
    return " ".join(CONTROL.sub(" ", text).split())


def checked(headers: dict[str, str]) -> dict[str, str]:
    """Return the headers. Raises BadHeaderError where one could begin another."""
    for name, value in headers.items():
        if re.search(r"[\r\n]", f"{name}{value}"):
            raise BadHeaderError(f"The header {one_line(name)} has a line break in it.")
    return headers
