"""Two pages' articles compared."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from archive.compare.facts.facts import FactKind
from archive.compare.outlets.crosswise import FoundBy
from archive.compare.outlets.verdict import Verdict
from stet.web.api.models.record import Count, Headline, Part, Record, Text, Time


class Alignment(Record):
    """Sentences that tell the same, by their places in their texts; one on one side at least."""

    a: list[Count]
    """Sentences of the first article, counted from 0."""
    b: list[Count]
    """Sentences of the second article, counted from 0."""
    similarity: Part
    """How alike they are, from 0 to 1."""
    found_by: FoundBy
    """What tells that they belong together."""
    anchors: list[Annotated[str, Field(examples=["harbour"])]]
    """The weightiest of what both have, as the first article writes it."""


class Shared(Record):
    """Facts of one sort, as far as both articles state them."""

    shared: list[str]
    """Those that both state."""
    only_a: list[str]
    """Those that only the first states."""
    only_b: list[str]
    """Those that only the second states."""


class ToldDifferently(Record):
    """One thing that the two tell otherwise; which of them is right nobody says."""

    kind: FactKind
    """What sort of thing it is."""
    about: Annotated[str, Field(examples=["ships"])]
    """What it is about: the words beside it."""
    a: Annotated[str, Field(examples=["214"])]
    """As the first article has it; empty where it has nothing of the kind."""
    b: Annotated[str, Field(examples=["241"])]
    """As the second article has it; empty where it has nothing of the kind."""
    a_sentence: Count
    """The sentence of the first article, counted from 0."""
    b_sentence: Count
    """The sentence of the second article, counted from 0."""


class Facts(Record):
    """The facts of two articles side by side."""

    numbers: Shared
    """Numbers."""
    quotes: Shared
    """Quotations."""
    names: Shared
    """Names."""
    told_differently: list[ToldDifferently]
    """What the two tell otherwise."""


class Seen(Record):
    """When a page was seen."""

    first_seen_at: Time
    """When the first article was read there."""
    captured_at: Time
    """When the version that was compared was first seen."""
    last_seen_at: Time
    """When the page was last seen with an article."""


class SeenFirst(Record):
    """Which of two pages was seen first: of our looking, not of their writing."""

    page: Literal["a", "b"] | None
    """The page; null where both were seen at the same moment."""
    seconds_apart: Annotated[float, Field(ge=0, examples=[900.0])]
    """How long before the other, in seconds."""


class Comparison(Record):
    """Two pages' snapshots side by side: what one has that the other has too."""

    a: Annotated[str, Field(examples=["https://news.example/harbour@2"])]
    """The first page, with the version that was compared after an `@`."""
    b: Annotated[str, Field(examples=["https://other.example/ships@1"])]
    """The second page, with the version that was compared after an `@`."""
    title_a: Headline
    """The headline of the first."""
    title_b: Headline
    """The headline of the second."""
    alignments: list[Alignment]
    """Sentences that tell the same, in the order of the first; a sentence is in one of them at most."""
    only_a: list[Count]
    """Sentences of the first that the second has nothing of, counted from 0."""
    only_b: list[Count]
    """Sentences of the second that the first has nothing of, counted from 0."""
    coverage_a: Part
    """The share of the words of the first that stands in aligned sentences, from 0 to 1."""
    coverage_b: Part
    """The share of the words of the second that stands in aligned sentences, from 0 to 1."""
    facts: Facts
    """What the two state."""
    verdict: Verdict
    """What the two texts are to each other; who took from whom it does not say."""
    sentences_a: list[Text]
    """The sentences of the first, in order."""
    sentences_b: list[Text]
    """The sentences of the second, in order."""
    paragraphs_a: list[Annotated[int, Field(ge=1, examples=[1])]]
    """The paragraph of each sentence of the first, counted from 1."""
    paragraphs_b: list[Annotated[int, Field(ge=1, examples=[1])]]
    """The paragraph of each sentence of the second, counted from 1."""
    seen_a: Seen
    """When the first was seen."""
    seen_b: Seen
    """When the second was seen."""
    seen_first: SeenFirst
    """Which was seen first."""
