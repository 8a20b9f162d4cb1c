"""The TimeGate (RFC 7089, section 4): which memento answers for a time."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from archive import mementos
from archive.errors import UnknownPage
from stet.web.memento.asking import asked_url, http_time, known_page
from stet.web.memento.links import addresses, header, memento_links, original, timemap
from stet.web.room import Archive

if TYPE_CHECKING:
    from datetime import datetime

    from stet.web.memento.links import Addresses

router = APIRouter(include_in_schema=False)

VARY = {"Vary": "accept-datetime"}


@router.get("/timegate/{url:path}")
def timegate(request: Request, archive: Archive) -> Response:
    """Redirect to the memento nearest to Accept-Datetime, without that to the newest."""
    url = asked_url(request, 1)
    moment = _moment(request, addresses(request, url))
    with archive.reading() as db:
        try:
            page = known_page(db, url)
        except UnknownPage as error:
            raise HTTPException(404, str(error), VARY) from error
        found = mementos.newest(db, page) if moment is None else mementos.nearest(db, page, moment)
        around = None if found is None else mementos.around(db, page, found)
    where = addresses(request, page.url)
    if found is None or around is None:
        said = {**VARY, "Link": header(original(where))}
        raise HTTPException(404, f"No capture of {page.url} is kept as it came.", said)
    links = header(original(where), timemap(where, around), *memento_links(where, found, around))
    return RedirectResponse(where.memento(found), HTTPStatus.FOUND, {**VARY, "Link": links})


def _moment(request: Request, where: Addresses) -> datetime | None:
    asked = request.headers.get("accept-datetime")
    try:
        return None if asked is None else http_time(asked)
    except ValueError as error:
        said = {**VARY, "Link": header(original(where), timemap(where))}
        raise HTTPException(400, "Accept-Datetime is no time such as `Sat, 31 Jan 2026 12:00:00 GMT`.", said) from error
