"""A page whose download ended before the page did.

A missing </html> is legal HTML and says nothing; so is an end in the middle of nothing else. It is told by what no
page that came whole leaves open.
"""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TAIL = 3_000
"""Characters at the end of a page among which nearly all have their </body> or </html>."""

LINE = 10
"""Characters that the last line needs to be told apart from a stray mark."""

NESTED = 2
"""Containers left open, beyond a <div> that somebody forgot to close."""

_CLOSED = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_STARTED_TAG = re.compile(r"</?(?:[a-z!]|\Z)", re.IGNORECASE)
_RAW = re.compile(r"<(/?)(script|style|title|textarea)\b", re.IGNORECASE)
_CONTAINER = re.compile(r"<(/?)(?:article|main|section|div)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:。！？][\"'”’»)\]]*\Z")


def sign(source: str, text: Sequence[str]) -> str | None:
    """What shows that the page was cut off, in a few words; None of one that came whole. `text` is its article's."""
    if _CLOSED.search(source, max(0, len(source) - TAIL)) or _CLOSED.search(source):
        return None
    return _raw_left_open(source) or _broken_tag(source) or _broken_line(source, text)


def _raw_left_open(source: str) -> str | None:
    """A script or comment that the page ends in: it holds all that would have followed."""
    if source.rfind("<!--") > source.rfind("-->"):
        return "it ends in a comment"
    marks = deque(_RAW.finditer(source), maxlen=1)
    return f"it ends in a <{marks[0][2].lower()}> element" if marks and not marks[0][1] else None


def _broken_tag(source: str) -> str | None:
    start = source.rfind("<")
    if start > source.rfind(">") and _STARTED_TAG.match(source, start):
        return "it ends in the middle of a tag"
    return None


def _broken_line(source: str, text: Sequence[str]) -> str | None:
    """The article's last line ends in the middle of a sentence, and what it stands in is never closed."""
    line = unescape(" ".join(source[source.rfind(">") + 1 :].split()))
    if len(line) < LINE or _SENTENCE_END.search(line) or not text or not text[-1].endswith(line):
        return None
    opened = sum(-1 if mark[1] else 1 for mark in _CONTAINER.finditer(source))
    return "its text ends in the middle of a sentence" if opened >= NESTED else None
