"""The headline: which of the texts a page offers for it, and without the site's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALIKE = 0.6
"""The share of common words from which two texts are taken for one headline."""

KICKED_WORDS = 3
"""Words that a headline behind a kicker has at least."""

_SEPARATOR = re.compile(r" [|·•»›—–-] | ?\| ?| :: | / ")
_WORD = re.compile(r"\w+")


def choose(h1s: Sequence[Sequence[str]], said: Sequence[str], page_title: str, sites: Iterable[str], host: str) -> str:
    """The h1 that JSON-LD, a meta element or the title element confirm; else the first of those.

    An h1, given as its runs of text, shows the headline as readers see it; what confirms it shows that it is no logo.
    An h1 alone is only believed where nothing else is said.
    """
    names = [*sites, *_host_names(host)]
    said = [without_site(text, names) for text in said]
    named = without_site(page_title, names)
    candidates = [text for text in (*said, named) if text]
    for candidate in candidates:
        for runs in h1s:
            if _heads_with_kicker(runs, candidate):
                return runs[-1]
            h1 = " ".join(runs)
            if _alike(h1, candidate) or _begins(candidate, h1):
                return without_site(h1, names)
    return next(iter(candidates), "") or next((" ".join(runs) for runs in h1s), "")


def without_site(title: str, names: Iterable[str]) -> str:
    """The title without the site's name before or after it, where a name stands there as a part of its own.

    A last part that is no known name goes only after a bar, and only where it is much shorter than the rest.
    """
    flat = {_flat(name) for name in names if name}
    parts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)]
    low, high = 0, len(title)
    while parts:
        start, end = parts[-1]
        if not (_is_name(title[end:high], flat) or _is_section(title[low:start], title[start:end], title[end:high])):
            break
        parts.pop()
        high = start
    if parts and _is_name(title[low : parts[0][0]], flat):
        low = parts[0][1]
    return title[low:high].strip()


def _is_name(part: str, flat: set[str]) -> bool:
    word = _flat(part)
    return bool(word) and any(word == name or (len(name) > 4 and word in {name + "com", "the" + name}) for name in flat)  # noqa: PLR2004


def _is_section(before: str, separator: str, last: str) -> bool:
    """ "World" in "Troops enter base | World"."""
    return "|" in separator and len(last) * 2 < len(before) and len(last.split()) <= 4  # noqa: PLR2004


def _host_names(host: str) -> list[str]:
    labels = [label for label in host.lower().split(".") if label not in {"www", "m", "amp"}]
    return [*labels[:-1], ".".join(labels)] if len(labels) > 1 else labels


def _heads_with_kicker(runs: Sequence[str], candidate: str) -> bool:
    """Whether the h1's last run is the headline, and what stands before it a kicker, which `candidate` has not."""
    last = _flat(runs[-1]) if runs else ""
    kicker = _flat("".join(runs[:-1]))
    whole = _flat(candidate)
    is_tail = len(runs[-1].split()) >= KICKED_WORDS and whole.endswith(last) if last else False
    return is_tail and bool(kicker) and whole.removesuffix(last) != kicker


def _begins(candidate: str, h1: str) -> bool:
    """Whether `candidate` is the h1 and, behind a separator, the name of a site that says it nowhere."""
    return candidate.startswith(h1) and bool(_SEPARATOR.match(candidate, len(h1)))


def _alike(one: str, other: str) -> bool:
    a, b = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    if not a or not b:
        return False
    common = len(a & b)
    if len(a) >= 4 and len(b) >= 4 and common == min(len(a), len(b)):  # noqa: PLR2004
        return True
    return common / len(a | b) >= ALIKE


def _flat(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))
