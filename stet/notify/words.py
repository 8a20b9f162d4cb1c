"""Finding words in texts, as people mean them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise
from archive.compare.text.words import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable

BEGINNING = "*"
"""After a word: others that begin like it will do."""


def folded(text: str) -> str:
    """The text without differences of case and typography."""
    return normalise(text).casefold()


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """What is found in a folded text in which one of the words stands, or of the phrases; not inside of other words."""
    return re.compile("|".join(_found(folded(word)) for word in words))


def _found(word: str) -> str:
    stem = word.removesuffix(BEGINNING).rstrip()
    before = "" if _joins(stem[:1]) else r"(?<!\w)"
    after = "" if word.endswith(BEGINNING) or _joins(stem[-1:]) else r"(?!\w)"
    return f"{before}{re.escape(stem)}{after}"


def _joins(char: str) -> bool:
    """Whether words that begin or end with it stand beside others without a space."""
    return is_cjk(char) or not char.isalnum()
