"""What went wrong, as a page for people and as problem+json (RFC 9457) for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

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
    from collections.abc import Mapping

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


def problem(request: Request, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The error as whoever asked can read it: a program under /api/, people elsewhere."""
    if request.url.path.startswith("/api/"):
        said = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
        return JSONResponse(said, status, headers, media_type="application/problem+json")
    return page(request, "error.html", status=status, headers=headers, title=status.phrase, detail=detail)


async def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        detail = error.detail if error.detail != status.phrase else status.description
        return problem(request, status, detail, error.headers)
    if isinstance(error, RequestValidationError):
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.url.path.startswith("/api/") else HTTPStatus.BAD_REQUEST
        return problem(request, status, "; ".join(map(_said, error.errors())))
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            headers = {"Retry-After": str(error.after)} if isinstance(error, TooSoon) else None
            return problem(request, status, str(error), headers)
    logger.error("a request failed; please report it", path=request.url.path, exc_info=error)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "This is a defect of Stet's; its log has the traceback.")


def _said(error: Mapping[str, object]) -> str:
    location = error["loc"]
    name = location[-1] if isinstance(location, tuple) else location
    return f"{name}: {str(error['msg']).removeprefix('Value error, ')}"
