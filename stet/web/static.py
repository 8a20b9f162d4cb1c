"""The stylesheet and the scripts: few, small, ours, and kept by browsers until they change."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from stet.render.comparison_html import comparison_stylesheet
from stet.render.html import paper, stylesheet

router = APIRouter(include_in_schema=False)

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_FOLDER = files("stet.web") / "static"
_STYLESHEET = "stet.css"
_SUBJECTS = (
    "frame",
    "forms",
    "tables",
    "stream",
    "history",
    "version",
    "compare",
    "sources",
    "status",
    "access",
    "reference",
)
"""The files of static/css that the stylesheet is made of, in its order."""


def asset(name: str) -> str:
    """The path under which a static file is asked for; it changes with the file."""
    return f"/static/{_digest(name)}/{name}"


@router.get("/static/{digest}/{name}")
def static(digest: str, name: str) -> Response:
    """A static file; browsers may keep it for ever, since another one has another path."""
    if name not in _names() or digest != _digest(name):
        raise HTTPException(404)
    return Response(
        _content(name),
        media_type=_TYPES[name.rsplit(".", 1)[-1]],
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


@router.get("/favicon.ico")
def favicon() -> Response:
    """For browsers that ask for it whatever the page says."""
    return Response(_content("icon.svg"), media_type=_TYPES["svg"], headers={"Cache-Control": "public, max-age=86400"})


@cache
def _names() -> frozenset[str]:
    return frozenset(each.name for each in _FOLDER.iterdir() if each.is_file()) | {_STYLESHEET}


@cache
def _content(name: str) -> bytes:
    if name != _STYLESHEET:
        return (_FOLDER / name).read_bytes()
    # One request for all: what every page shares, the pages' own, and those of the changes and of comparisons.
    ours = ((_FOLDER / "css" / f"{subject}.css").read_text("utf-8") for subject in _SUBJECTS)
    return "\n".join((paper(), *ours, stylesheet(), comparison_stylesheet())).encode()


@cache
def _digest(name: str) -> str:
    return blake2b(_content(name), digest_size=6).hexdigest()
