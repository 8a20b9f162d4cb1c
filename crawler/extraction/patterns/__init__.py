"""What lines on a news page give away about themselves: pattern knowledge kept as data, one file per language.

Each `*.toml` here holds `[[pattern]]` tables:

    role      the role of a line that matches: correction, credit, bio, promo, furniture, caption
    reason    what it is, in a few words
    start     a regular expression for the line's start; or
    whole     one for the whole line; or
    anywhere  one for any part of it
    words     strings in lower case of which each line that matches has at least one: needed with `anywhere`, and
              good where a `start` begins with anything
    max       the longest line it may take, in characters (default 400)
    place     "top" (before the text or among its first lines), "end" (in its last third or after it),
              or "any" (the default)
    example   a line that matches (a test runs it); several may be given as a list
    never     lines that look like it and are something else (a test runs them too)

`labels.toml` holds `[[label]]` tables for what is cut out of a line that stays (`text`, `example`, `left`), and
`markup.toml` `[[markup]]` tables matched against class and id words (`words`, `role`, `reason`, `example`).
`walls.toml` holds `[[wall]]` tables for pages that are no article: `kind`, `language`, `reason`, `start` or `whole`,
`example` and `never`. `signs.toml` is read by `signs`.
All languages are tried on all pages: a German page has English prompts. A line is first looked at in lower case, which
is cheap, so an expression is written in lower case but for what stands in `(?-i:...)`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from archive.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "nl")
DEFAULT_LENGTH = 400

LENGTHS = (100, 200, DEFAULT_LENGTH)
"""Characters past which a line is spared the patterns that only take shorter ones."""

_WORDS = r"(?:^|[\s_-])(?:%s)(?=$|[\s_-])"

ROLE_ORDER = (Role.CORRECTION, Role.CREDIT, Role.BIO, Role.CAPTION, Role.PROMO, Role.FURNITURE)
"""Which role has the say where several match."""

Place = Literal["top", "end", "any"]
Way = Literal["start", "whole", "anywhere"]
WallKind = Literal["bot check", "consent wall", "error page"]

WALL_LENGTH = 200
"""Characters of a line within which a wall says what it is."""

_SITE = r"\S{1,30}(?: \S{1,30}){0,3}"
_WALL_WAYS = {
    "start": r"\A\W{0,3}(?:%s)",
    "whole": rf"\A(?:{_SITE} [|·»–—-] )?\W{{0,3}}(?:%s)\W{{0,4}}(?: [|·»–—-] {_SITE})?\Z",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of line: how it is recognised, and what it is then."""

    role: Role
    reason: str
    way: Way
    expression: str
    words: tuple[str, ...]
    """One of these is in the line that matches, in lower case."""
    longest: int
    place: Place
    examples: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A label that is cut out of the line it stands in."""

    expression: str
    example: str
    left: str


@dataclass(frozen=True, slots=True)
class Markup:
    """What a class or id word says of the text in the element."""

    role: Role
    reason: str
    expression: str
    strong: bool
    """Whether it overrules trafilatura, which took the line for text."""
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """What a page says that stands in an article's place."""

    kind: WallKind
    language: str
    reason: str
    expression: re.Pattern[str]
    examples: tuple[str, ...]
    never: tuple[str, ...]


class Patterns:
    """All patterns, compiled: one expression per role, place and way of matching instead of hundreds.

    Most lines match nothing, and learn so from one expression without case, and a few words.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        ordered = sorted(patterns, key=lambda pattern: ROLE_ORDER.index(pattern.role))
        groups: dict[tuple[Role, Place, Way], list[Pattern]] = {}
        for pattern in ordered:
            groups.setdefault((pattern.role, pattern.place, pattern.way), []).append(pattern)
        self._groups = [_Group(members) for members in groups.values()]
        self._worded = [group for group in self._groups if group.worded]
        self._words = tuple(dict.fromkeys(word for pattern in ordered for word in pattern.words))
        self._longest = max(pattern.longest for pattern in patterns)
        self._openings = [(bound, _opening(ordered, longer=bound)) for bound in (*reversed(LENGTHS), 0)]

    def matches(self, line: str) -> Iterator[Pattern]:
        """The patterns that take the line, best first, at most one of each role, place and way of matching."""
        if len(line) > self._longest:
            return
        small = line.lower()
        opening = next(expression for bound, expression in self._openings if len(line) > bound or not bound)
        opens = opening is not None and opening.match(small) is not None
        if not opens and not _has_any(small, self._words):
            return
        for group in self._groups if opens else self._worded:
            pattern = group.match(line, small, opens=opens)
            if pattern is not None:
                yield pattern


class _Group:
    """Patterns of one role, place and way of matching."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._longest = max(pattern.longest for pattern in patterns)
        self._patterns = [(re.compile(_anchored(pattern), re.IGNORECASE), pattern) for pattern in patterns]
        self.worded = [(expression, pattern) for expression, pattern in self._patterns if pattern.words]
        self._any = _together([_anchored(pattern) for pattern in patterns if not pattern.words], re.IGNORECASE)

    def match(self, line: str, small: str, *, opens: bool) -> Pattern | None:
        """The first pattern that takes the line. `small` is the line in lower case; `opens`: it may begin like one."""
        if len(line) > self._longest:
            return None
        opens = opens and self._any is not None and self._any.match(line) is not None
        for expression, pattern in self._patterns if opens else self.worded:
            if len(line) > pattern.longest or (pattern.words and not _has_any(small, pattern.words)):
                continue
            if expression.search(line):
                return pattern
        return None


