"""Who is signed in. Sessions live in memory: they end with the process, and with it when the password changes.

A cookie that is signed by a key made of the password's hash would outlive a restart, but whoever reads the hash in a
backup of the configuration could then sign in without a password, and signing out would end nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from secrets import compare_digest, token_urlsafe
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LASTS = timedelta(days=14)
AT_MOST = 100
"""Sessions at one time; the oldest makes room."""


@dataclass(slots=True)
class Session:
    """One browser that is signed in."""

    until: datetime
    csrf: str = field(default_factory=token_urlsafe, repr=False)
    """What its forms send along."""
    told: str | None = None
    """What the next page is to say of the order before it."""

    def sent(self, csrf: str) -> bool:
        """Whether a form with that token is of this session."""
        return compare_digest(self.csrf.encode(), csrf.encode(errors="replace"))

    def take_told(self) -> str | None:
        """What there is to tell, once."""
        told, self.told = self.told, None
        return told


class Sessions:
    """The sessions, each under the digest of the secret in its cookie."""

    def __init__(self) -> None:
        self._sessions: dict[bytes, Session] = {}

    def begin(self, now: datetime) -> tuple[str, Session]:
        """A new session, and the secret that leads to it."""
        self._sessions = {digest: each for digest, each in self._sessions.items() if each.until > now}
        while len(self._sessions) >= AT_MOST:
            del self._sessions[next(iter(self._sessions))]
        secret = token_urlsafe()
        session = self._sessions[_digest(secret)] = Session(now + LASTS)
        return secret, session

    def find(self, secret: str, now: datetime) -> Session | None:
        """The session that the secret leads to, unless it has ended."""
        session = self._sessions.get(_digest(secret))
        return session if session is not None and session.until > now else None

    def end(self, secret: str) -> None:
        """The secret leads nowhere from now on."""
        self._sessions.pop(_digest(secret), None)


def _digest(secret: str) -> bytes:
    return sha256(secret.encode(errors="replace")).digest()
