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

from archive.errors import ArchiveBusy, ArchiveError, UnknownPage, UnknownSource, UnknownVersion
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

_SAID = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "There is something at this address, but it is not asked for in this way.",
}
"""Where nothing else is said than the status."""

_WRONG = {
    "bool_parsing": "must be true or false",
    "enum": "must be {expected}",
    "extra_forbidden": "is not known here",
    "finite_number": "must be a number",
    "float_parsing": "must be a number",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "missing": "is missing",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "string_type": "must be text",
}
"""What pydantic finds, by its types of errors, in our words; what is found more rarely is told in its own."""


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
    of_page: str = "",
) -> Response:
    """The error as whoever asked can read it: a program under /api/, people elsewhere.

    `errors` are the things that are wrong with the request, each with its `detail` and `parameter` or `pointer`;
    `of_page` is the URL of the page whose versions it is about.
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
    return page(
        request, "error.html", status=status, headers=headers, title=status.phrase, detail=detail, of_page=of_page
    )


def not_allowed(request: Request, methods: Sequence[str]) -> Response:
    """That what is there is asked for by other methods."""
    status = HTTPStatus.METHOD_NOT_ALLOWED
    return problem(request, status, _SAID[status], {"Allow": ", ".join(methods)})


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
        detail = error.detail if error.detail != status.phrase else _SAID.get(status, status.description)
        return problem(request, status, detail, error.headers)
    if isinstance(error, RequestValidationError):
        if any(each["loc"][0] == "path" for each in error.errors()):
            return problem(request, HTTPStatus.NOT_FOUND, _SAID[HTTPStatus.NOT_FOUND])
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.url.path.startswith("/api/") else HTTPStatus.BAD_REQUEST
        detail = "; ".join(f"{_place(each)}: {_wrong(each)}" for each in error.errors())
        return problem(request, status, detail, errors=[_fault(each) for each in error.errors()])
    if isinstance(error, UnknownVersion):
        return problem(request, HTTPStatus.NOT_FOUND, f"{error.said}.", of_page=error.url)
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
    if (said := _WRONG.get(error["type"])) is not None:
        return said.format_map(
            {name: _plainly(value) for name, value in error["ctx"].items()} if "ctx" in error else {}
        )
    return str(error["msg"]).removeprefix("Value error, ")


def _plainly(value: object) -> object:
    """1 for 1.0: a bound is given as it is written."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
