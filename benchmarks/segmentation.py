"""How well, and how fast, sentences are found: ours against libraries. `python benchmarks/segmentation.py`.

The labelled sentences are those of the tests. A library that is not installed is left out, and named.
`--errors NAME` shows what one splitter gets wrong.
"""

from __future__ import annotations

import argparse
import importlib
import json
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

from archive.compare.text.sentences import sentences

LABELLED = Path(__file__).parents[1] / "tests/archive/compare/text/segmentation.json"
LANGUAGES = ("en", "de", "es", "fr")

Splitter = Callable[[str, str | None], list[str]]


def main() -> None:
    """Prints, for each splitter, boundary F1 and whole passages right per language, and speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", metavar="NAME")
    wanted = parser.parse_args().errors
    passages = json.loads(LABELLED.read_text())
    print(f"{len(passages)} passages, {sum(len(each['sentences']) for each in passages)} sentences")
    print(f"{'':10} {'F1':>6} {'right':>6}  " + "  ".join(f"{name:>6}" for name in (*LANGUAGES, "other")) + "    MB/s")
    for name, load in {"ours": lambda: sentences, "sentencex": sentencex, "pysbd": pysbd, "syntok": syntok}.items():
        try:
            split = load()
        except ModuleNotFoundError:
            print(f"{name:10} not installed, left out")
            continue
        report(name, split, passages, show_errors=name == wanted)


def report(name: str, split: Splitter, passages: list[dict[str, Any]], *, show_errors: bool) -> None:
    """Prints one splitter's line."""
    hits = found_count = true_count = 0
    right: dict[str, list[bool]] = {}
    for passage in passages:
        language = passage["language"]
        found = [piece.strip() for piece in split(joined(passage), language) if piece.strip()]
        truth, guess = cuts(passage["sentences"]), cuts(found)
        hits, true_count, found_count = hits + len(truth & guess), true_count + len(truth), found_count + len(guess)
        right.setdefault(language if language in LANGUAGES else "other", []).append(truth == guess)
        if show_errors and truth != guess:
            print(f"  {language}: " + " | ".join(found))
    shares = "  ".join(f"{share(right.get(each, [])):>6}" for each in (*LANGUAGES, "other"))
    every = [one for some in right.values() for one in some]
    print(
        f"{name:10} {2 * hits / (true_count + found_count):6.3f} {share(every):>6}  {shares}"
        f"  {speed(split, passages):6.2f}"
    )


def joined(passage: dict[str, Any]) -> str:
    """The passage as running text."""
    joiner: str = passage.get("joiner", " ")
    return joiner.join(passage["sentences"])


def cuts(pieces: list[str]) -> set[int]:
    """Where the inner boundaries lie, counted in characters that are not white space."""
    return set(list(accumulate(len("".join(piece.split())) for piece in pieces))[:-1])


def share(values: list[bool]) -> str:
    """How many of them are right."""
    return f"{sum(values)}/{len(values)}"


def speed(split: Splitter, passages: list[dict[str, Any]]) -> float:
    """MB of UTF-8 a second over articles of forty paragraphs, each splitter given its language."""
    articles = [
        (language, "\n".join([joined(each) for each in passages if each["language"] == language] * 3)[:6000])
        for language in LANGUAGES
    ]
    rounds = 5
    started = time.perf_counter()
    for _ in range(rounds):
        for language, article in articles:
            split(article, language)
    spent = time.perf_counter() - started
    return rounds * sum(len(article.encode()) for _, article in articles) / spent / 1e6


def sentencex() -> Splitter:
    """sentencex (Rust), as it comes; it wants a language, so English where there is none."""
    segment = importlib.import_module("sentencex").segment
    return lambda text, language: [piece for line in text.splitlines() for piece in segment(language or "en", line)]


def pysbd() -> Splitter:
    """pysbd, the golden-rules splitter; English where it does not know the language."""
    module = importlib.import_module("pysbd")
    known = importlib.import_module("pysbd.languages").LANGUAGE_CODES
    made = {code: module.Segmenter(language=code, clean=False) for code in known}

    def split(text: str, language: str | None) -> list[str]:
        pieces: list[str] = made[language if language in known else "en"].segment(text)
        return pieces

    return split


def syntok() -> Splitter:
    """syntok, rules for English, German and Spanish together."""
    analyze = importlib.import_module("syntok.segmenter").analyze
    return lambda text, _language: [
        "".join(token.spacing + token.value for token in sentence)
        for paragraph in analyze(text)
        for sentence in paragraph
    ]


if __name__ == "__main__":
    main()
