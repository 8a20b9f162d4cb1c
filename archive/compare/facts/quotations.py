"""What a text has between quotation marks."""

from __future__ import annotations

import re

from archive.compare.facts.spans import Span
from archive.compare.text.normalise import normalise


def quotations(text: str) -> list[Span]:
    """The quotations, in order, without their marks; a quote that began or ends outside of the text is one too.

    Its value is its words, in lower case and without punctuation.
    """
    found: list[Span] = []
    start: int | None = None
    closers = ""
    for place, mark in enumerate(_MARK.finditer(text)):
        sign = mark[0].strip()
        if start is not None:
            # French sets a space before the mark that closes, as if it opened.
            if sign in closers and (mark["close"] or sign in "»«"):
                found += _quotation(text, start, mark.start())
                start = None
        elif mark["open"]:
            start, closers = mark.end(), _CLOSERS[sign]
        elif place == 0 and sign in _CERTAIN:
            found += _quotation(text, 0, mark.start())
    if start is not None and not _APOSTROPHES.issuperset(closers):
        found += _quotation(text, start, len(text))
    return found


_APOSTROPHES = frozenset("'’")
_CERTAIN = frozenset('"”»')
"""Marks that close a quotation even where none was opened: an apostrophe does not."""

_CLOSERS = {
    '"': '"”',
    "“": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "'": "'",
    "‘": "’",
    "‚": "‘",
    "‹": "›",
    "›": "‹",
}

# The same mark opens and closes in many languages: one opens before a word that nothing stands right before.
_MARK = re.compile(
    r"(?P<open>(?<![^\W_])(?:[\"“„»'‘‚‹›]|«[ \u00a0\u202f]?)(?=[\w(\[¿¡…$€£#@.])|[「『])"
    r"|(?P<close>(?<=\S)(?:[\"”“»«'’‘›‹]|[ \u00a0\u202f]»)(?![^\W_])|[」』])"
)


def _quotation(text: str, start: int, end: int) -> list[Span]:
    said = " ".join(_WORD.findall(normalise(text[start:end]).casefold()))
    return [Span(start, end, said)] if said else []


_WORD = re.compile(r"\w+(?:['.,-]\w+)*")
