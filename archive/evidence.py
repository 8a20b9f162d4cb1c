"""When a line that recurs in a source's articles is learned to be none of theirs. Pure; in doubt it stays text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.models import Role, line_digest
from archive.repeats import LEARNED

if TYPE_CHECKING:
    from archive.models import Article, Block

MIN_PAGES = 8
"""Articles that must have the line: a syndicated series or a running story's background seldom has so many."""

MIN_DAYS = 3
"""Days on which they came out: a story of the day does not outlive the day after."""

MIN_STORIES = 5
"""Stories among them: what recurs within one story is its background, or what somebody said."""

MIN_SHARE = 0.1
"""The line's part of the source's articles since it was first seen: a section's house line is on a tenth of them,
a sentence of the agencies' is not."""

LONG = 12
"""Words from which more is asked, in proportion: the longer a line, the likelier it is something told."""

FORGIVING = 0.5
"""What is learned stays so down to this part of what it took, so that no line goes to and fro."""

MAX_LENGTH = 600
"""Characters of a line that is counted; standards lines and tips reach some 400."""

MAX_LINES = 200
"""Lines of one article that are counted."""

FIGURES_WORDS = 6
"""Words up to which a line with figures is counted: figures do not count in its digest, and a longer line may be a
daily report of them."""

SURE_PAGES, SURE_DAYS, SURE_SHARE = 20, 5, 0.5
"""With so many articles and days, and on such a part of all articles, a line is the source's whatever stories they seem
to tell: titles made after one pattern ("Morning briefing: ...") are alike without being of one story."""

STORIES_KEPT = 6
TITLE_WORD = 4
TITLE_WORDS = 2
"""How stories are told apart: a title that has fewer than TITLE_WORDS words, of TITLE_WORD letters or more, in common
with each of the last STORIES_KEPT is of another story. One word is often but the section's ("Opinion") or a verb."""

_QUOTED = re.compile('["“”„‟«»「」『』]')
_WORDS = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """How one line recurs in a source's articles."""

    digest: int
    text: str
    """As it was first seen."""
    pages: int
    """Articles that had it at any time of their life; halves as the source goes on."""
    stories: int
    days: int
    """Days on which those articles came out, each but the first before or after all others: never too many."""
    first_day: str
    last_day: str
    titles: str
    """The words of the last titles that made a story of their own, a line each."""
    since: int
    """The source's articles counted before it was first seen."""
    first_seen_at: str
    last_seen_at: str
    learned_at: str | None = None
    """ISO 8601 UTC; None while it is text."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One article that has lines: what its lines share."""

    title: str
    day: str
    """When it came out."""
    seen_at: str
    counted: int
    """The source's articles so far, with this one."""


def candidates(article: Article) -> dict[int, str]:
    """The lines of an article that are worth counting, by digest: those of its text, and those learned before."""
    found: dict[int, str] = {}
    for block in article.blocks:
        if (block.role in article.text_roles or block.reason == LEARNED) and _may_recur(block):
            found.setdefault(line_digest(block.text), block.text)
            if len(found) == MAX_LINES:
                break
    return found


def day_of(article: Article, seen_at: str) -> str:
    """The day on which an article came out, as far as it says; else the one on which it was seen."""
    said = article.published or ""
    return said[:10] if _DAY.match(said) and said[:10] <= seen_at[:10] else seen_at[:10]


def first(digest: int, text: str, occurrence: Occurrence) -> Line:
    """A line never seen before."""
    return Line(
        digest,
        text,
        pages=1,
        stories=1,
        days=1,
        first_day=occurrence.day,
        last_day=occurrence.day,
        titles=_title_words(occurrence.title),
        since=occurrence.counted - 1,
        first_seen_at=occurrence.seen_at,
        last_seen_at=occurrence.seen_at,
    )


def again(line: Line, occurrence: Occurrence) -> Line:
    """A line on one more page."""
    titles, words = line.titles.split("\n"), _title_words(occurrence.title)
    is_story = not any(_same_story(words, title) for title in titles)
    if is_story:
        titles = [*titles, words][-STORIES_KEPT:]
    return judged(
        replace(
            line,
            pages=line.pages + 1,
            stories=line.stories + is_story,
            days=line.days + (not line.first_day <= occurrence.day <= line.last_day),
            first_day=min(line.first_day, occurrence.day),
            last_day=max(line.last_day, occurrence.day),
            titles="\n".join(titles),
            last_seen_at=max(line.last_seen_at, occurrence.seen_at),
        ),
        counted=occurrence.counted,
        now=occurrence.seen_at,
    )


def judged(line: Line, *, counted: int, now: str) -> Line:
    """The line, learned or forgotten if it has come to that."""
    if line.learned_at is None:
        return replace(line, learned_at=now) if is_learned(line, counted) else line
    return line if is_learned(line, counted, asked=FORGIVING) else replace(line, learned_at=None)


def is_learned(line: Line, counted: int, *, asked: float = 1.0) -> bool:
    """Whether there is evidence enough, of which the part `asked` is wanted, that no article told this line.

    `counted` is the source's articles so far. Days and stories are asked for whole: they do not decay.
    """
    length = max(1.0, len(_WORDS.findall(line.text)) / LONG)
    pages, part = line.pages / (length * asked), share(line, counted) / asked
    if pages < MIN_PAGES or line.days < MIN_DAYS or part < MIN_SHARE:
        return False
    if line.stories >= MIN_STORIES * length:
        return True
    return pages >= SURE_PAGES and line.days >= SURE_DAYS and part >= SURE_SHARE


def share(line: Line, counted: int) -> float:
    """The line's part of the articles counted since it was first seen, 0 to 1."""
    return line.pages / max(counted - line.since, line.pages)


def _may_recur(block: Block) -> bool:
    """A quotation is somebody's, and the rows of a table are data, however often they recur."""
    if block.role in {Role.QUOTE, Role.TABLE} or len(block.text) > MAX_LENGTH or _QUOTED.search(block.text):
        return False
    words = len(_WORDS.findall(block.text))
    return words > 0 and (words <= FIGURES_WORDS or not _FIGURE.search(block.text))


def _same_story(words: str, others: str) -> bool:
    these, those = set(words.split()), set(others.split())
    if not these or not those:
        return these == those
    return len(these & those) >= min(TITLE_WORDS, len(these), len(those))


def _title_words(title: str) -> str:
    return " ".join(sorted({word for word in _WORDS.findall(title.casefold()) if len(word) >= TITLE_WORD}))
