"""What a room's password and token open, and who has come with them."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING

from fastapi import Request

from stet.web.access.hashes import matches
from stet.web.access.limiting import Limits, network
from stet.web.access.sessions import LASTS, Session, Sessions

if TYPE_CHECKING:
    from pydantic import SecretStr
    from starlette.responses import Response

    from stet.web.room import Room


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: by the session of a browser, by a token, or anybody."""

    session: Session | None = None
    token: str | None = None
    """The scheme by which the right token came: `bearer` or `basic`."""

    @property
    def is_known(self) -> bool:
        return self.session is not None or self.token is not None


class Access:
    """The keys of one room, its sessions, and how often was tried."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._web = room.config.web
        self._sessions = Sessions()
        self._limits = Limits()
        self._known_token: bytes | None = None
        # A hash takes 64 MiB while it is made: one at a time, however many try.
        self._hashing = asyncio.Lock()

    @property
    def is_closed(self) -> bool:
        """Whether reading needs a key too."""
        return self._web.sign_in_to_read

    @property
    def can_write(self) -> bool:
        """Whether anybody may: there is a key, and a daemon to do it."""
        return self._room.running is not None and bool(self._web.password_hash or self._web.token_hash)

    @property
    def can_sign_in(self) -> bool:
        """Whether there is a password, and something to be had for it."""
        return self._web.password_hash is not None and (self.is_closed or self._room.running is not None)

    @property
    def can_send_token(self) -> bool:
        """Whether programs have a token."""
        return self._web.token_hash is not None

    async def visitor(self, request: Request, *, with_token: bool) -> Visitor:
        """Who asks. A token costs a hash and is looked at only where it matters. Raises TooOften."""
        session = self._session(request)
        scheme, token = _token(request.headers.get("authorization", "")) if with_token else ("", "")
        is_right = bool(token) and await self._is_token(token, client(request))
        return Visitor(session, scheme if is_right else None)

    def may_still_read(self, request: Request) -> bool:
        """Whether a reader whom the gate let in may go on, whose answer takes long: sessions end meanwhile."""
        if not self.is_closed or visitor(request).token is not None:
            return True
        return self._session(request) is not None

    async def is_password(self, given: str, client: str) -> bool:
        """Whether it is the password. Raises TooOften."""
        return await self._is(self._web.password_hash, given, client)

    def count_write(self, client: str) -> None:
        """One order. Raises TooOften."""
        self._limits.count_write(client)

    def sign_in(self, request: Request, response: Response) -> None:
        """Begin a session, always a new one: what a browser had before may be known to others."""
        self.sign_out(request, response)
        secret, _ = self._sessions.begin(self._room.clock())
        # Lax, not Strict: a link to a page, in a mail that tells of a change, is to find its reader signed in. What
        # changes anything is a POST, which brings no such cookie from elsewhere.
        response.set_cookie(
            self._cookie(request),
            secret,
            max_age=int(LASTS.total_seconds()),
            secure=self._is_secure(request),
            httponly=True,
            samesite="lax",
        )

    def sign_out(self, request: Request, response: Response) -> None:
        """End the session."""
        name = self._cookie(request)
        if secret := request.cookies.get(name):
            self._sessions.end(secret)
        response.delete_cookie(name, secure=self._is_secure(request), httponly=True, samesite="lax")

    def _session(self, request: Request) -> Session | None:
        secret = request.cookies.get(self._cookie(request))
        return None if secret is None else self._sessions.find(secret, self._room.clock())

    async def _is_token(self, token: str, client: str) -> bool:
        digest = sha256(token.encode(errors="replace")).digest()
        if self._known_token is not None and compare_digest(digest, self._known_token):
            return True
        if not await self._is(self._web.token_hash, token, client):
            return False
        self._known_token = digest
        return True

    async def _is(self, encoded: SecretStr | None, given: str, client: str) -> bool:
        if encoded is None:
            return False
        self._limits.count_try(client)
        async with self._hashing:
            return await asyncio.to_thread(matches, encoded.get_secret_value(), given)

    def _cookie(self, request: Request) -> str:
        """Its name: `__Host-` keeps other servers of the domain from setting it, and browsers want HTTPS for that."""
        return "__Host-stet" if self._is_secure(request) else "stet"

    def _is_secure(self, request: Request) -> bool:
        return request.url.scheme == "https" or (self._web.url or "").startswith("https:")


def access(request: Request) -> Access:
    """The access to the room that the request came to."""
    found: Access = request.app.state.access
    return found


def visitor(request: Request) -> Visitor:
    """Who asks, as the gate found."""
    found: Visitor = getattr(request.state, "visitor", Visitor())
    return found


def client(request: Request) -> str:
    """Whose tries count together. Behind another server that is all who come through it."""
    return network(request.client.host) if request.client else ""


def _token(authorization: str) -> tuple[str, str]:
    """The scheme in lower case, and the token that came by it; that of Basic is its password."""
    scheme, _, given = authorization.partition(" ")
    scheme, given = scheme.lower(), given.strip()
    if scheme == "bearer":
        return scheme, given
    if scheme == "basic":
        try:
            return scheme, b64decode(given, validate=True).decode().partition(":")[2]
        except (NotBase64, ValueError):
            return scheme, ""
    return scheme, ""
