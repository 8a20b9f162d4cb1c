"""One archive with a history, made by the command against a newsroom that changed between its runs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support.cli import Ran, configure, stet

from stet.newsroom import SCRIPT, Newsroom, serve
from stet.newsroom.script import GLACIER, MAYOR, TELESCOPE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stet.newsroom import Served

STEPS = {step.name: step for step in SCRIPT}
CHANGED = ("correction", "silent number", "byline added", "headline trial", "deletion", "redirect", "paywall")
"""The script's steps between the first fetch and the second."""


@dataclass(frozen=True)
class Chronicle:
    """What the runs said; the newsroom stands as after the last of them."""

    folder: Path
    served: Served
    paths: dict[str, str]
    """The stories' paths at the first fetch, by slug."""
    texts: dict[str, str]
    """The stories' texts at the first fetch, by slug."""
    tried: Ran
    """discover --dry-run"""
    archive_after_trial: bool
    discovered: Ran
    first: Ran
    second: Ran
    """After the steps CHANGED and one of furniture, its URLs from a file."""
    third: Ran
    """After the headline trial was over, the deletion revoked and the paywall lifted; those pages only."""
    trials: tuple[Ran, Ran]
    """The page with the headline trial, once more with the trial's headline, then with the first."""
    plain: Ran
    """One page more, its outcome told to people."""

    def url(self, slug: str) -> str:
        return self.served.url + self.paths[slug]


@contextmanager
def chronicle_in(folder: Path) -> Iterator[Chronicle]:
    """Make it: some ten runs, then the newsroom is served until the block ends."""
    newsroom = Newsroom()
    with serve(newsroom) as served:
        source = {
            "name": "Courier",
            "feeds": [f"{served.url}/feed.xml"],
            "sitemaps": [f"{served.url}/sitemap_index.xml"],
            "sections": [f"{served.url}/world/"],
        }
        configure(folder, sources=[source])
        paths = {story.slug: story.path for story in newsroom.stories}
        texts = {story.slug: story.text for story in newsroom.stories}
        tried = stet(folder, "discover", "--dry-run", "--json")
        there = (folder / "stet.db").exists()
        discovered = stet(folder, "discover", "Courier", "--json")

        glacier = served.url + paths[GLACIER]
        doubles = [f"{glacier}?utm_source=letter", f"{glacier}#lakes", f"{glacier}/amp", glacier]
        urls = [served.url + path for path in paths.values()]
        refused = f"{served.url}/private/notes-of-the-editors-office"
        first = stet(folder, "fetch", "--json", refused, *doubles, *urls)

        for name in CHANGED:
            STEPS[name].apply(newsroom)
        newsroom.furniture()
        listed = "\n".join(["\ufeff# the Courier's pages", "", *urls, "   ", f"  {urls[0]}  "])
        (folder / "pages.txt").write_text(listed, encoding="utf-8")
        second = stet(folder, "fetch", "--json", "--from", "pages.txt")

        STEPS["headline trial over"].apply(newsroom)
        newsroom.set_status(MAYOR, 200)
        newsroom.paywall(TELESCOPE, on=False)
        back = "".join(f"{served.url}{paths[slug]}\n" for slug in (GLACIER, MAYOR, TELESCOPE))
        third = stet(folder, "fetch", "--json", "--from", "-", stdin=back)

        STEPS["headline trial"].apply(newsroom)
        again = stet(folder, "fetch", "--json", glacier)
        STEPS["headline trial over"].apply(newsroom)
        over = stet(folder, "fetch", "--json", glacier)
        plain = stet(folder, "fetch", glacier)
        yield Chronicle(
            folder, served, paths, texts, tried, there, discovered, first, second, third, (again, over), plain
        )
