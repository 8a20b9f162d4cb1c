"""What all answers of the API have in common: how they look, and what else may come in their stead.

They are made from the records of stet/records.py as they are. The models only describe them: to check each answer
against its model would cost more than to make it, so tests hold the two together.
"""

from __future__ import annotations

from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi.responses import JSONResponse

from archive.times import parse_iso

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import Request
    from starlette.responses import Response

PROBLEM = "application/problem+json"

_ETAG = {"description": "Changes with the content; send it back in If-None-Match.", "schema": {"type": "string"}}
_REVALIDATED = {
    "description": "Whoever keeps the answer has to ask whether it still holds.",
    "schema": {"type": "string", "examples": ["no-cache"]},
}
_MODIFIED = {
    "description": "When something was last learned of the page, to the second.",
    "schema": {"type": "string", "examples": ["Sat, 31 Jan 2026 12:00:00 GMT"]},
}
_NEXT = {
    "description": 'Where a list goes on (`rel="next"`), as `next` says; absent at its end.',
    "schema": {"type": "string"},
}
_AFTER = {
    "description": "Seconds after which to come back.",
    "schema": {"type": "integer", "minimum": 1, "examples": [20]},
}
_CHALLENGE = {
    "description": "How to say who asks.",
    "schema": {"type": "string", "examples": ['Bearer realm="Stet"']},
}


def problem(what: str, **headers: dict[str, Any]) -> dict[str, Any]:
    """The description of an answer that says what is wrong, and of its headers."""
    described = {"description": what, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return {**described, "headers": headers} if headers else described


Responses = dict[int | str, dict[str, Any]]

FAILING: Responses = {
    HTTPStatus.INTERNAL_SERVER_ERROR: problem("A defect of Stet's."),
    HTTPStatus.SERVICE_UNAVAILABLE: problem("The archive is busy, or the question takes too long."),
}
BY_TOKEN: Responses = {
    HTTPStatus.UNAUTHORIZED: problem("The token is missing or wrong.", **{"WWW-Authenticate": _CHALLENGE}),
    HTTPStatus.TOO_MANY_REQUESTS: problem("Too many orders, or too many wrong tokens.", **{"Retry-After": _AFTER}),
}
"""Of operations that need the token."""

_HEADERS = {"ETag": _ETAG, "Cache-Control": _REVALIDATED}

RESPONSES: Responses = {
    HTTPStatus.OK: {"headers": _HEADERS},
    HTTPStatus.NOT_MODIFIED: {
        "description": "Who asks has the answer already, as If-None-Match or If-Modified-Since tells.",
        "headers": {"ETag": _ETAG},
    },
    HTTPStatus.UNPROCESSABLE_ENTITY: problem("A parameter is missing, or is not what it has to be."),
    **FAILING,
}
"""What every operation that reads may answer."""
UNKNOWN: Responses = {HTTPStatus.NOT_FOUND: problem("The archive has no such page, version or source.")}
NAMED: Responses = {
    HTTPStatus.BAD_REQUEST: problem("The URL, or the search query, cannot be understood."),
    **UNKNOWN,
}
"""Of operations that are given a URL or a query."""
PAGED: Responses = {HTTPStatus.OK: {"headers": {**_HEADERS, "Link": _NEXT}}}
OF_PAGE: Responses = {**NAMED, HTTPStatus.OK: {"headers": {**_HEADERS, "Last-Modified": _MODIFIED}}}
OF_PAGE_PAGED: Responses = {
    **NAMED,
    HTTPStatus.OK: {"headers": {**_HEADERS, "Last-Modified": _MODIFIED, "Link": _NEXT}},
}


def answer(record: Mapping[str, object], *, modified: str | None = None, **headers: str) -> Response:
    """One record; `modified` is when what it tells was last learned, in the archive's form."""
    if modified is not None:
        headers["Last-Modified"] = format_datetime(parse_iso(modified), usegmt=True)
    return JSONResponse(record, headers={"Cache-Control": "no-cache", **headers})


def listing(
    request: Request, items: Sequence[Mapping[str, object]], *, before: object = None, modified: str | None = None
) -> Response:
    """Some of a list, which goes on with what is `before` that; None at its end."""
    if before is None:
        return answer({"items": items, "next": None}, modified=modified)
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "before"]
    following = f"{request.url.path}?{urlencode([*asked, ('before', str(before))])}"
    return answer({"items": items, "next": following}, modified=modified, Link=f'<{following}>; rel="next"')
