"""Two snapshots of a page compared."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from archive.compare.versions.actions import ActionKind, Shape
from archive.compare.versions.parts import Part as DiffPart
from archive.compare.weights.reasons import Kind
from stet.web.api.models.record import Address, Count, Headline, Part, Record, Text, Version


class HeadlinePair(Record):
    """A headline before and after."""

    before: Headline
    """Of the older version."""
    after: Headline
    """Of the newer version."""


class Authors(Record):
    """The authors before and after."""

    before: list[str]
    """Of the older version."""
    after: list[str]
    """Of the newer version."""


class Mark(Record):
    """A run of words that stayed, went or came."""

    op: Literal["equal", "delete", "insert"]
    """Whether it stayed, went or came: all but what came joined is the sentence before, all but what went the one
    after."""
    text: Text
    """The words, with the white space before them."""


class Reason(Record):
    """Why a change weighs what it weighs."""

    kind: Kind
    """What kind of thing it is that changed."""
    before: Annotated[str, Field(examples=["214"])] | None
    """It as it was; null where it came."""
    after: Annotated[str, Field(examples=["241"])] | None
    """It as it is; null where it went."""


class Action(Record):
    """What became of one sentence, or of a few in a row where the cut between them changed."""

    action: ActionKind
    """What became of it, as NewsEdits names it."""
    shape: Shape | None
    """Whether one sentence became several, or several one; else null."""
    before: Text | None
    """The older sentence; null where it came."""
    after: Text | None
    """The newer sentence; null where it went."""
    before_index: Count | None
    """Its place in the older text, from 0; null where it came."""
    after_index: Count | None
    """Its place in the newer text, from 0; null where it went."""
    similarity: Part
    """How alike the two are: 1 where they are the same, 0 where there is but one."""
    marks: list[Mark] | None = None
    """Where the wording changed; absent where it did not."""
    weight: Part
    """How much it matters, from 0 to 1."""
    kinds: list[Kind]
    """What kinds of things changed, the heaviest first."""
    reasons: list[Reason]
    """Why it weighs that, the heaviest first."""


class Counts(Record):
    """How many actions of each kind."""

    additions: Count
    """Sentences that came."""
    deletions: Count
    """Sentences that went."""
    edits: Count
    """Sentences reworded in their place."""
    refactors: Count
    """Sentences that moved, reworded or not."""
    merges: Count
    """Of these actions, how many made several sentences one."""
    splits: Count
    """Of these actions, how many made one sentence several."""


class Unmarked(Record):
    """How much speaks for an edit that nothing on the page tells of."""

    score: Part
    """From 0 to 1."""
    evidence: list[Annotated[str, Field(examples=["no correction notice was added"])]]
    """What was observed, a line each."""


class Diff(Record):
    """Two snapshots of a page compared. What was left out on request is null or empty, and named."""

    url: Address
    """The page."""
    from_: Annotated[Version, Field(alias="from")]
    """The older version."""
    to: Version
    """The newer version."""
    title: HeadlinePair | None
    """The headlines, where they differ."""
    authors: Authors | None
    """The authors, where they differ."""
    actions: list[Action]
    """What became of the sentences, in the order of reading."""
    corrections_added: list[str]
    """Correction notices that came."""
    corrections_removed: list[str]
    """Correction notices that went."""
    counts: Counts | None
    """How many sentences of each kind; null where the text was left out."""
    weight: Part
    """How much all that changed matters, left out or not, from 0 to 1."""
    kinds: list[Kind]
    """What kinds of things changed, left out or not, the heaviest first."""
    left_out: list[DiffPart]
    """What was left out because only other parts were asked for."""
    reextracted: bool
    """Whether one of the two is the other as extraction reads it since: nobody edited it."""
    in_turn: HeadlinePair | None
    """The headlines, where the page shows the two in turn: `title` is null for that."""
    unmarked: Unmarked
    """How much speaks for an edit that nothing on the page tells of; of all that changed."""
