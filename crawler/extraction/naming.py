"""Whom a line names: nobody but the authors, or whom the story is about."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLLOW = "follow or app call"
"""The reason of the patterns that ask to be followed."""

_JOINING = frozenset({"by", "and", "von", "und", "por", "y", "par", "et", "di", "da", "e", "de", "door", "en", "van"})
_WORD = re.compile(r"\w+")


def names_only(line: str, names: Sequence[str]) -> bool:
    """Nothing but the authors' names (and what joins them). The names are in lower case, the longest first."""
    if not names or len(line) > 200:  # noqa: PLR2004
        return False
    small = rest = line.lower()
    for name in names:
        if name in rest:
            rest = rest.replace(name, " ")
    return rest != small and _JOINING.issuperset(_WORD.findall(rest))


def names_subject(line: str, titles: Iterable[str], authors: Iterable[str]) -> bool:
    """Whether a sentence names what the headline names, by two words in a row with capitals, and no author.

    A call to follow someone is then part of the story, and none of the site's. The authors' names are in lower case.
    """
    words = f" {' '.join(_WORD.findall(line))} "
    named = (" ".join(pair) for title in titles for pair in pairwise(_WORD.findall(title)))
    by_authors = " ".join(authors)
    return line.endswith(".") and any(
        name.istitle() and f" {name} " in words and name.lower() not in by_authors for name in named
    )
