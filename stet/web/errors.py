"""What went wrong, as a page for people and as problem+json (RFC 9457) for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import structlog
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from archive.errors import ArchiveBusy, ArchiveError, UnknownPage, UnknownSource
from archive.search.hits import SearchTooLong
from archive.search.query import QueryError
from crawler.identity import InvalidURL
from scheduler.controls import NotNow, TooSoon
from stet.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI, Request
    from starlette.responses import Response

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
    for kind in (HTTPException, RequestValidationError, *_STATUS, Exception):
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


async def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        detail = error.detail if error.detail != status.phrase else status.description
        return problem(request, status, detail, error.headers)
    if isinstance(error, RequestValidationError):
        if any(each["loc"][0] == "path" for each in error.errors()):
            return problem(request, HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND.description)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.url.path.startswith("/api/") else HTTPStatus.BAD_REQUEST
        faults = [_fault(each) for each in error.errors()]
        detail = "; ".join(
            f"{_name(each)}: {fault['detail']}" for each, fault in zip(error.errors(), faults, strict=True)
        )
        return problem(request, status, detail, errors=faults)
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            headers = {"Retry-After": str(error.after)} if isinstance(error, TooSoon) else None
            return problem(request, status, str(error), headers)
    logger.error("a request failed; please report it", path=request.url.path, exc_info=error)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "This is a defect of Stet's; its log has the traceback.")


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    """One thing that is wrong, and where: in a parameter, or at a place in the body (a JSON Pointer, RFC 6901)."""
    where, *path = error["loc"]
    detail = str(error["msg"]).removeprefix("Value error, ")
    if where == "body":
        escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
        return {"detail": detail, "pointer": "#" + "".join(f"/{quote(step)}" for step in escaped)}
    return {"detail": detail, "parameter": str(path[0]) if path else where}


def _name(error: Mapping[str, Any]) -> object:
    """Of one of several values: which parameter it is of, not its number among them."""
    names = [each for each in error["loc"] if isinstance(each, str)]
    return names[-1] if names else error["loc"][-1]
