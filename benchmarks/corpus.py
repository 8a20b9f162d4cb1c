"""The real pages to measure extraction with, which are not ours to keep: read from a folder given, if it is there."""

from __future__ import annotations

import gzip
import json
import re
import runpy
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Shares = tuple[float, float, float]
"""Of one page's 4-word shingles: those shared, those wrongly kept, those wrongly dropped; they add up to 1."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its article as people marked it up."""

    id: str
    url: str
    html: bytes
    body: str
    title: str | None
    authors: tuple[str, ...] | None
    date: date | None
    wants_standfirst: bool
    """Whether its set counts the standfirst as text."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one extractor read of one page."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two captures of one page, and whether the article itself differs."""

    name: str
    url: str
    before: bytes
    after: bytes
    changed: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    pages: tuple[Page, ...]
    pairs: tuple[Pair, ...]
    score: Callable[[Sequence[Mapping[str, str]], Mapping[str, str]], tuple[float, float, float, list[Shares]]] = field(
        repr=False
    )
    """The set's own script: precision, recall, F1, and the shares of each page."""


def load(folder: Path) -> Corpus | None:
    """The pages below `folder`; None where they are not."""
    listed = folder / "extraction" / "pages.json"
    if not listed.is_file():
        return None
    items = json.loads(listed.read_text())["items"]
    pairs = json.loads((folder / "versions" / "pairs.json").read_text())
    return Corpus(
        pages=tuple(_page(item, folder / "extraction") for item in items),
        pairs=tuple(_pair(item, folder / "versions") for item in pairs),
        score=runpy.run_path(str(folder / "extraction" / "score.py"))["score"],
    )


def same_title(known: str, found: str | None) -> bool:
    """Alike but for quotes, case and white space."""
    return bool(found) and _flat(known) == _flat(found or "")


def same_authors(known: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """The same people in any order."""
    return {_flat(name) for name in known} == {_flat(name) for name in found}


def _flat(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _page(item: Mapping[str, Any], folder: Path) -> Page:
    authors = item["authors"]
    if isinstance(authors, str):
        authors = [authors]
    return Page(
        id=item["id"],
        url=item["url"],
        html=gzip.decompress((folder / item["html"]).read_bytes()),
        body=item["body"],
        title=item["title"] or None,
        authors=tuple(name for name in authors if name) or None if authors else None,
        date=date.fromisoformat(item["date"][:10]) if item["date"] else None,
        wants_standfirst=item["dataset"] != "sh",
    )


def _pair(item: Mapping[str, Any], folder: Path) -> Pair:
    before, after = (gzip.decompress((folder / item[key]).read_bytes()) for key in ("from", "to"))
    return Pair(f"{item['from']} {item['to'].rsplit('/', 1)[1]}", item["url"], before, after, item["changed"])
