"""A snapshot as Markdown keeps the article's shape."""

from __future__ import annotations

from archive.models import Article, Block, Role, Snapshot
from stet.render.markdown import render_markdown


def test_a_live_blogs_posts_stand_under_their_times() -> None:
    blocks = (
        Block(Role.POST, "2026-03-01T12:31:00Z", "time of a post"),
        Block(Role.HEADING, "Water is falling"),
        Block(Role.BODY, "The lake has fallen by two metres."),
        Block(Role.FURNITURE, "Share", "outside the text"),
    )
    article = Article("Alder dam: live updates", (), None, None, "en", blocks)
    snapshot = Snapshot("https://alder.example/live", 1, "2026-03-01T12:40:00Z", "", article, (), 0, 0, "")
    assert render_markdown(snapshot).split("\n\n") == [
        "# Alder dam: live updates",
        "**2026-03-01T12:31:00Z**",
        "## Water is falling",
        "The lake has fallen by two metres.\n",
    ]
