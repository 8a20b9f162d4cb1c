"""Which events a rule wants told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.models import EventKind
from stet.notify.words import any_of, folded

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from archive.stream import Change
    from archive.wording import Wording
    from stet.notify.settings import RuleSettings

LONGEST = 500_000
"""Characters in which words are looked for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule of the configuration lets through."""

    settings: RuleSettings
    _words: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        words = self.settings.words
        object.__setattr__(self, "_words", any_of(words) if words else None)

    @property
    def name(self) -> str:
        return self.settings.name

    def wants(self, change: Change, wording: Callable[[], Wording]) -> bool:
        """Whether the event is to be told; `wording` is asked only where words decide."""
        settings = self.settings
        if settings.sources and change.source not in settings.sources:
            return False
        if change.weight < settings.least_weight:
            return False
        if settings.kinds:
            if change.kind not in settings.kinds:
                return False
        elif change.kind == EventKind.REEXTRACTED or change.is_of_trial:
            return False
        return self._words is None or self._words.search(_said(change, wording())) is not None


def _said(change: Change, wording: Wording) -> str:
    told = [change.title or "", *_texts(change.details)]
    told += [text for each in wording.edited for text in (each.before, each.after) if text]
    return folded("\n".join((*told, wording.text))[:LONGEST])


def _texts(value: object) -> Iterator[str]:
    """The texts anywhere in an event's details."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
