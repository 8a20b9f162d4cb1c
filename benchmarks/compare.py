"""How well two outlets' stories are compared: verdicts, alignments, changed facts, and how long it takes.

    python benchmarks/compare.py [../shared/seed]

The labelled pairs are those of the tests: what `calibrate` holds the thresholds were found on, what `held` holds they
were not. The seed story's own case is read from the folder given, where it is there. Writes the report to
benchmarks/results/compare.md.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from archive.compare.outlets.comparison import Comparison, compare
from archive.compare.outlets.rarity import Counts
from archive.compare.outlets.verdict import Verdict
from archive.models import Article, Block, Role
from crawler.extraction import extract

PAIRS = Path(__file__).parents[1] / "tests/archive/compare/outlets/pairs"
RESULTS = Path(__file__).parent / "results/compare.md"

Links = set[tuple[int, int]]


@dataclass
class Score:
    """What was found, of what is there, and what is not there."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def add(self, found: Links, wanted: Links) -> None:
        self.right += len(found & wanted)
        self.missed += len(wanted - found)
        self.wrong += len(found - wanted)

    def __str__(self) -> str:
        precision = share(self.right, self.right + self.wrong)
        return f"{precision} | {share(self.right, self.right + self.missed)} | {self.right + self.missed}"


@dataclass
class Split:
    """The figures of one half of the pairs."""

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    alignments: Score = field(default_factory=Score)
    facts_found: int = 0
    facts: int = 0
    told: int = 0
    told_right: int = 0
    told_in_copies: int = 0
    seconds: list[float] = field(default_factory=list)


def main(seed: Path) -> None:
    """Prints the report and writes it."""
    splits = {"calibrate": Split(), "held": Split()}
    for path in sorted(PAIRS.glob("*.json")):
        pair = json.loads(path.read_text(encoding="utf-8"))
        measure(pair, splits[pair["split"]])
    figures = [line for name in splits for line in lines(name, splits[name])]
    report = "\n".join([*head(), *seed_lines(seed), *figures, *long_lines()])
    print(report)
    RESULTS.write_text(f"{report}\n", encoding="utf-8")


def measure(pair: dict[str, Any], split: Split) -> None:
    """Compares one pair and counts what came of it."""
    a, b = (article(pair[side], pair["language"]) for side in "ab")
    started = time.process_time()
    comparison = compare(a, b, Counts())
    split.seconds.append(time.process_time() - started)
    split.verdicts[pair["verdict"], str(comparison.verdict)] += 1
    split.alignments.add(paragraphs(comparison), {(one, other) for one, other in pair["alignments"]})
    told = comparison.facts.told_differently
    if pair["verdict"] == "copy":
        split.told_in_copies += len(told)
    matches = {
        (number, place)
        for number, fact in enumerate(pair["changed_facts"])
        for place, each in enumerate(told)
        if same(each.a, fact["a"], pair["a"], comparison.sentences_a[each.a_sentence].paragraph)
        and same(each.b, fact["b"], pair["b"], comparison.sentences_b[each.b_sentence].paragraph)
    }
    split.facts += len(pair["changed_facts"])
    split.facts_found += len({number for number, _ in matches})
    # Nobody has labelled what two reports of one's own tell differently, nor is there anything between strangers.
    if pair["verdict"] in {"copy", "rewrite"}:
        split.told += len(told)
        split.told_right += len({place for _, place in matches})


def same(told: str, wanted: str, side: dict[str, Any], paragraph: int) -> bool:
    """Whether what was told of one side is what the label says of it."""
    return wanted in side["paragraphs"][paragraph - 1] and (told in wanted or wanted in told)


def paragraphs(comparison: Comparison) -> Links:
    """The aligned paragraphs, counted from 1."""
    return {
        (comparison.sentences_a[a].paragraph, comparison.sentences_b[b].paragraph)
        for each in comparison.alignments
        for a in each.a
        for b in each.b
    }


