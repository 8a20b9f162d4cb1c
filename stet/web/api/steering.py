"""What a program with the token has the daemon do."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Security
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from scheduler import controls
from stet.web.room import Daemon

_bearer = HTTPBearer(scheme_name="token", description="What `stet password --token` printed.", auto_error=False)
"""Described here; asked for by the gate, of every route."""


class Problem(BaseModel):
    """What is wrong (RFC 9457)."""

    type: str = Field(description="Always `about:blank`: the status says it all.", examples=["about:blank"])
    title: str = Field(description="The status in words.", examples=["Conflict"])
    status: int = Field(description="The HTTP status.", examples=[409])
    detail: str = Field(description="What is wrong here, and what to do.")


def _problems(**why: str) -> dict[int | str, dict[str, Any]]:
    """As OpenAPI describes them, by status."""
    schema = {"schema": Problem.model_json_schema()}
    return {
        name.removeprefix("status_"): {"description": text, "content": {"application/problem+json": schema}}
        for name, text in why.items()
    }


router = APIRouter(
    prefix="/api/v1",
    tags=["steering"],
    dependencies=[Security(_bearer)],
    responses=_problems(
        status_401="The token is missing or wrong.",
        status_403="Writing is off: there is no daemon, or no token is configured.",
        status_413="The body is too long.",
        status_422="The body is not what is asked for.",
        status_429="Too many orders, or too many wrong tokens; `Retry-After` says when to come back.",
        status_503="The archive cannot be written at the moment.",
    ),
)
_WRONG_ADDRESS = _problems(status_400="That is no address of a page.")
_UNKNOWN_PAGE = _WRONG_ADDRESS | _problems(status_404="The archive does not know that page.")
_UNKNOWN_SOURCE = _problems(status_404="No source has that name.")


class PageOrder(BaseModel):
    """Which page."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(max_length=8_000, description="Any address of the page.", examples=["https://news.example/story"])


class SourceOrder(BaseModel):
    """Which source."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(max_length=200, description="Its name in the configuration.", examples=["Example Daily"])


PageUrl = Annotated[str, Field(description="The page's address, as the archive has it.")]
SourceName = Annotated[str, Field(description="The source's name.")]


class Watched(BaseModel):
    """What came of it."""

    url: PageUrl
    result: Literal["watched", "already watched"]


class Unwatched(BaseModel):
    """What came of it."""

    url: PageUrl
    result: Literal["unwatched", "not watched"]


class Asked(BaseModel):
    """What came of it: the page is fetched next, as soon as politeness lets it."""

    url: PageUrl
    result: Literal["asked for", "already asked for"]


class Paused(BaseModel):
    """What came of it."""

    source: SourceName
    result: Literal["paused", "already paused"]


class Resumed(BaseModel):
    """What came of it."""

    source: SourceName
    result: Literal["resumed", "not paused"]


@router.post("/watch", responses=_WRONG_ADDRESS)
async def watch(order: PageOrder, running: Daemon) -> Watched:
    """Put a page under the schedule, due at once."""
    done = await controls.watch(running, order.url)
    return Watched(url=done.subject, result="watched" if done.is_changed else "already watched")


@router.post("/unwatch", responses=_UNKNOWN_PAGE)
async def unwatch(order: PageOrder, running: Daemon) -> Unwatched:
    """Take a page out of the schedule; what was kept of it stays."""
    done = await controls.unwatch(running, order.url)
    return Unwatched(url=done.subject, result="unwatched" if done.is_changed else "not watched")


@router.post(
    "/check", responses=_UNKNOWN_PAGE | _problems(status_409="The page is not watched, or its source is paused.")
)
async def check(order: PageOrder, running: Daemon) -> Asked:
    """Have a watched page fetched ahead of others; once a minute at most."""
    done = await controls.check_now(running, order.url)
    return Asked(url=done.subject, result="asked for" if done.is_changed else "already asked for")


@router.post("/pause", responses=_UNKNOWN_SOURCE)
async def pause(order: SourceOrder, running: Daemon) -> Paused:
    """Leave a source's sites alone: no discovery and no checks, until it is resumed."""
    done = await controls.pause(running, order.source)
    return Paused(source=done.subject, result="paused" if done.is_changed else "already paused")


@router.post("/resume", responses=_UNKNOWN_SOURCE)
async def resume(order: SourceOrder, running: Daemon) -> Resumed:
    """End a source's pause."""
    done = await controls.resume(running, order.source)
    return Resumed(source=done.subject, result="resumed" if done.is_changed else "not paused")
