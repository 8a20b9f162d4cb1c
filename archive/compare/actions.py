"""What a diff is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Literal, TypeVar

Said = TypeVar("Said")
Op = Literal["equal", "delete", "insert"]


class ActionKind(StrEnum):
    """What became of one sentence, as NewsEdits names it (Spangher et al. 2022, arXiv:2206.07106)."""

    ADDITION = "addition"
    DELETION = "deletion"
    EDIT = "edit"
    REFACTOR = "refactor"
    """Moved relative to the other sentences, perhaps edited too."""
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words that stayed, went or came."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """One sentence and what became of it. An index counts from 0 in `Diff.before` or `Diff.after`."""

    kind: ActionKind
    before: str | None
    after: str | None
    before_index: int | None
    after_index: int | None
    similarity: float
    """1 where the sentence is the same, 0 where it has no partner."""
    marks: tuple[Mark, ...] = ()
    """Where the wording changed: equal and delete joined are `before`, equal and insert joined `after`."""


@dataclass(frozen=True, slots=True)
class Change(Generic[Said]):
    """Something that stands apart from the text, before and after."""

    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class Diff:
    """Two articles compared."""

    title: Change[str] | None
    authors: Change[tuple[str, ...]] | None
    actions: tuple[Action, ...]
    """Every sentence in the order of reading; a deletion stands where its sentence stood."""
    corrections_added: tuple[str, ...]
    corrections_removed: tuple[str, ...]
    words_added: int
    """In title, text and corrections; a moved sentence adds none."""
    words_removed: int

    @property
    def changes(self) -> tuple[Action, ...]:
        """The actions without what is unchanged."""
        return tuple(action for action in self.actions if action.kind is not ActionKind.UNCHANGED)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        apart = self.title or self.authors or self.corrections_added or self.corrections_removed
        return not (apart or self.changes)

    @property
    def before(self) -> tuple[str, ...]:
        """The sentences of the older text as the diff cut them."""
        return tuple(
            action.before
            for action in sorted(self.actions, key=lambda action: action.before_index or 0)
            if action.before is not None
        )

    @property
    def after(self) -> tuple[str, ...]:
        """The sentences of the newer text as the diff cut them."""
        return tuple(action.after for action in self.actions if action.after is not None)