def _has_any(small: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - any() with a generator takes three times as long here
        if word in small:
            return True
    return False


def _anchored(pattern: Pattern) -> str:
    before, after = {"start": (r"\A", ""), "whole": (r"\A", r"\Z"), "anywhere": ("", "")}[pattern.way]
    return f"{before}(?:{pattern.expression}){after}"


def _opening(patterns: Sequence[Pattern], *, longer: int) -> re.Pattern[str] | None:
    """What every line of more than so many characters that one of them takes fulfils in lower case."""
    expressions = [_anchored(pattern) for pattern in patterns if not pattern.words and pattern.longest > longer]
    return _together([expression.replace("(?-i:", "(?i:") for expression in expressions])


def _together(expressions: Sequence[str], flags: int = 0) -> re.Pattern[str] | None:
    return re.compile("|".join(expressions), flags) if expressions else None


@cache
def load() -> Patterns:
    """The patterns of all languages, read and compiled once in a process."""
    return Patterns(tuple(pattern for language in LANGUAGES for pattern in read(language)))


@cache
def labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A cheap expression that every line with a label fulfils, and one for all labels to cut out."""
    together = "|".join(f"(?:{label.expression})" for label in read_labels())
    return re.compile(_toml("labels")["words"], re.IGNORECASE), re.compile(together, re.IGNORECASE)


@cache
def markup() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Markup], ...]]:
    """The markup hints with their expressions over class and id words, and before them one for any of them."""
    hints = tuple((re.compile(_WORDS % hint.expression, re.IGNORECASE), hint) for hint in read_markup())
    return re.compile(_WORDS % "|".join(hint.expression for _, hint in hints), re.IGNORECASE), hints


def wall(line: str) -> WallKind | None:
    """The kind of page that has this line for its title or among its first lines; None of an article's line."""
    head = line[:WALL_LENGTH]
    return next((known.kind for known in walls() if known.expression.search(head)), None)


@cache
def walls() -> tuple[Wall, ...]:
    """The walls of all languages, compiled once in a process."""
    return tuple(_wall(table) for table in _toml("walls")["wall"])


def read(language: str) -> tuple[Pattern, ...]:
    """The patterns of one language's file."""
    return tuple(_pattern(table, language) for table in _toml(language)["pattern"])


def read_labels() -> tuple[Label, ...]:
    return tuple(Label(table["text"], table["example"], table["left"]) for table in _toml("labels")["label"])


def read_markup() -> tuple[Markup, ...]:
    return tuple(
        Markup(
            Role(table["role"]),
            table["reason"],
            table["words"],
            bool(table.get("strong", False)),
            _strings(table["example"]),
        )
        for table in _toml("markup")["markup"]
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


def _pattern(table: dict[str, Any], language: str) -> Pattern:
    ways = [way for way in ("start", "whole", "anywhere") if way in table]
    if len(ways) != 1:
        raise ValueError(f"patterns/{language}.toml: {table.get('reason')!r} needs one of start, whole, anywhere")
    (way,) = ways
    words = _strings(table.get("words", ()))
    if way == "anywhere" and not words:
        raise ValueError(f"patterns/{language}.toml: {table['reason']!r} needs words")
    return Pattern(
        role=Role(table["role"]),
        reason=table["reason"],
        way=way,
        expression=table[way],
        words=words,
        longest=table.get("max", DEFAULT_LENGTH),
        place=table.get("place", "any"),
        examples=_strings(table["example"]),
        never=_strings(table.get("never", ())),
    )


def _wall(table: dict[str, Any]) -> Wall:
    (way,) = (way for way in _WALL_WAYS if way in table)
    return Wall(
        kind=table["kind"],
        language=table["language"],
        reason=table["reason"],
        expression=re.compile(_WALL_WAYS[way] % table[way], re.IGNORECASE),
        examples=_strings(table["example"]),
        never=_strings(table["never"]),
    )


def _strings(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
