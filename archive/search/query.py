"""What people type into a search, as a query that FTS5 takes.

The language is FTS5's (https://www.sqlite.org/fts5.html#full_text_query_syntax): words, "phrases", prefix*, ^first,
a + b, NEAR(a b, 5), title: and text:, AND, OR, NOT and parentheses. Beyond it, a word may hold any signs (covid-19,
don't, U.S., an address), curly quotation marks are quotation marks, and groups may stand side by side.

FTS5 finds words by the spaces and signs around them, so that of Chinese, Japanese or Thai it has but whole runs of
letters. Words of those scripts are looked for in the texts themselves, where a query is nothing but words and phrases.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = ("title", "text")

MAX_LENGTH = 2_000
MAX_WORDS = 256
MAX_PREFIXES = 8
MIN_PREFIX = 2
MAX_DISTANCE = 1_000
MAX_DEPTH = 5
"""Bounds of a query: characters, words, prefixes and the letters of one, words between the parts of a NEAR, and
parentheses in parentheses, of which each takes up to fifteen of the hundred places on the stack of FTS5's parser."""


class QueryError(ArchiveError):
    """The query cannot be searched for. The message says what is wrong, and where."""

    def __init__(self, message: str, query: str) -> None:
        super().__init__(message)
        self.literal = _quoted(query) if len(query) <= MAX_LENGTH and _words(query) else None
        """The query that looks for the words as they were typed; None where there is none."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query that FTS5 takes, and what is to stand in the text besides."""

    match: str
    """Empty where there is nothing for FTS5."""
    literals: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    """All of its words and phrases."""
    tells_loss: bool
    """Whether a text that matches no more has lost something. With NOT or ^ it may as well have gained words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase of a query, without the signs at its ends."""

    text: str
    is_beginning: bool = False
    columns: frozenset[str] = frozenset(COLUMNS)
    """Where it is looked for."""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(_words(self.text))

    @property
    def is_unspaced(self) -> bool:
        """Whether it is of a script that sets no spaces between words."""
        return _UNSPACED.search(self.text) is not None


def parse(query: str) -> Query:
    """The query as FTS5 is to be asked. Raises QueryError."""
    if len(query) > MAX_LENGTH:
        raise QueryError(f"the query is longer than {MAX_LENGTH:,} characters", query)
    # Lone surrogates stand for what was no UTF-8 on the command line; SQLite takes neither them nor a NUL.
    clean = query.encode(errors="replace").decode().replace("\0", " ").translate(_QUOTATION_MARKS)
    return _Parser(clean).query()


def spaced(text: str) -> str:
    """The text with spaces around each character of a script that sets none between words.

    An index of such texts finds any part of them as a phrase, where a query's phrases are spaced too.
    """
    return _UNSPACED.sub(r" \g<0> ", text)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """A group of _TOKEN."""
    text: str
    place: int
    """The character at which it begins, from 1."""


_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_TOKEN = re.compile(
    r"""\s*(?: (?P<phrase>"(?:[^"]|"")*")
    | (?P<unclosed>")
    | (?P<column>-?(?:(?i:title|text)\s*:|\{[^{}]*\}\s*:))
    | (?P<operator>(?:AND|OR|NOT)(?![^\s()"]))
    | (?P<near>NEAR\s*\()
    | (?P<sign>[()^*+])
    | (?P<word>[^\s()"*]+)
    | (?P<end>\Z))""",
    re.VERBOSE,
)
_NEAR_TOKEN = re.compile(
    r"""\s*(?: (?P<phrase>"(?:[^"]|"")*")
    | (?P<unclosed>")
    | (?P<distance>,\s*[0-9]*)
    | (?P<sign>[()^*])
    | (?P<word>[^\s()",*]+)
    | (?P<end>\Z))""",
    re.VERBOSE,
)
# "Live: the vote" is a sentence, 12:30 a time and https://… an address; author:lin and `author: lin` ask for a column.
_OTHER_COLUMN = re.compile(r"-?(?:([^\W\d]\w*):(?!//)[^\s:]|([a-z_][a-z0-9_]*):$)")
# Thai and Lao, Myanmar, Khmer, kana, Han. Korean has spaces.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
)
_LEFT_OUT = re.compile(r"-+([^\W\d].*)")


