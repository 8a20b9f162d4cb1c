"""Names where every noun has a capital: told by the article that they do without."""

from __future__ import annotations

from archive.compare.facts.lexicon import lexicon
from archive.compare.text.conventions import words


def is_bare_name(was: str, became: str, follows: str, language: str | None) -> bool:
    """Whether one word put for another after `follows` (none: at the beginning) is a name for a name.

    `in Berlin`, `in Hamburg`: a German noun in the singular seldom stands right after a preposition, or first, without
    an article; nouns in the plural and nouns made from other words are told by their endings. Only for languages in
    which nouns have capitals.
    """
    if not lexicon(language).nouns_have_capitals:
        return False
    stands_bare = not follows or follows.lower() in _PREPOSITIONS or follows.endswith((".", ":"))
    return stands_bare and not (_is_made_noun(was) or _is_made_noun(became))


_PREPOSITIONS = words(
    "in aus nach bei von mit für gegen durch über an um und zwischen laut sagte erklärte so vor wie statt neben sowie"
)
_ENDINGS = ("e", "en", "er", "ern", "eln", "ung", "heit", "keit", "schaft", "ion", "tät", "tum", "mus", "nis", "lich")
_SHORTEST = 2


def _is_made_noun(word: str) -> bool:
    return len(word) < _SHORTEST or word.lower().endswith(_ENDINGS)
