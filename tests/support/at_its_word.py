"""An extraction that takes a body at its word. In a module of its own, so that worker processes can import it."""

from __future__ import annotations

import os

from archive.models import Article, Block, Role
from crawler.extraction import NotAnArticle

CANONICAL = b"canonical: "
PAID = b"paid"


def plain(body: bytes, *, url: str, content_type: str | None, **known: object) -> Article:
    """The body is the article's text, or its canonical link; `paid` is a teaser, and an empty one no article."""
    if not body:
        raise NotAnArticle("empty page")
    if body == b"abort":
        os.abort()
    canonical = body.removeprefix(CANONICAL).decode() if body.startswith(CANONICAL) else None
    blocks = (Block(Role.BODY, body.decode()),)
    return Article("Harbour", (), None, None, "en", blocks, canonical=canonical, paywalled=body == PAID)


def warm() -> None:
    """Nothing needs it."""
