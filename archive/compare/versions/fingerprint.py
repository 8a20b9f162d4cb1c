"""The fingerprint of an article: two articles have the same one exactly when their diff is empty."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from archive.compare.text.normalise import normalise

if TYPE_CHECKING:
    from archive.models import Article


def fingerprint(article: Article) -> str:
    """SHA-256, in hex, of what the article says: title, authors, text and corrections in normal form.

    Paragraph breaks do not count, nor the order of corrections; furniture, promos, bios, credits and dates
    are no part of it.
    """
    # JSON keeps the fields apart whatever they hold.
    said = json.dumps(essence(article), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


class Essence(NamedTuple):
    """What of an article is compared, in normal form."""

    title: str
    authors: tuple[str, ...]
    text: str
    corrections: tuple[str, ...]
    """Each once, sorted."""


def essence(article: Article) -> Essence:
    """What the article says, as both the fingerprint and the diff take it."""
    return Essence(
        title=normalise(article.title),
        authors=tuple(name for author in article.authors if (name := normalise(author))),
        text=normalise(article.text),
        corrections=tuple(sorted({notice for text in article.corrections if (notice := normalise(text))})),
    )
