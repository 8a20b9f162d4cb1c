"""What a program with the token has the daemon do."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Security

from scheduler import controls
from stet.web.api.answers import BY_TOKEN, FAILING, Responses, problem
from stet.web.api.models.orders import AskedFor, PageOrder, Paused, Resumed, SourceOrder, Unwatched, Watched
from stet.web.api.security import bearer
from stet.web.room import InDaemon

router = APIRouter(
    prefix="/api/v1",
    tags=["steering"],
    dependencies=[Security(bearer)],
    responses={
        **BY_TOKEN,
        **FAILING,
        HTTPStatus.BAD_REQUEST: problem("The body is no text in UTF-8."),
        HTTPStatus.FORBIDDEN: problem("Writing is off: there is no daemon, or no token is configured."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: problem("The body is too long."),
        HTTPStatus.UNPROCESSABLE_ENTITY: problem("The body is not what is asked for."),
        HTTPStatus.SERVICE_UNAVAILABLE: problem("The archive cannot be written at the moment."),
    },
)

_WRONG_URL: Responses = {HTTPStatus.BAD_REQUEST: problem("That is no URL of a page, or the body is no text in UTF-8.")}
_OF_PAGE: Responses = {**_WRONG_URL, HTTPStatus.NOT_FOUND: problem("The archive does not know that page.")}
_NOT_NOW: Responses = {HTTPStatus.CONFLICT: problem("The page is not watched, or its source is paused.")}
_OF_SOURCE: Responses = {HTTPStatus.NOT_FOUND: problem("No source has that name.")}


@router.post(
    "/watch",
    operation_id="watchPage",
    summary="Watch a page",
    response_description="What came of it.",
    responses=_WRONG_URL,
)
async def watch(order: PageOrder, running: InDaemon) -> Watched:
    """Put a page under the schedule, due at once."""
    done = await controls.watch(running, order.url)
    return Watched(url=done.subject, result="watched" if done.is_changed else "already watched")


@router.post(
    "/unwatch",
    operation_id="unwatchPage",
    summary="Stop watching a page",
    response_description="What came of it.",
    responses=_OF_PAGE,
)
async def unwatch(order: PageOrder, running: InDaemon) -> Unwatched:
    """Take a page out of the schedule; what was kept of it stays."""
    done = await controls.unwatch(running, order.url)
    return Unwatched(url=done.subject, result="unwatched" if done.is_changed else "not watched")


@router.post(
    "/check",
    operation_id="checkPage",
    summary="Check a page now",
    response_description="What came of it.",
    responses={**_OF_PAGE, **_NOT_NOW},
)
async def check(order: PageOrder, running: InDaemon) -> AskedFor:
    """Have a watched page fetched ahead of others; once a minute at most."""
    done = await controls.check_now(running, order.url)
    return AskedFor(url=done.subject, result="asked for" if done.is_changed else "already asked for")


@router.post(
    "/pause",
    operation_id="pauseSource",
    summary="Pause a source",
    response_description="What came of it.",
    responses=_OF_SOURCE,
)
async def pause(order: SourceOrder, running: InDaemon) -> Paused:
    """Leave a source's sites alone: no discovery and no checks, until it is resumed."""
    done = await controls.pause(running, order.source)
    return Paused(source=done.subject, result="paused" if done.is_changed else "already paused")


@router.post(
    "/resume",
    operation_id="resumeSource",
    summary="Resume a source",
    response_description="What came of it.",
    responses=_OF_SOURCE,
)
async def resume(order: SourceOrder, running: InDaemon) -> Resumed:
    """End a source's pause."""
    done = await controls.resume(running, order.source)
    return Resumed(source=done.subject, result="resumed" if done.is_changed else "not paused")
