"""What a signed-in reader has the daemon do. The gate has seen to it that it is one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from archive.errors import UnknownPage, UnknownSource
from crawler.identity import InvalidURL
from scheduler import controls
from scheduler.controls import Done, NotNow
from stet.web.access.access import visitor
from stet.web.access.origins import HOME, local
from stet.web.filters import LONGEST_URL
from stet.web.room import InDaemon

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

router = APIRouter(include_in_schema=False)

Address = Annotated[str, Form(alias="url", max_length=LONGEST_URL)]
Source = Annotated[str, Form(max_length=200)]
Back = Annotated[str, Form(alias="next")]


@router.post("/watch")
async def watch(request: Request, running: InDaemon, address: Address, to: Back = HOME) -> Response:
    """Put a page under the schedule."""
    return await _back(
        request,
        to,
        controls.watch(running, address.strip()),
        lambda done: f"{done.subject} is watched{'' if done.is_changed else ' already'}.",
    )


@router.post("/unwatch")
async def unwatch(request: Request, running: InDaemon, address: Address, to: Back = HOME) -> Response:
    """Take a page out of the schedule."""
    return await _back(
        request,
        to,
        controls.unwatch(running, address),
        lambda done: f"{done.subject} is watched no more; what was kept of it stays.",
    )


@router.post("/check")
async def check(request: Request, running: InDaemon, address: Address, to: Back = HOME) -> Response:
    """Have a page looked at now."""
    return await _back(
        request, to, controls.check_now(running, address), lambda done: f"{done.subject} is looked at next."
    )


@router.post("/pause")
async def pause(request: Request, running: InDaemon, source: Source, to: Back = HOME) -> Response:
    """Leave a source's sites alone."""
    return await _back(
        request,
        to,
        controls.pause(running, source),
        lambda done: f"{done.subject} is paused; what is being fetched is finished.",
    )


@router.post("/resume")
async def resume(request: Request, running: InDaemon, source: Source, to: Back = HOME) -> Response:
    """Go on with a source."""
    return await _back(
        request, to, controls.resume(running, source), lambda done: f"{done.subject} is looked at again."
    )


async def _back(request: Request, to: str, order: Awaitable[Done], said: Callable[[Done], str]) -> Response:
    """To the page that the form is on, which says once what came of it, or why nothing did."""
    try:
        told = said(await order)
    except (NotNow, InvalidURL, UnknownPage, UnknownSource) as refused:
        told = f"{str(refused).rstrip('.')}."
    session = visitor(request).session
    if session is not None:
        session.told = told
    return RedirectResponse(local(to), HTTPStatus.SEE_OTHER)
