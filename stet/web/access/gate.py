"""The gate before all routes, those too that are yet to be written: what it is not told to let through, it does not.

Reading is open unless `web.sign_in_to_read`. Whatever else a route does needs the token (under /api/), or a session, a
form of ours, and the session's own token in it.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse

from stet.web.access.access import Visitor, client
from stet.web.access.limiting import TooOften
from stet.web.access.origins import is_ours
from stet.web.errors import not_allowed, problem
from stet.web.methods import READING, allowed

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from stet.web.access.access import Access

SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
OPEN = re.compile(rf"{SIGN_IN}|/favicon\.ico|/static/[^/]+/[^/]+|/health|/ready")
"""What is shown to everybody."""
MAX_BODY = 64 * 1024
"""Bytes of a form or an order; nothing that is sent to us is longer."""


class Gate:
    """Lets requests through that may, and marks each with who asks (`access.visitor`)."""

    def __init__(self, app: ASGIApp, access: Access, url: str | None) -> None:
        self._app = app
        self._access = access
        self._url = url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            # A WebSocket, of which there are none, would need a rule of its own.
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        is_writing = scope["method"] not in READING
        needs_key = not OPEN.fullmatch(scope["path"])
        state = scope.setdefault("state", {})
        state["visitor"] = Visitor()
        try:
            with_token = needs_key and self._access.can_send_token and (is_writing or self._access.is_closed)
            visitor = state["visitor"] = await self._access.visitor(request, with_token=with_token)
            refusal = self._reading_refused(request, visitor) if needs_key and self._access.is_closed else None
            if refusal is None and is_writing:
                body = await _body(request)
                refusal = self._too_long(request) if body is None else self._writing_refused(request, visitor, body)
                receive = _again(body or b"", receive)
                if refusal is not None:
                    refusal = _not_there(request) or refusal
        except TooOften as error:
            refusal = problem(
                request, HTTPStatus.TOO_MANY_REQUESTS, str(error), headers={"Retry-After": str(error.after)}
            )
        except ClientDisconnect:
            return
        await (refusal or self._app)(scope, receive, self._marked(scope, state["visitor"], send))

    def _reading_refused(self, request: Request, visitor: Visitor) -> Response | None:
        if visitor.is_known:
            return None
        if request.method == "GET" and _is_for_people(request):
            here = request.scope["raw_path"].decode("latin-1") + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': here})}", HTTPStatus.SEE_OTHER)
        return self._unknown(request, "Reading needs a token here, or signing in.")

    def _writing_refused(self, request: Request, visitor: Visitor, body: bytes) -> Response | None:
        # Not `request.url`, which is put together with what the request says of its host.
        path: str = request.scope["path"]
        if path.startswith("/api/"):
            return self._order_refused(request, visitor)
        if not is_ours(request.headers, self._url):
            return problem(request, HTTPStatus.FORBIDDEN, "This form was sent from elsewhere.")
        if path == SIGN_IN:
            return None
        if path != SIGN_OUT and not self._access.can_write:
            return problem(request, HTTPStatus.FORBIDDEN, OFF)
        if visitor.session is None or not visitor.session.sent(_field(body, "csrf")):
            detail = "Nobody is signed in by whom this form was shown. Sign in, load the page again, and try again."
            return problem(request, HTTPStatus.FORBIDDEN, detail)
        self._access.count_write(client(request))
        return None

    def _order_refused(self, request: Request, visitor: Visitor) -> Response | None:
        if not (self._access.can_write and self._access.can_send_token):
            return problem(request, HTTPStatus.FORBIDDEN, OFF)
        # Not by Basic, which browsers send along by themselves, from wherever a form may be.
        if visitor.token != "bearer":  # noqa: S105
            return self._unknown(request, "Writing needs the token: `Authorization: Bearer TOKEN`.")
        self._access.count_write(client(request))
        return None

    def _unknown(self, request: Request, detail: str) -> Response:
        challenge = 'Bearer realm="Stet"'
        # Feed readers know nothing else than Basic; a browser would ask for a password in a window of its own.
        if request.method in READING and "sec-fetch-mode" not in request.headers:
            challenge += ', Basic realm="Stet", charset="UTF-8"'
        return problem(request, HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": challenge})

    def _too_long(self, request: Request) -> Response:
        return problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"More than {MAX_BODY} bytes are not read.")

    def _marked(self, scope: Scope, visitor: Visitor, send: Send) -> Send:
        """What is shown to one reader is kept for no other."""
        is_own = visitor.session is not None or scope["path"] == SIGN_IN
        is_private = self._access.is_closed and not OPEN.fullmatch(scope["path"])
        is_static = scope["path"].startswith("/static/")

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and not is_static:
                headers = MutableHeaders(scope=message)
                if is_own:
                    headers["Cache-Control"] = "private, no-store"
                    # Without it browsers hide where a form comes from, from us too.
                    headers["Referrer-Policy"] = "same-origin"
                elif is_private:
                    headers["Cache-Control"] = "private, no-cache"
                if self._access.can_sign_in:
                    headers.add_vary_header("Cookie")
            await send(message)

        return marked


OFF = (
    "Writing is off. It needs the daemon, `stet run`, and a password or a token: `stet password` makes the hash for "
    "`web.password_hash`, `stet password --token` that for `web.token_hash`."
)


def _not_there(request: Request) -> Response | None:
    """What is truer than a refusal where no route would do it anyhow."""
    methods = allowed(request.scope)
    if request.method in methods:
        return None
    if not methods:
        return problem(request, HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND.description)
    return not_allowed(request, methods)


def _is_for_people(request: Request) -> bool:
    return not request.scope["path"].startswith("/api/") and "text/html" in request.headers.get("accept", "")


async def _body(request: Request) -> bytes | None:
    """All of it; None where it is too long. Raises ClientDisconnect."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            return None
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """For the route, what was read already."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return left.pop() if left else await receive()

    return received


def _field(body: bytes, name: str) -> str:
    try:
        return parse_qs(body.decode(), max_num_fields=100).get(name, [""])[0]
    except ValueError:
        return ""
