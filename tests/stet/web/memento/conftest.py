"""Pages with mementos, and the reading room over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.desk import Desk, article, identity
from support.web import reading_room

from archive.models import Capture, Finding, Outcome
from archive.opening import open_for_writing, transaction
from archive.recording import record
from crawler.identity import identify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.web import Served

HOSTILE = b"""<!DOCTYPE html><html lang="de" dir="ltr" onload="evil()"><head><title>x</title>
<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">
<link rel="preconnect" href="http://evil.example/"><style>@import "http://evil.example/a.css"</style>
<script type="speculationrules">{"prefetch": [{"urls": ["http://evil.example/p"]}]}</script></head>
<body background="http://evil.example/b.png"><h1 onclick="evil()">Gr\xfc\xdfe &amp; &lt;script&gt;</h1>
<p style="background: url(http://evil.example/c)">First
<a href="javascript:evil()" ping="http://evil.example/ping">link</a>.
<img src="http://evil.example/i.png"
srcset="http://evil.example/j.png 2x" alt="A &quot;ship&quot;" onerror="evil()"></p>
<svg><script>evil()</script><a xlink:href="javascript:evil()"><text>svg</text></a></svg>
<math><mtext><style><img src=x onerror=evil()></style></mtext></math>
<noscript><p title="</noscript><img src=x onerror=evil()>">no</p></noscript>
<form action="http://evil.example/f"><input name="a" autofocus>
<button formaction="javascript:evil()">Send</button></form>
<iframe srcdoc="<script>evil()</script>"></iframe><object data="http://evil.example/o"></object>
<embed src="http://evil.example/e">
<video poster="http://evil.example/v"></video><template><script>evil()</script></template>
<p>Last.</p></body></html>"""

LARGE = b"<html>" + b"".join(b"<p>Line %d</p>" % number for number in range(50_000))


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page read three times and gone at last; one of hostile markup; one of which nothing is kept."""
    path = tmp_path_factory.mktemp("mementos") / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db)
        desk.reads(article(), body=b"<html>one</html>")
        desk.reads(article("Other words."), body=b"<html>two</html>")
        desk.reads(article("Other words."), body=b"<html>two</html>")
        desk.finds(Outcome.GONE)
        desk.reads(article(), identify("https://news.example/a;b?q=1&r=http://x.example/y"), body=b"<html>odd</html>")
        desk.reads(article(), identity("large"), body=LARGE)
        hostile = identity("hostile")
        headers = (
            ("content-type", "text/html; charset=iso-8859-1"),
            ("set-cookie", "a=1"),
            ("link", "<http://evil.example/>; rel=preload"),
            ("bad name", "x"),
            ("x-smiley", "\u263a"),
            ("x-long", "x" * 10_000),
        )
        capture = Capture(hostile.url, desk.now, hostile.url, 200, headers, HOSTILE)
        with transaction(db):
            record(db, hostile, capture, Finding(Outcome.NEW, article("Hallo.")))
            record(
                db, identity("bare"), Capture("https://news.example/bare", desk.now, "", None), Finding(Outcome.ERROR)
            )
    return path


@pytest.fixture(scope="session")
def served(archive_path: Path) -> Iterator[Served]:
    with reading_room(archive_path) as room:
        yield room
