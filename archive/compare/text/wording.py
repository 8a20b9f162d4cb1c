"""The words of a text as they are compared."""

from __future__ import annotations

from archive.compare.text.normalise import normalise
from archive.compare.text.words import is_word, tokens


def folded_words(text: str) -> list[str]:
    """The words and figures of a text in order, in normal form and lower case; punctuation is none."""
    return [word for token in tokens(normalise(text).casefold()) if is_word(word := token.strip())]
