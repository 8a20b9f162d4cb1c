"""How right and how fast a diff is: hand-read edits found, and time against difflib over the same sentences.

    python benchmarks/alignment.py [../shared/data] [--rounds 5] [--write]

The times are of made-up texts, the best of some rounds, each also as a ratio to `difflib.SequenceMatcher` over the
same sentences, which finds no edits, moves, splits or merges and marks no words. The hand-read pages are not part of
the project; where they are not, it says so. `--write` puts what is printed into benchmarks/results/alignment.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import time
from difflib import SequenceMatcher
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise
from archive.compare.versions.actions import ActionKind
from archive.compare.versions.diff import compare_sentences, diff
from crawler.extraction import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from archive.compare.versions.actions import Action
    from archive.models import Article

RESULTS = Path(__file__).with_name("results") / "alignment.md"
SIZES = (300, 3000)
LARGEST = 20_000

Edit = tuple[str, str | None, str | None]


def main() -> None:
    options = _options()
    lines = [*_times(options.rounds), "", *_hand_read(options.folder / "versions")]
    print("\n".join(lines))
    if options.write:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _times(rounds: int) -> Iterator[str]:
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    yield f"Python {platform.python_version()}, {machine}; rapidfuzz {version('rapidfuzz')}; CPU, best of {rounds}"
    yield ""
    yield "| text | stet, ms | difflib, ms | ratio |\n|---|---:|---:|---:|"
    for name, before, after in _cases():
        ours = _best(compare_sentences, before, after, rounds)
        theirs = _best(lambda old, new: SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), before, after, 1)
        yield f"| {name} | {ours * 1000:.1f} | {theirs * 1000:.1f} | {ours / theirs:.2f} |"


def _cases() -> Iterator[tuple[str, list[str], list[str]]]:
    """Texts and their next versions, made up, the same in each run."""
    writer = _Writer(random.Random(4))  # noqa: S311
    for size in SIZES:
        text = writer.text(size)
        yield f"{size} sentences, one in ten edited", text, writer.edited(text, sentences=0.1, words=0.1)
        yield (
            f"{size} sentences, each with a third of its words new",
            text,
            writer.edited(text, sentences=1, words=0.35),
        )
        yield (
            f"{size} sentences of a live blog, turned round, one in ten new",
            text,
            writer.text(size // 10) + text[::-1],
        )
        yield f"{size} sentences, one in ten split", text, [piece for each in text for piece in writer.split(each)]
        yield f"{size} sentences, all other ones", text, writer.text(size)
    yield f"{LARGEST} sentences, all other ones", writer.text(LARGEST), writer.text(LARGEST)
    endless = " ".join(writer.text(1200))[:100_000]
    yield "one sentence of 100,000 characters, edited", [endless], writer.edited([endless], sentences=1, words=0.1)


class _Writer:
    """Writes sentences whose words are as unevenly common as those of a language."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words = ["".join(chance.choices("bdfglmnprst", k=1) + chance.choices("aeiou", k=1)) for _ in range(40)]
        self._words += ["".join(chance.choices(self._words, k=chance.randint(2, 4))) for _ in range(3000)]

    def text(self, size: int) -> list[str]:
        return [self._sentence() for _ in range(size)]

    def edited(self, text: Sequence[str], *, sentences: float, words: float) -> list[str]:
        return [self._edit(each, words) if self._chance.random() < sentences else each for each in text]

    def split(self, sentence: str) -> list[str]:
        words = sentence.split()
        middle = len(words) // 2
        if self._chance.random() > 1 / 10:
            return [sentence]
        return [" ".join(words[:middle]) + ".", f"{self._word().capitalize()} {' '.join(words[middle:])}"]

    def _sentence(self) -> str:
        words = [self._word() for _ in range(self._chance.randint(8, 30))]
        return " ".join(words).capitalize() + "."

    def _edit(self, sentence: str, share: float) -> str:
        return " ".join(self._word() if self._chance.random() < share else word for word in sentence.split())

    def _word(self) -> str:
        return self._words[min(int(self._chance.paretovariate(0.5)), len(self._words)) - 1]


def _best(
    compare: Callable[[Sequence[str], Sequence[str]], object], before: Sequence[str], after: Sequence[str], rounds: int
) -> float:
    """Seconds of CPU."""
    spent = []
    for _ in range(rounds):
        started = time.process_time()
        compare(before, after)
        spent.append(time.process_time() - started)
    return min(spent)


def _hand_read(folder: Path) -> Iterator[str]:
    listed = folder / "sentence_edits.json"
    if not listed.is_file():
        yield f"the hand-read edits are not at {listed}: nothing to compare with"
        return
    urls = {pair["from"]: pair["url"] for pair in json.loads((folder / "pairs.json").read_text())}
    wanted, found = set[tuple[str, Edit]](), set[tuple[str, Edit]]()
    for page in json.loads(listed.read_text()):
        url = urls[page["from"]]
        before, after = (_article(folder / page[side], url) for side in ("from", "to"))
        wanted.update((url, _edit(op)) for op in page["ops"])
        found.update((url, _told(action)) for action in diff(before, after).changes)
    missed, invented = wanted - found, found - wanted
    yield f"Of {len(wanted)} hand-read edits {len(wanted & found)} found; {len(invented)} invented"
    for what, edits in (("missed", missed), ("invented", invented)):
        yield from (f"- {what}, {url}: {op}: {old} → {new}" for url, (op, old, new) in sorted(edits, key=str))


def _article(path: Path, url: str) -> Article:
    return extract(gzip.decompress(path.read_bytes()), url=url, content_type="text/html")


def _edit(op: Mapping[str, str | None]) -> Edit:
    return str(op["op"]), _plain(op["old"]), _plain(op["new"])


def _told(action: Action) -> Edit:
    names = {ActionKind.ADDITION: "add", ActionKind.DELETION: "delete"}
    op = names.get(action.kind, "edit" if action.marks else "move")
    return op, _plain(action.before), _plain(action.after)


def _plain(text: str | None) -> str | None:
    """In normal form, without the dash that stands for a list's bullet."""
    return None if text is None else normalise(text).removeprefix("- ")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
