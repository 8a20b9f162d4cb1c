"""The seed story's four pages: is the text whole and clean, and are furniture and correction told apart?

    python benchmarks/seed.py ../shared/seed

Reads the pages from the folder given, says so and stops when they are not there, and exits 1 if a check fails.
"""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path

from archive.compare.versions.diff import diff
from archive.compare.versions.fingerprint import fingerprint
from crawler.extraction import extract

NAMES = ("v1", "v1-furniture", "v2", "other-outlet")
PARAGRAPH = re.compile(r'<p data-testid="paragraph-\d+">(.*?)</p>')


def main(folder: Path) -> int:
    """Print each check and how it went; 1 if one failed."""
    if not (folder / "v1.html").is_file():
        print(f"the seed story is not at {folder}: nothing to check")
        return 0
    found = checks(folder)
    for what, holds in found.items():
        print("ok  " if holds else "FAIL", what)
    return 0 if all(found.values()) else 1


def checks(folder: Path) -> dict[str, bool]:
    """What must hold of the pages in `folder`, and whether it does."""
    pages = {name: (folder / f"{name}.html").read_bytes() for name in NAMES}
    articles = {
        name: extract(page, url="https://news.example/world/story-of-niger", content_type="text/html; charset=utf-8")
        for name, page in pages.items()
    }
    first, second = articles["v1"], articles["v2"]
    found = {
        f"{name}: the text is the story's paragraphs and nothing else": articles[name].text.split("\n")
        == [unescape(text) for text in PARAGRAPH.findall(page.decode())]
        for name, page in pages.items()
    }
    return found | {
        "v1 and v1-furniture are one snapshot": fingerprint(first) == fingerprint(articles["v1-furniture"]),
        "v2 is another": fingerprint(first) != fingerprint(second),
        "v2 has one correction, its sentence": len(second.corrections) == 1
        and "has been added" in second.corrections[0],
        "the diff has the correction": diff(first, second).corrections_added == second.corrections,
        "the diff has one edited sentence": [str(action.kind) for action in diff(first, second).changes] == ["edit"],
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/seed")))
