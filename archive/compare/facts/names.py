"""Names in a text, told by their capitals and what stands around them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from archive.compare.facts.numerals import quantities
from archive.compare.facts.spans import Span
from archive.compare.text.conventions import conventions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.compare.facts.lexicon import Lexicon


def names(text: str, language: str | None, words: Lexicon, *, common: frozenset[str] = frozenset()) -> list[Span]:
    """The names of people, places and things, in order: `Joe Biden`, `Bank of England`, `Airbase 101`, `iPhone`.

    The value is in lower case, without the titles before a name, without the dots of `U.S.`. `common` are words, in
    lower case, that the whole text has without a capital: where one of them begins a sentence it is no name. A text
    in which nearly every word has a capital (a headline in title case) has only the names that stand out of that.
    """
    tokens = _tokens(text)
    shouting = _is_title_case(text, tokens, words)
    first_words = conventions(language).first_words
    no_names = first_words | words.openers | common
    found: list[Span] = []
    for run in _runs(tokens, text, words, no_names, first_words):
        name = _without_titles(run, text, words, no_names)
        if shouting:
            name = [token for token in name if _stands_out(token.text)]
        if name and _is_name(name, words):
            start, end = name[0].start, name[-1].end
            found.append(Span(start, end, _folded(text[start:end])))
    return found


class _Token(NamedTuple):
    start: int
    end: int
    text: str


_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'’.&][^\W_]+)*")
_LOOK_BACK = 6


def _tokens(text: str) -> list[_Token]:
    return [_Token(*one.span(), one[0]) for one in _WORD.finditer(text)]


def _opens(text: str, start: int) -> bool:
    """Whether a word that begins there stands where any word has a capital."""
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(" \"'“”„‘«»([–—-")
    return before.endswith((".", "!", "?", ":", "…")) or (not before and start <= _LOOK_BACK)


def _is_capital(token: str) -> bool:
    # `L'eau`: an article that lost its vowel, before a common noun.
    if token[1:2] in _APOSTROPHES and token[2:3].islower():
        return False
    return token[:1].isupper() or (token[1:2].isupper() and token[:1].islower())


_APOSTROPHES = ("'", "’")


def _is_title_case(text: str, tokens: list[_Token], words: Lexicon) -> bool:
    if words.nouns_have_capitals or text.endswith("."):
        return False
    long = [token.text for token in tokens if len(token.text) >= len("over") and token.text[0].isalpha()]
    return len(long) >= _TITLE and sum(map(_is_capital, long)) >= _SHOUTING * len(long)


_TITLE = 4
"""Longer words from which on a text can be told to be in title case."""

_SHOUTING = 0.8
"""The share of them that has a capital there."""


def _runs(
    tokens: list[_Token], text: str, words: Lexicon, no_names: frozenset[str], first_words: frozenset[str]
) -> Iterator[list[_Token]]:
    """Capitalised words that belong together, the particles between them and the number after them included."""
    run: list[_Token] = []
    amounts = quantities(words)
    for token in tokens:
        is_amount = text[token.end : token.end + 1] in _MARKS and text[token.end + 1 : token.end + 2].isdigit()
        is_capital = _is_capital(token.text) and token.text.lower() not in amounts
        goes_on = (
            bool(run)
            and text[run[-1].end : token.start] in _JOINTS
            and (is_capital or (_belongs(token, run, words) and not is_amount))
            and not _opens(text, token.start)
            and not _counts(token, run, text, no_names, first_words)
        )
        if run and not goes_on:
            yield from _closed(run)
            run = []
        if goes_on or is_capital:
            run.append(token)
    yield from _closed(run)


_MARKS = frozenset(",.")
"""Of thousands and of decimals."""

_JOINTS = frozenset({" ", "\u00a0", " & ", "-", "/"})


def _belongs(token: _Token, run: list[_Token], words: Lexicon) -> bool:
    """Whether a word without a capital is part of the name before it: a particle, or a number as in `Airbase 101`."""
    if not token.text.isdigit():
        return token.text.lower() in words.particles
    return len(token.text) <= _DESIGNATION and _is_capital(run[-1].text) and not words.nouns_have_capitals


def _counts(token: _Token, run: list[_Token], text: str, no_names: frozenset[str], first_words: frozenset[str]) -> bool:
    """Whether a number counts what follows it: `Already 296 ships`, and `Of 61 men` that lacks its full stop before."""
    if not token.text.isdigit():
        return False
    counted = _LOWER.match(text, token.end)
    alone = len(run) == 1 and counted is not None and counted[1] not in first_words and _opens(text, run[0].start)
    return alone or run[-1].text.lower() in no_names


_LOWER = re.compile(r" ([a-zà-ÿ]+)")
_DESIGNATION = 3


def _closed(run: list[_Token]) -> Iterator[list[_Token]]:
    """The run without the particles at its end; cut at an `and`, where both sides are names of their own."""
    while run and not _is_capital(run[-1].text) and not run[-1].text.isdigit():
        run = run[:-1]
    for is_joint, part in groupby(run, key=lambda token: token.text.lower() in _AND):
        if not is_joint:
            yield list(part)


_AND = frozenset({"and", "und", "y", "e", "et", "en"})


def _without_titles(run: list[_Token], text: str, words: Lexicon, no_names: frozenset[str]) -> list[_Token]:
    """The run from the first word on that is part of a name."""
    for place, token in enumerate(run):
        plain = token.text.lower().replace("’", "'")
        is_title = plain.rstrip(".") in words.titles
        # `It's` opens as `It` does.
        is_known = plain in no_names or plain.removesuffix("'s") in no_names
        is_opener = (is_known or (len(run) == 1 and _is_common(token.text))) and _opens(text, token.start)
        if not (is_title or is_opener or not _is_capital(token.text)):
            return run[place:]
    return []


def _is_name(run: list[_Token], words: Lexicon) -> bool:
    if _PRONOUN.fullmatch(run[0].text):
        return False
    # Where all nouns have capitals, one alone says nothing.
    capitals = sum(_is_capital(token.text) for token in run)
    return not words.nouns_have_capitals or capitals > 1 or _stands_out(run[0].text)


_PRONOUN = re.compile("I(?:['’](?:m|ve|ll|d))?")


def _is_common(word: str) -> bool:
    return word.lower().endswith(_COMMON_ENDINGS) and not _stands_out(word)


_COMMON_ENDINGS = (
    "ing",
    "ly",
    "tion",
    "ment",
    "ness",
    "ists",
    "ers",
    "ors",
    "ians",
    "ités",
    "ungen",
    "mente",
    "ciones",
)


def _stands_out(word: str) -> bool:
    """Whether its capitals are more than a first word's: `NATO`, `U.S.`, `iPhone`, `McKinsey`, `G7`."""
    capitals = sum(char.isupper() for char in word)
    return capitals > 1 or (capitals == 1 and (word[0].islower() or any(char.isdigit() for char in word)))


def _folded(name: str) -> str:
    folded = name.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    return folded.replace(".", "") if re.fullmatch(r"(?:\w\.)+\w?", folded) else " ".join(folded.split())
