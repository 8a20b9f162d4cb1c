"""How the service does."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from stet.records import status_record
from stet.web.api.answers import RESPONSES, answer
from stet.web.api.models.status import Status
from stet.web.observing import InStatus

router = APIRouter(prefix="/api/v1", tags=["status"], responses=RESPONSES)


@router.get(
    "/status",
    operation_id="showStatus",
    summary="How the service does",
    response_description="The daemon, the archive, the queue, and what was logged as wrong.",
    response_model=Status,
)
def status(status: InStatus) -> Response:
    """The daemon's jobs and what is in flight, what the archive holds, what waits to be fetched, and the last warnings
    and errors. The archive is counted every ten seconds at most."""
    return answer(status_record(status))
