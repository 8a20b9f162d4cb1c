"""A comparison of two pages as HTML that stands alone: no script, no request, everything from the web escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stet.render.plain import plain
from stet.render.side_by_side import VERDICTS, differences, facts, listed, rows, seen_first, summary, why

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.compare.outlets.comparison import Comparison
    from archive.precedence import SeenPage
    from stet.render.side_by_side import Row


def render_comparison_html(a: SeenPage, b: SeenPage, comparison: Comparison) -> str:
    """A whole page: who was seen first, what is told differently, the facts, and both texts side by side."""
    titles = " and ".join(f"“{_said(each.snapshot.article.title)}”" for each in (a, b))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Should an escape ever fail, nothing runs and nothing is fetched.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{titles} compared</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Two pages compared</h1>\n<dl>\n{_page('A', a)}{_page('B', b)}</dl>\n"
        f"<p><strong>{VERDICTS[comparison.verdict]}</strong> {summary(comparison)}</p>\n<p>{seen_first(a, b)}</p>\n"
        f"{_differences(comparison)}{_facts(comparison)}{_texts(a, b, comparison)}</main>\n</body>\n</html>\n"
    )


def _page(letter: str, seen: SeenPage) -> str:
    snapshot = seen.snapshot
    url = _said(snapshot.url)
    link = f'<a href="{url}" rel="noreferrer nofollow">{url}</a>' if url.startswith(("http://", "https://")) else url
    return (
        f"<dt>{letter}: <bdi>{_said(snapshot.article.title)}</bdi></dt>\n<dd>{link}, version {snapshot.version}, seen "
        f"{_time(snapshot.captured_at)}; first seen here {_time(seen.first_seen_at)}</dd>\n"
    )


def _time(moment: str) -> str:
    return f'<time datetime="{escape(moment)}">{escape(moment)}</time>'


def _differences(comparison: Comparison) -> str:
    told = differences(comparison)
    return _table("Told differently", ("About", "A", "B"), told) if told else ""


def _facts(comparison: Comparison) -> str:
    found = [(name, *map(listed, (each.shared, each.only_a, each.only_b))) for name, each in facts(comparison)]
    return _table("Facts", ("Kind", "In both", "Only in A", "Only in B"), found)


def _table(heading: str, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row" dir="auto">{escape(first)}</th>'
        + "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in rest)
        + "</tr>\n"
        for first, *rest in lines
    )
    return f"<h2>{heading}</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _texts(a: SeenPage, b: SeenPage, comparison: Comparison) -> str:
    languages = [_lang(each.snapshot.article.language) for each in (a, b)]
    body = "".join(_row(row, languages) for row in rows(comparison))
    return (
        '<h2>Text</h2>\n<table class="texts">\n<thead><tr><th scope="col">A</th><th scope="col">B</th>'
        f'<th scope="col">Told by</th></tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n'
    )


def _row(row: Row, languages: Sequence[str]) -> str:
    cells = "".join(
        f'<td dir="auto"{lang}>{_said(" ".join(sentences))}</td>'
        for sentences, lang in zip((row.a, row.b), languages, strict=True)
    )
    if row.alignment is None:
        return f'<tr class="alone">{cells}<td>{"A" if row.a else "B"} alone</td></tr>\n'
    return f"<tr>{cells}<td>both<br><small>{escape(why(row.alignment))}</small></td></tr>\n"


def _lang(language: str | None) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _said(text: str) -> str:
    return escape(plain(text))


_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 Georgia, serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
dt { font-weight: bold; }
dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
th, td { border-top: 1px solid GrayText; overflow-wrap: anywhere; padding: 0.4rem 0.8rem 0.4rem 0; text-align: start; }
th, td { vertical-align: top; }
.texts th:last-child { width: 9rem; }
.texts td:last-child, small { color: GrayText; font: 0.8rem/1.4 system-ui, sans-serif; }
.alone td { color: GrayText; }
"""
