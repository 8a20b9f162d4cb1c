"""What went wrong, as a page for people and as problem+json (RFC 9457) for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import structlog
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request

from archive.errors import ArchiveBusy, ArchiveError, UnknownPage, UnknownSource
from archive.search.hits import SearchTooLong
from archive.search.query import QueryError
from crawler.identity import InvalidURL
from scheduler.controls import NotNow, TooSoon
from stet.web.methods import allowed
from stet.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = structlog.stdlib.get_logger(__name__)

_STATUS: dict[type[Exception], HTTPStatus] = {
    UnknownPage: HTTPStatus.NOT_FOUND,
    UnknownSource: HTTPStatus.NOT_FOUND,
    TooSoon: HTTPStatus.TOO_MANY_REQUESTS,
    NotNow: HTTPStatus.CONFLICT,
    InvalidURL: HTTPStatus.BAD_REQUEST,
    QueryError: HTTPStatus.BAD_REQUEST,
    SearchTooLong: HTTPStatus.SERVICE_UNAVAILABLE,
    ArchiveBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    ArchiveError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The most special first."""


def install(app: FastAPI) -> None:
    """Have the application answer errors in our way."""
    for kind in (HTTPException, RequestValidationError, *_STATUS):
        app.add_exception_handler(kind, _answer)


def problem(
    request: Request,
    status: HTTPStatus,
    detail: str,
    headers: Mapping[str, str] | None = None,
    *,
    errors: Sequence[Mapping[str, str]] = (),
) -> Response:
    """The error as whoever asked can read it: a program under /api/, people elsewhere.

    `errors` are the things that are wrong with the request, each with its `detail` and `parameter` or `pointer`.
    """
    if request.url.path.startswith("/api/"):
        said: dict[str, object] = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status.value,
            "detail": detail,
        }
        if errors:
            said["errors"] = errors
        return JSONResponse(said, status, headers, media_type="application/problem+json")
    return page(request, "error.html", status=status, headers=headers, title=status.phrase, detail=detail)


def not_allowed(request: Request, methods: Sequence[str]) -> Response:
    """That what is there is asked for by other methods."""
    status = HTTPStatus.METHOD_NOT_ALLOWED
    return problem(request, status, status.description, {"Allow": ", ".join(methods)})


class Defects:
    """Answers 500 where something fails that nobody thought of, and logs it once.

    The framework's own handler raises the error anew after it has answered, for the server to log it too; and what it
    answers goes past all that is added to the application, such as the headers that keep a reader safe.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_begun = False

        async def begun(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        try:
            await self._app(scope, receive, begun)
        except Exception:
            if scope["type"] != "http" or is_begun:
                # It cannot be answered; the server logs it and breaks the connection off.
                raise
            logger.exception("a request failed; please report it", path=scope["path"])
            told = "This is a defect of Stet's; its log has the traceback."
            answer = problem(
                Request(scope), HTTPStatus.INTERNAL_SERVER_ERROR, told, headers={"Cache-Control": "no-store"}
            )
            await answer(scope, receive, send)


async def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            # The framework tells of one route's methods only, and of no HEAD.
            return not_allowed(request, allowed(request.scope))
        detail = error.detail if error.detail != status.phrase else status.description
        return problem(request, status, detail, error.headers)
    if isinstance(error, RequestValidationError):
        if any(each["loc"][0] == "path" for each in error.errors()):
            return problem(request, HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND.description)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.url.path.startswith("/api/") else HTTPStatus.BAD_REQUEST
        detail = "; ".join(f"{_place(each)}: {_wrong(each)}" for each in error.errors())
        return problem(request, status, detail, errors=[_fault(each) for each in error.errors()])
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    headers = {"Retry-After": str(error.after)} if isinstance(error, TooSoon) else None
    return problem(request, status, str(error), headers)


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    """One thing that is wrong, and where: in a parameter, or at a place in the body (a JSON Pointer, RFC 6901)."""
    where, *path = error["loc"]
    if where == "body":
        escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
        return {"detail": _wrong(error), "pointer": "#" + "".join(f"/{quote(step)}" for step in escaped)}
    return {"detail": _wrong(error), "parameter": _place(error)}


def _place(error: Mapping[str, Any]) -> str:
    """The parameter or field; where there is none, what it would be a part of."""
    where, *path = error["loc"]
    return path[0] if path and isinstance(path[0], str) else str(where)


def _wrong(error: Mapping[str, Any]) -> str:
    return str(error["msg"]).removeprefix("Value error, ")
