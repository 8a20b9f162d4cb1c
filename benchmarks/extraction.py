"""How well and how cheaply articles are read from real pages: ours against trafilatura, newspaper4k, readability-lxml.

    python benchmarks/extraction.py [../shared/data] [--seed ../shared/seed] [--rounds 5] [--errors] [--write]

The pages are not part of the project; where they are not, it says so and stops. A library that is not installed
(`pip install '.[bench]'`) is left out. CPU is this process's, each page read by all of them in turn, the best of some
rounds, as a ratio to `trafilatura.extract(html)` with its defaults; all begin with the page's bytes. `--errors` lists
the worst pages and the pairs that are told wrongly; `--write` puts what is printed into
benchmarks/results/extraction.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections import Counter
from importlib.metadata import version
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import corpus
import seed
import trafilatura
from mistakes import mistakes
from readers import readers

from archive.compare.versions.fingerprint import fingerprint
from crawler.extraction import EXTRACTOR, NotAnArticle, extract, warm
from crawler.extraction.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus import Corpus, Page, Pair, Read

RESULTS = Path(__file__).with_name("results") / "extraction.md"


def main() -> None:
    options = _options()
    known = corpus.load(options.folder)
    if known is None:
        print(f"the pages are not at {options.folder}: nothing to measure")
        return
    warm()
    lines = list(_report(known, options))
    print("\n".join(lines))
    if options.write:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(known: Corpus, options: argparse.Namespace) -> Iterator[str]:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("trafilatura", "lxml", "htmldate"))
    yield f"{len(known.pages)} pages, {len(known.pairs)} pairs of captures; extractor {EXTRACTOR}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    yield f"Python {platform.python_version()}, {machine}; {libraries}"
    found = {name: [read(page) for page in known.pages] for name, read in readers().items()}
    yield from ["", *_text_table(known, found, _costs(known.pages, options.rounds))]
    yield from ["", *_mistakes_table(known, found)]
    yield from ["", *_pairs_table(known.pairs, errors=options.errors)]
    if (options.seed / "v1.html").is_file():
        checks = seed.checks(options.seed)
        yield f"\nThe seed story: {sum(checks.values())} of {len(checks)} checks hold"
    if options.errors:
        yield from ["", *_worst(known, found["stet"])]


def _costs(pages: Sequence[Page], rounds: int) -> dict[str, float]:
    """CPU of each reader over all pages, as a ratio to trafilatura's defaults."""
    ways: dict[str, Callable[[Page], object]] = {
        "trafilatura.extract": lambda page: trafilatura.extract(page.html),
        **readers(),
    }
    best: dict[tuple[str, str], float] = {}
    for _ in range(rounds):
        for page in pages:
            for name, read in ways.items():
                best[name, page.id] = min(_seconds(read, page), best.get((name, page.id), inf))
    total = {name: sum(best[name, page.id] for page in pages) for name in ways}
    return {name: seconds / total["trafilatura.extract"] for name, seconds in total.items()}


def _seconds(read: Callable[[Page], object], page: Page) -> float:
    started = time.process_time()
    read(page)
    return time.process_time() - started


def _text_table(known: Corpus, found: dict[str, list[Read]], costs: dict[str, float]) -> Iterator[str]:
    yield "| extractor | precision | recall | F1 | CPU | title | authors | date |"
    yield f"|---|{'---:|' * 7}"
    items = [{"id": page.id, "body": page.body} for page in known.pages]
    for name, reads in found.items():
        texts = {page.id: read.text for page, read in zip(known.pages, reads, strict=True)}
        precision, recall, f1, _ = known.score(items, texts)
        cells = [f"{value:.3f}" for value in (precision, recall, f1)] + [
            f"{costs[name]:.2f}",
            *_metadata(known.pages, reads),
        ]
        yield f"| {name} | {' | '.join(cells)} |"


def _metadata(pages: Sequence[Page], reads: Sequence[Read]) -> Iterator[str]:
    """The shares of titles, authors and dates that are exactly right, where known."""
    both = list(zip(pages, reads, strict=True))
    right = (
        [corpus.same_title(page.title, read.title) for page, read in both if page.title],
        [corpus.same_authors(page.authors, read.authors) for page, read in both if page.authors],
        [page.date == read.date for page, read in both if page.date],
    )
    for answers, has in zip(right, ("title", "authors", "date"), strict=True):
        said = any(getattr(read, has) for read in reads)
        yield f"{sum(answers) / len(answers):.2f} of {len(answers)}" if said else ""


def _mistakes_table(known: Corpus, found: dict[str, list[Read]]) -> Iterator[str]:
    counts = {
        name: sum((mistakes(page, read.text) for page, read in zip(known.pages, reads, strict=True)), Counter[str]())
        for name, reads in found.items()
    }
    yield f"| lines | {' | '.join(counts)} |\n|---|{'---:|' * len(counts)}"
    for kind in sorted({kind for count in counts.values() for kind in count}):
        yield f"| {kind} | {' | '.join(str(count[kind]) for count in counts.values())} |"


def _pairs_table(pairs: Sequence[Pair], *, errors: bool) -> Iterator[str]:
    by_stet = [_differ(pair, _ours) for pair in pairs]
    by_trafilatura = [_differ(pair, _theirs) for pair in pairs]
    yield "| did the article change? | missed | false alarms |\n|---|---:|---:|"
    changed = sum(pair.changed for pair in pairs)
    for name, said in (("stet", by_stet), ("trafilatura", by_trafilatura)):
        both = list(zip(pairs, said, strict=True))
        missed = [pair.name for pair, answer in both if pair.changed and not answer]
        alarms = [pair.name for pair, answer in both if answer and not pair.changed]
        yield f"| {name} | {len(missed)} of {changed} | {len(alarms)} of {len(pairs) - changed} |"
        if errors:
            yield from (f"    missed {one}" for one in missed)
            yield from (f"    false alarm {one}" for one in alarms)


def _differ(pair: Pair, read: Callable[[bytes, str], str]) -> bool:
    return read(pair.before, pair.url) != read(pair.after, pair.url)


def _ours(body: bytes, url: str) -> str:
    try:
        return fingerprint(extract(body, url=url, content_type="text/html"))
    except NotAnArticle as error:
        return str(error)


def _theirs(body: bytes, url: str) -> str:
    return trafilatura.extract(decode(body, "text/html").text, url=url) or ""


def _worst(known: Corpus, reads: Sequence[Read]) -> Iterator[str]:
    items = [{"id": page.id, "body": page.body} for page in known.pages]
    *_, rows = known.score(items, {page.id: read.text for page, read in zip(known.pages, reads, strict=True)})
    for (shared, extra, missing), page in sorted(zip(rows, known.pages, strict=True), key=lambda row: row[0][0])[:25]:
        yield f"{page.id[:44]:44} shared {shared:.2f} kept {extra:.2f} dropped {missing:.2f}"
    for page, read in zip(known.pages, reads, strict=True):
        if page.title and not corpus.same_title(page.title, read.title):
            yield f"{page.id[:30]:30} title {read.title!r}, not {page.title!r}"
        if page.authors and not corpus.same_authors(page.authors, read.authors):
            yield f"{page.id[:30]:30} authors {read.authors}, not {page.authors}"
        if page.date and page.date != read.date:
            yield f"{page.id[:30]:30} date {read.date}, not {page.date}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--seed", type=Path, default=Path("../shared/seed"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
