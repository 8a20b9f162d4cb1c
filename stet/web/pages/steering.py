"""What a signed-in reader has the daemon do. The gate has seen to it that it is one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from scheduler import controls
from stet.web.access.access import visitor
from stet.web.access.origins import HOME, local
from stet.web.room import InDaemon

router = APIRouter(include_in_schema=False)

Address = Annotated[str, Form(alias="url", max_length=8_000)]
Source = Annotated[str, Form(max_length=200)]
Back = Annotated[str, Form(alias="next")]


@router.post("/watch")
async def watch(request: Request, running: InDaemon, address: Address, to: Back = HOME) -> Response:
    """Put a page under the schedule."""
    done = await controls.watch(running, address.strip())
    return _back(request, to, f"{done.subject} is watched{'' if done.is_changed else ' already'}.")


@router.post("/unwatch")
async def unwatch(request: Request, running: InDaemon, address: Address, to: Back = HOME) -> Response:
    """Take a page out of the schedule."""
    done = await controls.unwatch(running, address)
    return _back(request, to, f"{done.subject} is watched no more; what was kept of it stays.")


@router.post("/check")
async def check(request: Request, running: InDaemon, address: Address, to: Back = HOME) -> Response:
    """Have a page looked at now."""
    done = await controls.check_now(running, address)
    return _back(request, to, f"{done.subject} is looked at next.")


@router.post("/pause")
async def pause(request: Request, running: InDaemon, source: Source, to: Back = HOME) -> Response:
    """Leave a source's sites alone."""
    done = await controls.pause(running, source)
    return _back(request, to, f"{done.subject} is paused; what is being fetched is finished.")


@router.post("/resume")
async def resume(request: Request, running: InDaemon, source: Source, to: Back = HOME) -> Response:
    """Go on with a source."""
    done = await controls.resume(running, source)
    return _back(request, to, f"{done.subject} is looked at again.")


def _back(request: Request, to: str, said: str) -> Response:
    """To the page that the form is on, which says once what came of it."""
    session = visitor(request).session
    if session is not None:
        session.told = said
    return RedirectResponse(local(to), HTTPStatus.SEE_OTHER)
