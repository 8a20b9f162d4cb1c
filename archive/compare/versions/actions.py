"""What a diff is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.compare.text.words import Mark

Said = TypeVar("Said")


class ActionKind(StrEnum):
    """What became of one sentence, as NewsEdits names it (Spangher et al. 2022, arXiv:2206.07106)."""

    ADDITION = "addition"
    DELETION = "deletion"
    EDIT = "edit"
    REFACTOR = "refactor"
    """Moved relative to the other sentences, perhaps edited too."""
    UNCHANGED = "unchanged"


class Shape(StrEnum):
    """What became of the cuts between sentences, where one is several in the other text."""

    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Action:
    """What became of one sentence, or of a few in a row where the cut between them changed with the words.

    A split has one before and several after, a merge several and one, all others one on each side they have.
    """

    kind: ActionKind
    befores: tuple[str, ...]
    afters: tuple[str, ...]
    before_index: int | None
    """Of the first, counted from 0 in `Diff.before`; the others follow it."""
    after_index: int | None
    similarity: float
    """1 where the sentence is the same, 0 where it has no partner."""
    marks: tuple[Mark, ...] = ()
    """Where the wording changed: equal and delete joined are `before`, equal and insert joined `after`."""

    @property
    def before(self) -> str | None:
        """The older sentences, joined by a space."""
        return " ".join(self.befores) if self.befores else None

    @property
    def after(self) -> str | None:
        """The newer sentences, joined by a space."""
        return " ".join(self.afters) if self.afters else None

    @property
    def shape(self) -> Shape | None:
        """Whether a sentence became several, or several one."""
        if self.befores and self.afters and len(self.befores) != len(self.afters):
            return Shape.SPLIT if len(self.befores) < len(self.afters) else Shape.MERGE
        return None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions of each kind; a split or a merge is counted among the edits or the refactors too.

    The columns of NewsEdits' table `doc_level_stats` (Spangher et al. 2022, https://github.com/isi-nlp/NewsEdits)
    count sentences: `num_added`, `num_deleted`, `num_refactors`, `num_split` and `num_merged` are `additions`,
    `deletions`, `refactors`, `splits` and `merges` here. Its `num_edited_x` and `num_edited_y` are the older and
    the newer sentences of all actions that have marks, moved ones too, where `edits` are the actions that stayed in
    their place.
    """

    additions: int
    deletions: int
    edits: int
    refactors: int
    merges: int
    splits: int

    @classmethod
    def of(cls, actions: Iterable[Action]) -> Counts:
        """The counts of some actions."""
        found = list(actions)
        kinds = Counter(action.kind for action in found)
        shapes = Counter(action.shape for action in found)
        return cls(
            additions=kinds[ActionKind.ADDITION],
            deletions=kinds[ActionKind.DELETION],
            edits=kinds[ActionKind.EDIT],
            refactors=kinds[ActionKind.REFACTOR],
            merges=shapes[Shape.MERGE],
            splits=shapes[Shape.SPLIT],
        )


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
    """Every sentence once, in the order of reading; a deletion stands where its sentence stood."""
    corrections_added: tuple[str, ...]
    corrections_removed: tuple[str, ...]
    words_added: int
    """In title, text and corrections; a moved sentence adds none."""
    words_removed: int
    language: str | None
    """By whose rules both were cut into sentences, ISO 639-1; None where nobody knows."""

    @property
    def counts(self) -> Counts:
        """How many of its sentences were added, deleted, edited, moved, merged and split."""
        return Counts.of(self.actions)

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
        in_order = sorted(self.actions, key=lambda action: action.before_index or 0)
        return tuple(sentence for action in in_order for sentence in action.befores)

    @property
    def after(self) -> tuple[str, ...]:
        """The sentences of the newer text as the diff cut them."""
        return tuple(sentence for action in self.actions for sentence in action.afters)
