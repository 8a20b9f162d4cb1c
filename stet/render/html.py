"""A diff as HTML that stands alone: no script, no request, everything that came from the web escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from archive.compare.actions import ActionKind
from archive.compare.words import mark
from stet.render.outline import counted, moved_from, outline
from stet.render.plain import plain, plain_piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.compare.actions import Action, Diff, Mark


def render_html(diff: Diff, *, url: str, before: str, after: str, language: str | None = None) -> str:
    """A whole page; `language` is the article's, ISO 639-1, where known."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Should an escape ever fail, nothing runs and nothing is fetched.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_said(before)} → {_said(after)}: {_said(url)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>What changed</h1>\n<p>{_link(url)}<br>{_said(before)} → {_said(after)}</p>\n"
        f"{render_fragment(diff, language=language)}</main>\n</body>\n</html>\n"
    )


def render_fragment(diff: Diff, *, language: str | None = None) -> str:
    """The changes alone, in sections, to be put into another page."""
    if diff.is_empty:
        return "<p>Nothing changed.</p>\n"
    lang = f' lang="{escape(language)}"' if language else ""
    sections = "".join(
        f"<section>\n<h2>{heading}</h2>\n<div{lang}>\n{body}</div>\n</section>\n" for heading, body in _parts(diff)
    )
    return f"{sections}<p>{counted(diff)}.</p>\n"


def _parts(diff: Diff) -> Iterator[tuple[str, str]]:
    if diff.title:
        yield "Headline", _paragraph(_marked(mark(diff.title.before, diff.title.after)))
    if diff.authors:
        was, became = (", ".join(names) for names in (diff.authors.before, diff.authors.after))
        yield "Byline", _paragraph(_marked(mark(was, became)))
    if diff.corrections_added or diff.corrections_removed:
        removed = (_paragraph(f"<del>{_said(notice)}</del>", "Removed") for notice in diff.corrections_removed)
        added = (_paragraph(f"<ins>{_said(notice)}</ins>", "Added") for notice in diff.corrections_added)
        yield "Corrections", "".join([*removed, *added])
    if diff.changes:
        yield "Text", "".join(_stretch(actions, is_shown=is_shown) for is_shown, actions in outline(diff.actions))


def _stretch(actions: list[Action], *, is_shown: bool) -> str:
    sentences = "".join(map(_sentence, actions))
    if is_shown:
        return sentences
    return f'<details><summary lang="en">{len(actions)} sentences unchanged</summary>\n{sentences}</details>\n'


def _sentence(action: Action) -> str:
    match action.kind:
        case ActionKind.ADDITION:
            return _paragraph(f"<ins>{_said(action.after or '')}</ins>", "Added")
        case ActionKind.DELETION:
            return _paragraph(f"<del>{_said(action.before or '')}</del>", "Deleted")
        case ActionKind.EDIT:
            return _paragraph(_marked(action.marks), "Edited")
        case ActionKind.REFACTOR:
            return _paragraph(_marked(action.marks) or _said(action.after or ""), moved_from(action).capitalize())
        case ActionKind.UNCHANGED:
            return _paragraph(_said(action.after or ""))


def _paragraph(content: str, label: str = "") -> str:
    labelled = f'<small lang="en" dir="ltr">{label}</small> ' if label else ""
    return f'<p dir="auto">{labelled}{content}</p>\n'


def _marked(marks: Iterable[Mark]) -> str:
    return "".join(_TAGS[each.op].format(escape(plain_piece(each.text))) for each in marks)


_TAGS = {"equal": "{}", "delete": "<del>{}</del>", "insert": "<ins>{}</ins>"}


def _said(text: str) -> str:
    return escape(plain(text))


def _link(url: str) -> str:
    shown = _said(url)
    if not url.startswith(("http://", "https://")):
        return shown
    return f'<a href="{shown}" rel="noreferrer nofollow">{shown}</a>'


# `ins` and `del` are silent in most screen readers; generated text, kept out of sight, is read out
# (https://developer.mozilla.org/en-US/docs/Web/HTML/Element/del#accessibility).
_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 Georgia, serif; margin: 2rem auto; max-width: 42rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
a { overflow-wrap: anywhere; }
p { margin: 0.4rem 0; overflow-wrap: anywhere; }
small, summary { color: GrayText; font: 0.8rem/1 system-ui, sans-serif; }
ins { background: #d4f5d9; color: #0b3d15; text-decoration: underline; }
del { background: #fde0de; color: #6b0f0a; text-decoration: line-through; }
ins::before, ins::after, del::before, del::after {
  clip-path: inset(100%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px;
}
ins::before { content: " [inserted] "; }
ins::after { content: " [end of insertion] "; }
del::before { content: " [deleted] "; }
del::after { content: " [end of deletion] "; }
@media (prefers-color-scheme: dark) {
  ins { background: #12391a; color: #c9f2cf; }
  del { background: #4a1512; color: #fbd5d2; }
}
"""
