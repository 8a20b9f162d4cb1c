"""The status of the service: what the daemon does, what waits, what went wrong."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from stet.records import status_record
from stet.web.observing import InStatus
from stet.web.rendering import page

LISTED = 100
"""Jobs and hosts that are shown, at most."""

router = APIRouter(include_in_schema=False)


@router.get("/status")
def status(request: Request, status: InStatus) -> Response:
    """How the service does."""
    return page(
        request, "status.html", headers={"Cache-Control": "no-store"}, told=status_record(status), LISTED=LISTED
    )
