"""A consent text in an article's place: what it speaks of, how it speaks, and the buttons that come with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.patterns import signs

if TYPE_CHECKING:
    from collections.abc import Sequence

BUTTON = 60
"""Characters that a button's label may have."""

SPEAKS_OF = 0.12
"""The share of a consent text's words that name cookies, data, partners …; an article about them has some 0.05."""

ADDRESSES = 0.05
"""The share that says "we" and "you": a report on consent has next to none."""

LOOKED_AT = 20_000
"""Characters of the text that are counted."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def sign(text: Sequence[str], short_lines: Sequence[str]) -> str | None:
    """What shows that `text` asks for consent, in a few words; None where it does not.

    `short_lines` are those of the whole page that may be buttons: without a choice to make it is no wall.
    """
    said = "\n".join(text)[:LOOKED_AT]
    words = len(_WORD.findall(said))
    if not words:
        return None
    for known in signs.consents():
        named = len(known.words.findall(said))
        ours = len(known.ours.findall(said))
        if named < SPEAKS_OF * words or ours < ADDRESSES * words:
            continue
        choice = next((line for line in short_lines if known.choice.fullmatch(line)), None)
        if choice is not None:
            return f"{named} of its {words} words speak of cookies and data, and “{choice}” is a choice"
    return None