def article(side: dict[str, Any], language: str) -> Article:
    """One side of a pair."""
    blocks = tuple(Block(Role.BODY, text) for text in side["paragraphs"])
    return Article(side["title"], (), None, None, side.get("language", language), blocks)


def head() -> list[str]:
    """What the figures are of."""
    return [
        "# Comparing two outlets' stories",
        "",
        f"`python benchmarks/compare.py`, Python {platform.python_version()}, an empty archive: rarity is presumed.",
        "",
    ]


def seed_lines(folder: Path) -> list[str]:
    """The seed story's digest against its garbled rewording; nothing where the pages are not there."""
    if not (folder / "alignment.json").is_file():
        return []
    case = json.loads((folder / "alignment.json").read_text())
    a, b = (
        extract((folder / case[side]).read_bytes(), url="https://news.example/story", content_type="text/html")
        for side in "ab"
    )
    comparison = compare(a, b, Counts())
    wanted = {(pair["a"], pair["b"]) for pair in case["pairs"]}
    found = paragraphs(comparison)
    told = [f"{each.about}: {each.a} / {each.b}" for each in comparison.facts.told_differently]
    return [
        f"Seed story: {len(found & wanted)} of {len(wanted)} pairs of paragraphs found, {len(found - wanted)} false; "
        f"verdict {comparison.verdict}; told differently: {'; '.join(told) or 'nothing'}.",
        "",
    ]


def lines(name: str, split: Split) -> list[str]:
    """The figures of one half."""
    count = split.verdicts.total()
    right = sum(number for (wanted, found), number in split.verdicts.items() if wanted == found)
    spent = sorted(split.seconds)
    return [
        f"## {name}: {count} pairs, {right} verdicts right",
        "",
        "| | precision | recall | of |",
        "|---|---:|---:|---:|",
        *(f"| {verdict} | {of_verdict(split, verdict)} |" for verdict in Verdict),
        f"| aligned paragraphs | {split.alignments} |",
        f"| changed facts, in copies and rewrites | {share(split.told_right, split.told)} "
        f"| {share(split.facts_found, split.facts)} | {split.facts} |",
        "",
        f"Told differently in copies: {split.told_in_copies}. CPU of one comparison: median "
        f"{1000 * spent[len(spent) // 2]:.0f} ms, longest {1000 * spent[-1]:.0f} ms.",
        "",
    ]


def long_lines() -> list[str]:
    """How long texts take that are as long as any live blog: made-up sentences, half of them in both, shuffled."""
    chance = Random(4)  # noqa: S311 - the same texts every time
    words = ["".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(4)) for _ in range(8000)]
    told = []
    for count in (300, 3000):
        ours = [sentence(chance, words) for _ in range(count)]
        theirs = [each if chance.random() < 0.5 else sentence(chance, words) for each in ours]
        chance.shuffle(theirs)
        sides = [article({"title": "Long", "paragraphs": texts}, "en") for texts in (ours, theirs)]
        started = time.process_time()
        compare(sides[0], sides[1], Counts())
        told.append(f"{count:,} sentences with as many: {time.process_time() - started:.1f} s of CPU.")
    return ["## Long texts", "", *told]


def sentence(chance: Random, words: list[str]) -> str:
    """Some twenty words, a name and a number among them; the first words of the list are the commonest."""
    some = chance.choices(words, [1 / (rank + 5) for rank in range(len(words))], k=20)
    return f"The {' '.join(some[:9])} {some[9].title()} {some[10].title()} {chance.randint(11, 5000)} {some[11]}."


def of_verdict(split: Split, verdict: Verdict) -> str:
    """Precision and recall of one verdict."""
    right = split.verdicts[verdict, verdict]
    found = sum(number for (_, given), number in split.verdicts.items() if given == verdict)
    wanted = sum(number for (true, _), number in split.verdicts.items() if true == verdict)
    return f"{share(right, found)} | {share(right, wanted)} | {wanted}"


def share(part: int, whole: int) -> str:
    """A share of 1, or a dash of nothing."""
    return f"{part / whole:.2f}" if whole else "–"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/seed"))
