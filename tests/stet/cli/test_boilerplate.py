"""A source whose articles all carry a house line that no pattern knows: learned, listed, and no page's edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from support import archived
from support.badserver import BadServer, serve_badly
from support.cli import Ran, configure, stet

if TYPE_CHECKING:
    from pathlib import Path

HOUSE = "The Alder Post is printed on paper from the valley."
EARLY = 4
"""An article that was read before the line was learned."""
BEFORE = 10
"""Articles of the first run."""
SUBJECTS = (
    *("bakers", "glacier", "windpark", "lighthouse", "railway", "orchard", "museum", "beehives", "ferry", "quarry"),
    *("library", "carnival", "sawmill", "reservoir"),
)


@dataclass(frozen=True)
class Alder:
    """What the runs said, and the archive they left."""

    folder: Path
    urls: tuple[str, ...]
    first: Ran
    """So many articles that the line is learned by the end of the run."""
    later: Ran
    """The rest of the articles."""
    second: Ran
    """The same articles in other furniture, but that one of them was edited."""
    third: Ran
    """Nothing but other furniture once more."""
    listed: Ran
    listed_plainly: Ran
    unknown: Ran
    kept: Ran
    """As the third, the configuration keeping the line."""

    @property
    def database(self) -> Path:
        return self.folder / "stet.db"


def article(number: int, *, shares: int, edited: bool = False) -> bytes:
    subject = SUBJECTS[number]
    day = (datetime.now(UTC) - timedelta(days=20 - number)).date()
    paragraphs = (
        f"The {subject} that the valley has argued about since spring came before the council on Monday evening.",
        f"Nobody who spoke of the {subject} had come alone, and the hall stayed full until the lamps were put out.",
        f"A vote on the {subject} was put off to autumn{', when the mayor is back' if edited else ''}.",
        HOUSE,
    )
    lines = "".join(f"<p>{line}</p>" for line in paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>{subject.title()} debated</title>
<meta property="article:published_time" content="{day}T08:00:00Z"></head><body><nav>{shares} shares</nav>
<main><article><h1>{subject.title()} debated</h1>{lines}</article></main></body></html>""".encode()


def print_issue(bad: BadServer, *, shares: int, edited: int | None = None) -> tuple[str, ...]:
    """Put all articles up; gives their URLs."""
    return tuple(
        bad.html(f"/2026/{subject}-debated-in-the-valley", article(number, shares=shares, edited=number == edited))
        for number, subject in enumerate(SUBJECTS)
    )


def configured(folder: Path, feed: str, **extraction: object) -> None:
    source = {"name": "Alder Post", "feeds": [feed], "extraction": extraction}
    # One after the other, so that the articles come in the order of their days.
    configure(folder, crawl={"concurrency_per_host": 1}, sources=[source], workers=1)


@pytest.fixture(scope="module")
def alder(tmp_path_factory: pytest.TempPathFactory) -> Alder:
    folder = tmp_path_factory.mktemp("alder")
    with serve_badly() as bad:
        urls = print_issue(bad, shares=1)
        items = "".join(f"<item><title>{url.split('/')[-1]}</title><link>{url}</link></item>" for url in urls)
        rss = f'<rss version="2.0"><channel><title>Alder</title>{items}</channel></rss>'
        feed = bad.html("/feed.xml", rss.encode(), "application/rss+xml")
        configured(folder, feed)
        assert len(stet(folder, "discover", "--json").records) == len(urls)
        first = stet(folder, "fetch", "--json", *urls[:BEFORE])
        later = stet(folder, "fetch", "--json", *urls[BEFORE:])
        print_issue(bad, shares=2, edited=EARLY)
        second = stet(folder, "fetch", "--json", *urls)
        print_issue(bad, shares=3, edited=EARLY)
        third = stet(folder, "fetch", "--json", *urls)
        listed = stet(folder, "sources", "--boilerplate", "Alder Post", "--json")
        listed_plainly = stet(folder, "sources", "--boilerplate", "Alder Post")
        unknown = stet(folder, "sources", "--boilerplate", "Elder Post")
        configured(folder, feed, boilerplate={"keep": ["printed on paper"]})
        print_issue(bad, shares=4, edited=EARLY)
        kept = stet(folder, "fetch", "--json", *urls)
    return Alder(folder, urls, first, later, second, third, listed, listed_plainly, unknown, kept)


def test_the_line_is_text_until_enough_articles_have_it(alder: Alder) -> None:
    assert [HOUSE in alder.first.record_of(url)["text"] for url in alder.urls[:8]] == [True] * 8
    aside = {"text": HOUSE, "role": "furniture", "reason": "the source repeats this line"}
    assert len(alder.later.records) == len(alder.urls) - BEFORE
    for record in alder.later.records:
        assert HOUSE not in record["text"]
        assert aside in record["removed"]


def test_learning_it_is_no_edit_of_any_page(alder: Alder) -> None:
    for url in alder.urls:
        record = alder.second.record_of(url)
        (before,) = (one for one in (*alder.first.records, *alder.later.records) if one["url"] == url)
        was_text = HOUSE in before["text"]
        assert HOUSE not in record["text"]
        if url == alder.urls[EARLY]:
            assert (record["outcome"], record["events"]) == ("changed", ["reextracted", "text_changed"])
        else:
            assert record["outcome"] == "unchanged"
            assert record["events"] == (["reextracted"] if was_text else [])


def test_then_all_is_quiet(alder: Alder) -> None:
    assert {(record["outcome"], *record["events"]) for record in alder.third.records} == {("unchanged",)}


def test_the_line_is_listed_with_its_counts(alder: Alder) -> None:
    (record,) = alder.listed.records
    assert list(record) == [
        *("source", "text", "learned_at", "pages", "share", "days", "stories", "first_seen_at", "last_seen_at")
    ]
    assert (record["source"], record["text"], record["share"]) == ("Alder Post", HOUSE, 1.0)
    assert record["pages"] == len(alder.urls)
    assert 3 <= record["days"] <= len(alder.urls)
    assert record["first_seen_at"] < record["learned_at"] < record["last_seen_at"]
    assert HOUSE in alder.listed_plainly.stdout
    assert "100%" in alder.listed_plainly.stdout


def test_an_unknown_source_is_wrong_usage(alder: Alder) -> None:
    assert (alder.unknown.status, alder.unknown.stdout) == (2, "")
    assert "No source is named Elder Post" in alder.unknown.stderr


def test_a_line_that_the_configuration_keeps_comes_back_and_is_no_edit(alder: Alder) -> None:
    for record in alder.kept.records:
        assert HOUSE in record["text"]
        assert (record["outcome"], record["events"]) == ("unchanged", ["reextracted"])


def test_the_archive_tells_of_one_edit(alder: Alder) -> None:
    archived.assert_sound(alder.database)
    kinds = [kind for _, kind in archived.events(alder.database)]
    assert kinds.count("text_changed") == 1
    assert set(kinds) == {"first_seen", "reextracted", "text_changed"}
    (health,) = stet(alder.folder, "sources", "--json").records
    assert health["edits"] == 1
