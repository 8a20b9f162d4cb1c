"""The links of feeds, sitemaps and pages, as publishers write them."""

from __future__ import annotations

from urllib.parse import urljoin

from w3lib.html import remove_tags, replace_entities

from crawler.identity import clean_url


def absolute(link: object, base: str) -> str | None:
    """The clean URL that `link` means in a document at `base`; None where it names no page, or that document."""
    if not isinstance(link, str):
        return None
    # As browsers do (WHATWG URL): line breaks inside a link are dropped, spaces are encoded.
    link = link.strip().translate(_AS_BROWSERS)
    try:
        meant = urljoin(base, link).partition("#")[0]
        return None if meant == base else clean_url(meant)
    except ValueError:
        return None


def plain(text: object, *, html: bool = True) -> str | None:
    """The start of `text` on one line, without markup where it is `html`; None where nothing is left."""
    if not isinstance(text, str):
        return None
    text = text[:_LONGEST]
    if html:
        text = replace_entities(remove_tags(text))
    return " ".join(text.split()) or None


# Longer than any title; removing tags takes time that grows with the square of the length.
_LONGEST = 1000
_AS_BROWSERS = {ord("\t"): None, ord("\n"): None, ord("\r"): None, ord(" "): "%20"}
