"""A copy of a capture that can do nothing: its words and their order, written anew from a short list of elements.

Nothing of the original's markup is passed on: no address, style, form or script is among what is written, so that
neither a browser's faults nor a gap in a policy lets it act. Where images stood their descriptions stand.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from lxml import etree
from w3lib.encoding import http_content_type_encoding, to_unicode

from crawler.extraction.decoding import decode
from crawler.extraction.errors import NotAnArticle
from crawler.extraction.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_CHARACTERS = 2_000_000
"""Of the copy; live blogs of several hundred posts have half as many."""
MAX_PIECES = 240_000
"""Tags and texts of the copy: some 60,000 elements."""
MAX_DEPTH = 100
"""Elements in one another; deeper ones are left out, not their words. Browsers stop at 512."""


def harmless(body: bytes, content_type: str | None) -> str:
    """The copy as an HTML document, to be served with POLICY. What is no page is shown as text, or told of."""
    kind = (content_type or "").split(";", 1)[0].strip().lower()
    try:
        if kind in _TEXTS:
            return _as_text(body, content_type)
        root = parse(decode(body, content_type))
    except NotAnArticle as error:
        if kind.startswith("text/") and body.strip() and b"<" not in body:
            return _as_text(body, content_type)
        return note(f"This capture is not shown ({error}). Its exact bytes can be saved.")
    return _document("".join(_bounded(_pieces(root))), _attributes(root))


def note(text: str) -> str:
    """A document that says only that."""
    return _document(f'<p class="note">{escape(text)}</p>')


@cache
def _style() -> str:
    return (files("stet.web.memento") / "frame.css").read_text("utf-8")


POLICY = (
    "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    f"style-src 'sha256-{b64encode(sha256(_style().encode()).digest()).decode()}'"
)
"""Only the style sheet that the copy is written with."""

_TEXTS = frozenset({"text/plain", "text/csv", "application/json", "application/ld+json"})

_KEPT = frozenset(
    (
        *("a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code"),
        *("col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre"),
        *("q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "sup", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr"),
    )
)
_VOID = frozenset({"br", "col", "hr", "wbr"})
_DROPPED = frozenset(
    (
        *("applet", "audio", "canvas", "datalist", "frameset", "head", "iframe", "map", "math", "noembed", "noframes"),
        *("noscript", "object", "plaintext", "script", "select", "style", "svg", "template", "textarea", "title"),
        *("video", "xmp"),
    )
)
"""Left out with all that is in them; what is in neither is left out itself."""

_VALUES = {
    "dir": re.compile("ltr|rtl|auto", re.IGNORECASE),
    "lang": re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}"),
    "colspan": re.compile("[0-9]{1,2}"),
    "rowspan": re.compile("[0-9]{1,2}"),
}
"""The attributes that are passed on, where their values are such."""

_CUT = '<p class="note">The rest is not shown here: it is too long. The exact bytes have it.</p>'


def _pieces(root: HtmlElement) -> Iterator[str]:
    """The copy's markup, bit by bit: a walk, since a page may be nested deeper than calls may be."""
    walk = etree.iterwalk(root, events=("start", "end"))
    opened: list[bool] = []
    depth = 0
    for event, element in walk:
        tag = element.tag
        if event == "start":
            kept = tag in _KEPT and depth < MAX_DEPTH
            opened.append(kept)
            depth += kept
            if tag in _DROPPED:
                walk.skip_subtree()
                continue
            if kept:
                yield f"<{tag}{_attributes(element)}>"
            elif tag == "img":
                yield _description(element)
            else:
                yield ""
            if element.text:
                yield escape(element.text)
            continue
        if opened.pop():
            depth -= 1
            if tag not in _VOID:
                yield f"</{tag}>"
        if element.tail:
            yield escape(element.tail)


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    """As many as are served. Elements that are left open are closed by the browser."""
    left, characters = MAX_PIECES, MAX_CHARACTERS
    for piece in pieces:
        left, characters = left - 1, characters - len(piece)
        if left < 0 or characters < 0:
            # Text only, which is escaped: half a tag would swallow what follows.
            yield piece[:characters] if characters < 0 and not piece.startswith("<") else ""
            yield _CUT
            return
        yield piece


def _attributes(element: HtmlElement) -> str:
    if not element.attrib:
        return ""
    return "".join(
        f' {name}="{value}"'
        for name, form in _VALUES.items()
        if (value := element.get(name)) is not None and form.fullmatch(value)
    )


def _description(image: HtmlElement) -> str:
    said = (image.get("alt") or "").strip()
    return f'<span class="image">{escape(said)}</span>' if said else ""


def _as_text(body: bytes, content_type: str | None) -> str:
    text = to_unicode(body[: MAX_CHARACTERS + 1], http_content_type_encoding(content_type) or "utf-8")
    shown = text[:MAX_CHARACTERS].translate(_UNPRINTED)
    cut = _CUT if len(text) > MAX_CHARACTERS else ""
    return _document(f"<pre>{escape(shown)}</pre>{cut}")


_UNPRINTED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], "�")


def _document(content: str, attributes: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html{attributes}><head><meta charset="utf-8"><title>An archived page</title>'
        f"<style>{_style()}</style></head><body>\n{content}\n</body></html>\n"
    )
