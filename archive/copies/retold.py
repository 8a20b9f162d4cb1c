"""Pages that may tell a story in other words: those that share its rare words. Candidates, to be compared.

A rewording shares no run of words with what it rewords, but its names, figures and terms. Which of a text's words are
rare here is found by asking the full-text index for a few more pages than a rare word has: what is common costs no more
than what is rare.
"""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise
from archive.compare.text.words import tokens
from archive.copies.shingles import OF_ONE_OUTLET, outlets_of

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.models import Article

ASKED = 60
"""Words of a text that the index is asked for."""

RARE = 60
"""Snapshots that a rare word is in at most."""

SHARED = 4
"""Rare words that a page must share."""

SHORTEST = 4
"""Letters; a figure may be shorter by one."""


def sharing_rare_words(db: Database, article: Article, *, limit: int) -> list[int]:
    """The ids of the pages that share the most of the article's rare words, its own among them; those first."""
    having = [_pages_with(db, word) for word in telling_words(article)[:ASKED]]
    outlets = outlets_of(db, set().union(*having))
    weights: Counter[int] = Counter()
    shared: Counter[int] = Counter()
    for found in having:
        of_outlets = Counter(outlets[page_id] for page_id in found)
        weight = round(1000 * log(2 * RARE / max(len(found), 1)))
        for page_id in found:
            # What an outlet puts under all its articles says nothing of them.
            if of_outlets[outlets[page_id]] <= OF_ONE_OUTLET:
                shared[page_id] += 1
                weights[page_id] += weight
    enough = [page_id for page_id, words in shared.items() if words >= SHARED]
    return sorted(enough, key=lambda page_id: (-weights[page_id], page_id))[:limit]


def telling_words(article: Article) -> list[str]:
    """The words of an article that are the likeliest to be rare, those first: figures, what has capitals within a
    sentence, long ones."""
    ranks: dict[str, tuple[int, int]] = {}
    inside = False
    for token in tokens(normalise(f"{article.title}. {article.text}")[:_LONGEST]):
        word = token.strip()
        if word.isalnum() and len(word) >= SHORTEST - word[0].isdigit():
            named = word[0].isdigit() or (inside and word[0].isupper())
            folded = word.casefold()
            ranks[folded] = min(ranks.get(folded, (1, 0)), (0 if named else 1, -len(word)))
        inside = word.isalnum() or word in {",", "-", "'"}
    return sorted(ranks, key=lambda word: (*ranks[word], word))


_LONGEST = 40_000


def _pages_with(db: Database, word: str) -> set[int]:
    """The pages of which a snapshot has the word; none where more than RARE have it."""
    rows = db.execute(
        """select page_id from snapshots where id in (
               select rowid from snapshots_fts where snapshots_fts match ? limit ?
           )""",
        [f'"{word}"', RARE + 1],
    ).fetchall()
    return {page_id for (page_id,) in rows} if len(rows) <= RARE else set()
