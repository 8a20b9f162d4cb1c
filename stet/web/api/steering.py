"""What a program with the token has the daemon do."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Security
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from scheduler import controls
from stet.web.api.answers import Responses, problem
from stet.web.room import Daemon

_bearer = HTTPBearer(scheme_name="token", description="What `stet password --token` printed.", auto_error=False)
"""Described here; asked for by the gate, of every route."""


router = APIRouter(
    prefix="/api/v1",
    tags=["steering"],
    dependencies=[Security(_bearer)],
    responses={
        HTTPStatus.UNAUTHORIZED: problem("The token is missing or wrong."),
        HTTPStatus.FORBIDDEN: problem("Writing is off: there is no daemon, or no token is configured."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: problem("The body is too long."),
        HTTPStatus.UNPROCESSABLE_ENTITY: problem("The body is not what is asked for."),
        HTTPStatus.TOO_MANY_REQUESTS: problem(
            "Too many orders, or too many wrong tokens; `Retry-After` says when to come back."
        ),
        HTTPStatus.SERVICE_UNAVAILABLE: problem("The archive cannot be written at the moment."),
    },
)
_WRONG_ADDRESS: Responses = {HTTPStatus.BAD_REQUEST: problem("That is no address of a page.")}
_UNKNOWN_PAGE: Responses = {**_WRONG_ADDRESS, HTTPStatus.NOT_FOUND: problem("The archive does not know that page.")}
_NOT_NOW: Responses = {HTTPStatus.CONFLICT: problem("The page is not watched, or its source is paused.")}
_UNKNOWN_SOURCE: Responses = {HTTPStatus.NOT_FOUND: problem("No source has that name.")}


class PageOrder(BaseModel):
    """Which page."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(max_length=8_000, description="Any address of the page.", examples=["https://news.example/story"])


class SourceOrder(BaseModel):
    """Which source."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(max_length=200, description="Its name in the configuration.", examples=["Example Daily"])


PageUrl = Annotated[
    str, Field(description="The page's address, as the archive has it.", examples=["https://news.example/story"])
]
SourceName = Annotated[str, Field(description="The source's name.", examples=["Example Daily"])]


class Watched(BaseModel):
    """What came of it."""

    url: PageUrl
    result: Annotated[Literal["watched", "already watched"], Field(description="Whether it changed anything.")]


class Unwatched(BaseModel):
    """What came of it."""

    url: PageUrl
    result: Annotated[Literal["unwatched", "not watched"], Field(description="Whether it changed anything.")]


class Asked(BaseModel):
    """What came of it: the page is fetched next, as soon as politeness lets it."""

    url: PageUrl
    result: Annotated[Literal["asked for", "already asked for"], Field(description="Whether it changed anything.")]


class Paused(BaseModel):
    """What came of it."""

    source: SourceName
    result: Annotated[Literal["paused", "already paused"], Field(description="Whether it changed anything.")]


class Resumed(BaseModel):
    """What came of it."""

    source: SourceName
    result: Annotated[Literal["resumed", "not paused"], Field(description="Whether it changed anything.")]


@router.post(
    "/watch",
    operation_id="watchPage",
    summary="Watch a page",
    response_description="What came of it.",
    responses=_WRONG_ADDRESS,
)
async def watch(order: PageOrder, running: Daemon) -> Watched:
    """Put a page under the schedule, due at once."""
    done = await controls.watch(running, order.url)
    return Watched(url=done.subject, result="watched" if done.is_changed else "already watched")


@router.post(
    "/unwatch",
    operation_id="unwatchPage",
    summary="Stop watching a page",
    response_description="What came of it.",
    responses=_UNKNOWN_PAGE,
)
async def unwatch(order: PageOrder, running: Daemon) -> Unwatched:
    """Take a page out of the schedule; what was kept of it stays."""
    done = await controls.unwatch(running, order.url)
    return Unwatched(url=done.subject, result="unwatched" if done.is_changed else "not watched")


@router.post(
    "/check",
    operation_id="checkPage",
    summary="Check a page now",
    response_description="What came of it.",
    responses=_UNKNOWN_PAGE | _NOT_NOW,
)
async def check(order: PageOrder, running: Daemon) -> Asked:
    """Have a watched page fetched ahead of others; once a minute at most."""
    done = await controls.check_now(running, order.url)
    return Asked(url=done.subject, result="asked for" if done.is_changed else "already asked for")


@router.post(
    "/pause",
    operation_id="pauseSource",
    summary="Pause a source",
    response_description="What came of it.",
    responses=_UNKNOWN_SOURCE,
)
async def pause(order: SourceOrder, running: Daemon) -> Paused:
    """Leave a source's sites alone: no discovery and no checks, until it is resumed."""
    done = await controls.pause(running, order.source)
    return Paused(source=done.subject, result="paused" if done.is_changed else "already paused")


@router.post(
    "/resume",
    operation_id="resumeSource",
    summary="Resume a source",
    response_description="What came of it.",
    responses=_UNKNOWN_SOURCE,
)
async def resume(order: SourceOrder, running: Daemon) -> Resumed:
    """End a source's pause."""
    done = await controls.resume(running, order.source)
    return Resumed(source=done.subject, result="resumed" if done.is_changed else "not paused")
