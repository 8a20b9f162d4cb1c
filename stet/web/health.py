"""Whether the service lives, and whether it can do its work: for whoever restarts or routes by that."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from archive.errors import ArchiveError
from stet.status import VERSION
from stet.web.observing import InState
from stet.web.room import Archive

router = APIRouter(include_in_schema=False)


@router.get("/health")
async def health() -> Response:
    """The loop answers."""
    return _said(HTTPStatus.OK, {"status": "ok", "version": VERSION})


@router.get("/ready")
def ready(archive: Archive, daemon: InState) -> Response:
    """The archive can be read, and the daemon, where there is one, does its work; else 503 and what is wrong."""
    wrong = [] if daemon is None else list(daemon.wrong)
    try:
        with archive.reading() as db:
            db.execute("select 1 from pages limit 1").fetchall()
    except ArchiveError as error:
        wrong.append(str(error))
    if wrong:
        return _said(HTTPStatus.SERVICE_UNAVAILABLE, {"status": "not ready", "wrong": wrong})
    return _said(HTTPStatus.OK, {"status": "ready", "wrong": []})


def _said(status: HTTPStatus, said: dict[str, object]) -> Response:
    return JSONResponse(said, status, {"Cache-Control": "no-store"})
