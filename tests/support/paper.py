"""An archive with a history, made by the command against the bundled newsroom, its whole script between two runs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from support.cli import configure, stet
from support.desk import Desk, article, identity
from support.web import reading_room

from archive.opening import open_for_writing
from stet.newsroom import Newsroom, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.web import Served

MORE = 30
"""Short stories beside those of the newsroom, for a stream of more than one page."""

FOREIGN = (
    (
        "rtl",
        "ar",
        ("عاد ٢١٤ سفينة إلى الميناء", "عاد ٢٤١ سفينة إلى الميناء"),
        "قال مكتب الميناء يوم الاثنين إن السفن عادت إلى الرصيف الشمالي بعد العاصفة.",
    ),
    ("cjk", "ja", ("港に船が戻る", "港に船が三隻戻る"), "港湾事務所は月曜日、北の岸壁に船が戻ったと発表した。"),
)
"""Stories in other writings: slug, language, headlines, text."""


@dataclass(frozen=True)
class Paper:
    """The reading room, and where the newsroom's stories are."""

    room: Served
    urls: dict[str, str]

    def history(self, slug: str, **asked: object) -> str:
        """The address of a story's history."""
        return f"{self.room.url}/page?{urlencode({'url': self.urls[slug], **asked})}"

    def version(self, slug: str, number: int = 1) -> str:
        """The address of a version's text."""
        return f"{self.room.url}/version?{urlencode({'url': self.urls[slug], 'v': number})}"


@contextmanager
def paper_in(folder: Path) -> Iterator[Paper]:
    """Make it there, and open the room."""
    newsroom = Newsroom()
    with serve(newsroom) as served:
        configure(folder, sources=[{"name": "Courier", "feeds": [f"{served.url}/feed.xml"]}])
        urls = {story.slug: served.url + story.path for story in newsroom.stories}
        first = stet(folder, "fetch", *urls.values())
        assert first.status == 0, (first.stdout[-1500:], first.stderr[-1500:])
        while newsroom.advance() is not None:
            pass
        stet(folder, "fetch", *urls.values())
        with open_for_writing(folder / "stet.db") as db:
            desk = Desk(db, source="Elsewhere")
            for number in range(MORE):
                text = f"The keeper of lock {number} said on Monday that its gate opens at dawn."
                desk.reads(article(text, title=f"Lock {number} opens"), identity(f"lock-{number}"))
            for slug, language, (before, after), text in FOREIGN:
                urls[slug] = f"https://news.example/{slug}"
                for title in (before, after):
                    desk.reads(replace(article(text, title=title), language=language), identity(slug))
        with reading_room(folder / "stet.db") as room:
            yield Paper(room, urls)
