"""The pages of the room, made from their templates."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import HTMLResponse

from stet.render.excerpts import as_html, sides
from stet.render.kinds import KINDS
from stet.render.plain import plain_piece
from stet.render.templating import environment
from stet.render.times import instant, minute, second
from stet.web.access.access import access, visitor
from stet.web.access.origins import HOME, local
from stet.web.room import room
from stet.web.static import asset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request
    from jinja2 import Environment

    from stet.web.entries import Entry


def page(
    request: Request,
    template: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    **told: object,
) -> HTMLResponse:
    """The answer with that template, which extends `base.html` and is told what it needs by name.

    It also tells, once, what came of the reader's last order: `said`.
    """
    session = visitor(request).session
    said = session and session.take_told()
    return HTMLResponse(render(request, template, said=said, **told), status, dict(headers or {}))


def render(request: Request, template: str, **told: object) -> str:
    """The text of that template; `room`, `here` (the request's path) and who asks are always told.

    `back` is where a form leads back to, `session` None where nobody is signed in.
    """
    always = {
        "room": room(request),
        "here": request.url.path,
        "access": access(request),
        "session": visitor(request).session,
        "back": _back(request),
    }
    return templates().get_template(template).render(always | told)


def _back(request: Request) -> str:
    if request.method != "GET" or request.url.path == "/sign-in":
        return HOME
    return local(request.url.path + (f"?{request.url.query}" if request.url.query else ""))


@cache
def templates() -> Environment:
    """The environment, with the filters of all pages."""
    made = environment("stet.web")
    made.filters |= {"piece": plain_piece, "words": as_html, "sides": sides}
    made.filters |= {"minute": minute, "second": second, "instant": instant}
    made.filters |= {"happening": _happening, "happened": partial(_happening, of_page=True)}
    made.globals |= {"asset": asset, "kinds_of_events": KINDS}
    return made


@lru_cache(maxsize=2_048)
def _happening(entry: Entry, *, of_page: bool = False) -> Markup:
    """One entry of the stream, or of its page's: the same are shown again and again, and are most of the costs."""
    # The template escapes all that is put into it.
    return Markup(templates().get_template("entries.html").render(entries=[entry], of_page=of_page))  # noqa: S704
