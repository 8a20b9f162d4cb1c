"""Signing in and out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from stet.web.access.access import access, client, visitor
from stet.web.access.limiting import TooOften
from stet.web.access.origins import HOME, local
from stet.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def form(request: Request, to: Annotated[str, Query(alias="next")] = HOME) -> Response:
    """The form, or what to do so that there is one."""
    if visitor(request).session is not None:
        return RedirectResponse(local(to), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.OK if access(request).can_sign_in else HTTPStatus.NOT_FOUND
    return page(request, "sign_in.html", status=status, to=local(to), wrong=None)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    password: Annotated[str, Form(max_length=1_000)] = "",
    to: Annotated[str, Form(alias="next")] = HOME,
) -> Response:
    """Begin a session, if that is the password."""
    entry = access(request)
    if not entry.can_sign_in:
        return page(request, "sign_in.html", status=HTTPStatus.NOT_FOUND, to=HOME, wrong=None)
    status, headers, wrong = HTTPStatus.FORBIDDEN, {}, "That is not the password."
    try:
        if await entry.is_password(password, client(request)):
            welcome = RedirectResponse(local(to), HTTPStatus.SEE_OTHER)
            entry.sign_in(request, welcome)
            return welcome
    except TooOften as error:
        status, headers, wrong = HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(error.after)}, str(error)
    return page(request, "sign_in.html", status=status, headers=headers, to=local(to), wrong=wrong)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session."""
    farewell = RedirectResponse(HOME, HTTPStatus.SEE_OTHER)
    access(request).sign_out(request, farewell)
    return farewell
