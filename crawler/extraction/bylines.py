"""Authors: names as pages write them, cleaned and taken apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.page import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_AUTHORS = 30
MAX_NAME = 120
MAX_LINE = 2_000
"""Characters of a byline that are looked at."""

_BY = re.compile(
    r"^ ?(?:(?:written|posted|reported|story|words|analysis|opinion|review(?:ed)?|edited|published) by|by|von|por|par|"
    r"di|door|authors?|autor(?:in|es)?|text) ?:? (?=\S)|^by: ?",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r" ?(?:,|;|\||·|•| & | (?:and|und|y|e|et|en|with|mit|con|avec) ) ?(?:(?:and|und|y|et) )?", re.IGNORECASE
)
_ROLE = re.compile(
    r" ?(?:,|\||[-–—] |\() ?(?:\w+ ){0,3}(?:reporter|correspondent|editor|writer|staff|journalist|columnist|"
    r"contributor|redakteur(?:in)?|korrespondent(?:in)?|redactora?|corresponsal|press|bureau chief)\b.*$",
    re.IGNORECASE,
)
_ONLY_ROLE = re.compile(
    r"^(?:(?:senior|chief|staff|special|associated|political|foreign|national|local|sports?|business|science|health|deputy|"
    r"assistant|managing|executive|news|digital|contributing) )*"
    r"(?:reporter|correspondent|editor|writer|journalist|columnist|contributor|bureau chief|producer|jr\.?|sr\.?|"
    r"ph\.?d\.?|md)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|\S@\S|^@|^(?:\d[\d\s:./-]*)$|^(?:admin|null|none|undefined|n/a|unknown|author|user\d*)$",
    re.IGNORECASE,
)
_HANDLE = re.compile(r" ?\(?@\w+\)?")
_MAIL = re.compile(r" ?\(?[^\s@]{1,64}@[\w.-]{1,255}\.\w{1,63}\)?")
_TAG = re.compile(r"<[^<>]{1,200}>")
_DATE_TAIL = re.compile(
    r" ?(?:[|,•·–—-]|\bon\b|\bpublished\b|\bupdated\b|\bfor\b(?= (?:the|[a-z]+\.(?:com|org)))) ?(?:\w+ )?\d.*$",
    re.IGNORECASE,
)


def clean(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order, without "By", handles, addresses and job titles."""
    kept: dict[str, str] = {}
    for name in names:
        cleaned = _name(name)
        if cleaned and cleaned.casefold() not in kept:
            kept[cleaned.casefold()] = cleaned
        if len(kept) >= MAX_AUTHORS:
            break
    return tuple(kept.values())


def split(line: str) -> list[str]:
    """The names in a plain byline ("By A, B and C")."""
    line = _DATE_TAIL.sub("", _MAIL.sub("", _BY.sub("", normalise(line[:MAX_LINE]))))
    return [part for part in _JOIN.split(line) if part and not _ONLY_ROLE.match(part.strip())]


def _name(text: str) -> str:
    text = normalise(_TAG.sub(" ", text[:MAX_LINE]))
    if "@" in text and not text.startswith("@"):
        text = _HANDLE.sub("", _MAIL.sub("", text))
    text = _ROLE.sub("", _BY.sub("", text)).strip(" \t,;:|–—-·•")
    if not text or len(text) > MAX_NAME or _NO_NAME.search(text) or not any(c.isalpha() for c in text):
        return ""
    return text
