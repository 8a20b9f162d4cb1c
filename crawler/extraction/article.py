"""The way of one page through extraction: decode, parse, read what it says, find its text, judge each line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import trafilatura

from archive.models import TEXT_ROLES, Article, Block, Memory, Outcome, Role
from crawler.extraction import body as bodies
from crawler.extraction import boilerplate, gate, jsonld, liveblog, metadata, notices, patterns, place, roles, tree
from crawler.extraction.decoding import decode
from crawler.extraction.errors import NotAnArticle
from crawler.extraction.page import pieces
from crawler.extraction.settings import ExtractionSettings

if TYPE_CHECKING:
    from datetime import date

    from lxml.html import HtmlElement

EXTRACTOR = f"stet-extraction/4 trafilatura/{trafilatura.__version__}"
"""Name and versions of what extracts: raised with every change that can change an article."""

SHORT = 250
"""Characters of text below which JSON-LD's articleBody is asked."""

DEEP = 1_000
"""Levels of nesting that explain why no text was found; unclosed tags reach some 300 on real pages."""


def extract(
    body: bytes,
    *,
    url: str,
    content_type: str | None,
    settings: ExtractionSettings = ExtractionSettings(),
    memory: Memory = Memory(),
    today: date | None = None,
) -> Article:
    """The article in the page's bytes, read by the source's `settings` and with what is known of the page.

    `today` (UTC, by default the clock's) bounds the dates that are believed.

    Raises NotAnArticle, with the reason, where the page is none: no HTML, empty, far too large, navigation, a wall.
    """
    source = decode(body, content_type)
    root = tree.parse(source)
    about = metadata.read(root, url=url, today=today or datetime.now(UTC).date())
    updates = liveblog.updates(root, about.kinds)
    said = liveblog.said(updates, tree.strip(root, source.text), root)
    found = notices.apart(pieces(root))
    if not found:
        gate.refuse(gate.Sight(url, source.text, about))
        raise _refusal(root, "empty page: no text in it")
    found, chosen = bodies.vote(root, found)
    chosen = place.returned_to(root, found, chosen, memory.place)
    chosen |= bodies.missed(found, chosen)
    stood = place.of(found, chosen)
    found, chosen = liveblog.posted(root, found, chosen, said, free=not about.says_paid)
    known = roles.Known(about.titles, about.authors, about.description)
    blocks = roles.blocks(found, chosen, known)
    if not about.says_paid:
        blocks = _or_stated_body(blocks, about.body)
    blocks = boilerplate.without_repeated(blocks, settings, memory)
    gate.refuse(gate.Sight(url, source.text, about, found, chosen, blocks))
    if not any(block.role in {Role.BODY, Role.LIST, Role.QUOTE} for block in blocks):
        if about.says_paid:
            raise NotAnArticle("for subscribers only: no text shown", Outcome.PAYWALLED)
        raise _refusal(root, "no article text in it")
    title = about.title or next(iter(about.headings), "")
    if not title:
        raise NotAnArticle("no headline in it")
    return Article(
        title=title,
        authors=about.authors,
        published=about.published,
        modified=about.modified,
        language=about.language,
        blocks=blocks,
        canonical=about.canonical,
        paywalled=gate.is_teaser(blocks, says_paid=about.says_paid),
        text_roles=settings.text_roles,
        place=stood,
    )


def warm() -> None:
    """Does once what is slow the first time in a process: reading patterns, and dateparser's first hard date."""
    patterns.load()
    patterns.walls()
    page = (
        "<html><head><title>Warm</title></head><body><h1>Warm</h1><p class='date'>le 3 févr. 2023 à midi</p>"
        "<article><p>A first line of text that is long enough to be taken for one.</p></article></body></html>"
    )
    extract(page.encode(), url="https://warm.example/", content_type="text/html")


def _refusal(root: HtmlElement, reason: str) -> NotAnArticle:
    levels = tree.depth(root)
    return NotAnArticle(f"nested too deeply to read ({levels} levels)" if levels > DEEP else reason)


def _or_stated_body(blocks: tuple[Block, ...], stated: str) -> tuple[Block, ...]:
    """JSON-LD's articleBody in place of the page's text, where the page shows next to none (an app shell)."""
    shown = sum(len(block.text) for block in blocks if block.role in TEXT_ROLES)
    if shown >= SHORT or len(stated) < max(2 * shown, SHORT):
        return blocks
    own = tuple(Block(Role.BODY, line, "JSON-LD articleBody") for line in jsonld.lines(stated))
    kept = tuple(block for block in blocks if block.role not in TEXT_ROLES)
    return own + kept
