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
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from archive.models import Role
from crawler.extraction.patterns.letters import first_letter, first_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "nl")
DEFAULT_LENGTH = 400

SHORT = 120
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
    """All patterns, compiled, and sorted by the letters with which a line begins that they take.

    Most lines match nothing, and learn so from two expressions without case, and a few words.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        ordered = sorted(patterns, key=lambda pattern: ROLE_ORDER.index(pattern.role))
        letters = {pattern: first_letters(pattern.expression) for pattern in ordered if not pattern.words}
        known = frozenset[str]().union(*(own for own in letters.values() if own))
        # Apart from those that begin with one letter, so that the one expression they make stays in the CPU's cache.
        self._of_any = _Opening([pattern for pattern, own in letters.items() if own is None])
        self._of_letter = {
            letter: _Opening([pattern for pattern, own in letters.items() if own and letter in own]) for letter in known
        }
        self._groups = {
            letter: _grouped(pattern for pattern in ordered if (own := letters.get(pattern)) is None or letter in own)
            for letter in (*known, "")
        }
        self._worded = _grouped(pattern for pattern in ordered if pattern.words)
        self._words = tuple(dict.fromkeys(word for pattern in ordered for word in pattern.words))
        self._longest = max(pattern.longest for pattern in patterns)

    def matches(self, line: str) -> Iterator[Pattern]:
        """The patterns that take the line, best first, at most one of each role, place and way of matching."""
        if len(line) > self._longest:
            return
        small = line.lower()
        letter = first_letter(small)
        of_letter = self._of_letter.get(letter)
        is_long = len(line) > SHORT
        opens = self._of_any.takes(small, is_long=is_long) or (
            of_letter is not None and of_letter.takes(small, is_long=is_long)
        )
        if not opens and not _has_any(small, self._words):
            return
        for group in (self._groups.get(letter) or self._groups[""]) if opens else self._worded:
            for expression, pattern in group:
                if len(line) > pattern.longest or (pattern.words and not _has_any(small, pattern.words)):
                    continue
                if expression.search(line):
                    yield pattern
                    break


_Groups = tuple[tuple[tuple[re.Pattern[str], Pattern], ...], ...]


class _Opening:
    """What every line in lower case fulfils that one of these patterns takes; compiled when first asked."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns

    def takes(self, small: str, *, is_long: bool) -> bool:
        expression = self._of_long if is_long else self._of_any
        return expression is not None and expression.match(small) is not None

    @cached_property
    def _of_any(self) -> re.Pattern[str] | None:
        return _together(self._patterns)

    @cached_property
    def _of_long(self) -> re.Pattern[str] | None:
        return _together([pattern for pattern in self._patterns if pattern.longest > SHORT])


def _together(patterns: Sequence[Pattern]) -> re.Pattern[str] | None:
    begins = [_anchored(pattern).replace("(?-i:", "(?i:") for pattern in patterns]
    return re.compile("|".join(begins)) if begins else None


def _grouped(patterns: Iterable[Pattern]) -> _Groups:
    """The patterns with their expressions, by role, place and way of matching."""
    groups: dict[tuple[Role, Place, Way], list[tuple[re.Pattern[str], Pattern]]] = {}
    for pattern in patterns:
        key = (pattern.role, pattern.place, pattern.way)
        groups.setdefault(key, []).append((_compiled(_anchored(pattern)), pattern))
    return tuple(map(tuple, groups.values()))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _has_any(small: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - any() with a generator takes three times as long here
        if word in small:
            return True
    return False


def _anchored(pattern: Pattern) -> str:
    before, after = {"start": (r"\A", ""), "whole": (r"\A", r"\Z"), "anywhere": ("", "")}[pattern.way]
    return f"{before}(?:{pattern.expression}){after}"


@cache
def load() -> Patterns:
    """The patterns of all languages, read and compiled once in a process."""
    return Patterns(tuple(pattern for language in LANGUAGES for pattern in read(language)))


@cache
def labels() -> tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]:
    """The words of which every line with a label has one, an expression for one of them, and one for all labels."""
    words = _strings(_toml("labels")["words"])
    together = "|".join(f"(?:{label.expression})" for label in read_labels())
    return words, re.compile(rf"\b(?:{'|'.join(words)})"), re.compile(together, re.IGNORECASE)


def without_labels(line: str) -> str:
    """The line as it is without labels such as "opens new tab"; white space is left where one stood."""
    words, word, expression = labels()
    small = line.lower()
    return expression.sub("", line) if _has_any(small, words) and word.search(small) else line


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
