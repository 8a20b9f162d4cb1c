"""What lines on a news page give away about themselves: pattern knowledge kept as data, one file per language.

Each `*.toml` here holds `[[pattern]]` tables:

    role      the role of a line that matches: correction, credit, bio, promo, furniture, caption
    reason    what it is, in a few words
    start     a regular expression for the line's start; or
    whole     one for the whole line; or
    anywhere  one for any part of it
    max       the longest line it may take, in characters (default 400)
    place     "top" (before the text or among its first lines), "end" (in its last third or after it),
              or "any" (the default)
    example   a line that matches (a test runs it); several may be given as a list
    never     lines that look like it and are something else (a test runs them too)

`labels.toml` holds `[[label]]` tables for what is cut out of a line that stays (`text`, `example`, `left`), and
`markup.toml` `[[markup]]` tables matched against class and id words (`words`, `role`, `reason`, `example`).
`walls.toml` holds `[[wall]]` tables for pages that are no article: `kind`, `language`, `reason`, `start` or `whole`,
`example` and `never`. `signs.toml` is read by `signs`.
All languages are tried on all pages: a German page has English prompts, and a specific pattern costs nothing.
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

LANGUAGES = ("en", "de", "es", "fr")
DEFAULT_LENGTH = 400

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
    """All patterns, compiled: one expression per role, place and way of matching instead of hundreds."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        ordered = sorted(patterns, key=lambda pattern: ROLE_ORDER.index(pattern.role))
        groups: dict[tuple[Role, Place, Way], list[Pattern]] = {}
        for pattern in ordered:
            groups.setdefault((pattern.role, pattern.place, pattern.way), []).append(pattern)
        self._groups = [_Group(members) for members in groups.values()]

    def matches(self, line: str) -> Iterator[Pattern]:
        """The patterns that take the line, best first, at most one of each role, place and way of matching."""
        return (pattern for group in self._groups if (pattern := group.match(line)) is not None)


class _Group:
    """Patterns that are tried as one expression."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._longest = max(pattern.longest for pattern in patterns)
        self._patterns = [(re.compile(_anchored(pattern), re.IGNORECASE), pattern) for pattern in patterns]
        together = "|".join(_anchored(pattern) for pattern in patterns)
        self._any = re.compile(together, re.IGNORECASE)

    def match(self, line: str) -> Pattern | None:
        if len(line) > self._longest or not self._any.search(line):
            return None
        for expression, pattern in self._patterns:
            if len(line) <= pattern.longest and expression.search(line):
                return pattern
        return None


def _anchored(pattern: Pattern) -> str:
    before, after = {"start": (r"\A", ""), "whole": (r"\A", r"\Z"), "anywhere": ("", "")}[pattern.way]
    return f"{before}(?:{pattern.expression}){after}"


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
    return Pattern(
        role=Role(table["role"]),
        reason=table["reason"],
        way=way,
        expression=table[way],
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