class _Parser:
    """Reads a query from left to right; each method gives the FTS5 of its part, empty where that has no word."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._at = 0
        self._depth = self._words = self._prefixes = 0
        self._tells_loss = True
        self._is_plain = True
        self._columns = frozenset(COLUMNS)
        self._found: list[Phrase] = []

    def query(self) -> Query:
        match = self._any_of()
        token = self._peek()
        if token.kind != "end":
            raise self._error(f"the {token.text} at character {token.place} does not go with anything before it")
        if not match:
            raise self._error("there is no word in the query")
        literals = [phrase.text for phrase in self._found if phrase.is_unspaced] if self._is_plain else []
        if literals:
            match = _together("AND", [_quoted(phrase.text) for phrase in self._found if not phrase.is_unspaced])
        return Query(match, tuple(literals), tuple(self._found), self._tells_loss)

    def _any_of(self) -> str:
        return self._joined("OR", lambda: self._joined("AND", lambda: self._joined("NOT", self._all_of)))

    def _joined(self, operator: str, part: Callable[[], str]) -> str:
        parts = [part()]
        while (token := self._peek()).kind == "operator" and token.text == operator:
            self._take()
            parts.append(part())
            if not (parts[-2] and parts[-1]):
                side = "after" if parts[-2] else "before"
                raise self._error(f"the {operator} at character {token.place} has no word {side} it")
            self._is_plain = False
            self._tells_loss = self._tells_loss and operator != "NOT"
        return _together(operator, parts)

    def _all_of(self) -> str:
        """Parts side by side."""
        parts: list[str] = []
        while (part := self._part()) is not None:
            parts.append(part)
        return _together("AND", [part for part in parts if part])

    def _part(self) -> str | None:
        token = self._peek()
        if token.kind == "unclosed":
            raise self._unclosed(token)
        if token.kind in {"end", "operator"} or token.text in {")", "*", "+"}:
            return None
        if token.kind == "column":
            return self._in_column()
        if token.kind == "near":
            return self._near()
        if token.text == "(":
            return self._group()
        return self._phrases()

    def _in_column(self) -> str:
        token = self._take()
        self._is_plain = False
        names = re.findall(r"[^\s{}:,-]+", token.text.lower())
        for name in names:
            self._check_column(name, token)
        outside = self._columns
        self._columns &= frozenset(COLUMNS).difference(names) if token.text.startswith("-") else frozenset(names)
        part = "" if self._peek().kind == "column" else self._part()
        self._columns = outside
        if not part or not names:
            raise self._error(f"there is no word for the {token.text} at character {token.place}")
        sign = "- " if token.text.startswith("-") else ""
        return f"{sign}{{{' '.join(names)}}} : ({part})"

    def _group(self) -> str:
        opening = self._take()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"more than {MAX_DEPTH} parentheses stand in one another")
        inside = self._any_of()
        token = self._peek()
        if token.kind == "end":
            raise self._error(f"the parenthesis at character {opening.place} is not closed")
        if token.text != ")":
            raise self._error(f"the {token.text} at character {token.place} does not go with anything before it")
        self._take()
        self._depth -= 1
        return inside

    def _phrases(self) -> str:
        """A word or phrase, or several joined by `+`; as a prefix, or as what its column begins with."""
        first = ""
        if self._peek().text == "^":
            first = "^ "
            self._take()
            self._is_plain = self._tells_loss = False
        phrases = [self._phrase()]
        while self._peek().text == "+":
            self._take()
            self._is_plain = False
            phrases.append(self._phrase())
        chain = " + ".join(filter(None, phrases))
        if self._peek().text == "*":
            self._check_prefix(phrases[-1], self._take())
            self._is_plain = False
            chain += " *"
        return first + chain if chain else ""

    def _phrase(self) -> str:
        token = self._peek()
        if token.kind not in {"phrase", "word"}:
            raise self._error(f"at character {token.place} a word is missing")
        return self._quoted(self._take())

    def _near(self) -> str:
        opening = self._take()
        self._is_plain = False
        parts: list[str] = []
        distance = ""
        while (token := self._take(_NEAR_TOKEN)).text != ")":
            if token.kind == "end":
                raise self._error(f"the NEAR( at character {opening.place} is not closed")
            if token.kind == "unclosed":
                raise self._unclosed(token)
            if token.text == "*" and parts and not parts[-1].endswith("*"):
                self._check_prefix(parts[-1], token)
                parts[-1] += " *"
            elif token.kind in {"phrase", "word"} and not distance:
                parts.append(self._quoted(token))
            elif token.kind == "distance" and not distance:
                distance = self._distance(token)
            else:
                raise self._error(f"the {token.text} at character {token.place} is not as in NEAR(a b, 5)")
        parts = [part for part in parts if part]
        if not parts:
            raise self._error(f"there is no word in the NEAR( at character {opening.place}")
        return f"NEAR({' '.join(parts)}{distance})"

    def _distance(self, token: _Token) -> str:
        number = token.text.removeprefix(",").strip()
        if not number:
            raise self._error(f"the comma at character {token.place} wants a number after it: NEAR(a b, 5)")
        if len(number) > len(str(MAX_DISTANCE)) or int(number) > MAX_DISTANCE:
            raise self._error(f"the words of a NEAR may be {MAX_DISTANCE:,} words apart at most, not {number:.20}")
        return f", {int(number)}"

    def _quoted(self, token: _Token) -> str:
        """The words of a phrase, or of what was typed as one word, as a phrase of FTS5's."""
        if token.kind == "word":
            self._check_word(token)
        inside = token.text[1:-1].replace('""', '"') if token.kind == "phrase" else token.text
        words = _words(inside)
        self._words += len(words)
        if self._words > MAX_WORDS:
            raise self._error(f"the query has more than {MAX_WORDS} words")
        if not words:
            return ""
        said = inside[inside.index(words[0]) : inside.rindex(words[-1]) + len(words[-1])]
        self._found.append(Phrase(said, columns=self._columns))
        return _quoted(inside)

    def _check_word(self, token: _Token) -> None:
        if token.text == "NEAR":
            raise self._error(f"the NEAR at character {token.place} wants its words in parentheses: NEAR(a b, 5)")
        column = _OTHER_COLUMN.match(token.text)
        if column:
            self._check_column(column[1] or column[2], token)
        left_out = _LEFT_OUT.match(token.text)
        if left_out:
            raise self._error(f"to leave out a word, put NOT before it: NOT {left_out[1]} (at character {token.place})")

    def _check_column(self, name: str, token: _Token) -> None:
        if name.lower() not in COLUMNS:
            known = " and ".join(f"{column}:" for column in COLUMNS)
            raise self._error(f"there is no column {name} (at character {token.place}); there are {known}")

    def _check_prefix(self, phrase: str, star: _Token) -> None:
        words = _words(phrase)
        # A Chinese character is a word; a letter is half of the dictionary's.
        if not words or (len(words[-1]) < MIN_PREFIX and words[-1].isascii()):
            raise self._error(f"the * at character {star.place} needs {MIN_PREFIX} letters before it at least")
        self._found[-1] = replace(self._found[-1], is_beginning=True)
        self._prefixes += 1
        if self._prefixes > MAX_PREFIXES:
            raise self._error(f"the query has more than {MAX_PREFIXES} prefixes")

    def _peek(self, pattern: re.Pattern[str] = _TOKEN) -> _Token:
        found = pattern.match(self._query, self._at)
        if found is None or found.lastgroup is None:
            raise self._error(f"what begins at character {self._at + 1} cannot be read")
        return _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup) + 1)

    def _take(self, pattern: re.Pattern[str] = _TOKEN) -> _Token:
        token = self._peek(pattern)
        self._at = token.place - 1 + len(token.text)
        return token

    def _unclosed(self, token: _Token) -> QueryError:
        return self._error(f"the quotation mark at character {token.place} is not closed")

    def _error(self, message: str) -> QueryError:
        return QueryError(message, self._query)


def _together(operator: str, parts: list[str]) -> str:
    joined = f" {operator} ".join(parts)
    return f"({joined})" if len(parts) > 1 else joined


def _words(text: str) -> list[str]:
    """The words as the index cuts them: letters, digits, marks and what is for private use."""
    return "".join(
        sign if unicodedata.category(sign)[0] in "LNM" or unicodedata.category(sign) == "Co" else " " for sign in text
    ).split()


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))
