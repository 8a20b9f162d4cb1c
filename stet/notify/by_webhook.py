"""Sending by webhook, signed as Standard Webhooks says (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.outbox import State
from crawler.hold import retry_after
from stet.notify.parcel import Answer
from stet.notify.settings import signing_key
from stet.records import change_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pydantic import SecretStr

    from stet.notify.parcel import Parcel
    from stet.notify.settings import WebhookSettings

SILENCE = 10.0
"""Seconds to connect, and for which nothing may come."""
WITHIN = 30.0
"""Seconds until an answer must be there."""
OK, TOO_MANY, MULTIPLE_CHOICES, GONE = 200, 429, 300, 410


def send(webhook: WebhookSettings, parcel: Parcel, *, within: float = WITHIN) -> Answer:
    """POST the parcel and wait for the status. Redirects are not followed; of the answer's body nothing is read."""
    body = payload(parcel)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Stet",
        "Connection": "close",
        "webhook-id": parcel.message_id,
        "webhook-timestamp": str(int(parcel.now.timestamp())),
        "webhook-signature": signature(parcel.message_id, parcel.now, body, webhook.secrets),
    }
    connection = _connection(webhook.url.get_secret_value())
    # Each byte that comes begins the silence anew: this ends it for good.
    hanging_up = threading.Timer(within, _hang_up, [connection])
    hanging_up.start()
    try:
        connection.request("POST", _path(webhook.url.get_secret_value()), body, headers)
        response = connection.getresponse()
        return _answer(response.status, response.getheader("Retry-After"), parcel.now)
    except (OSError, HTTPException, ValueError) as error:
        return Answer(State.WAITING, _why(error))
    finally:
        hanging_up.cancel()
        connection.close()


def payload(parcel: Parcel) -> bytes:
    """The body: the same at each attempt."""
    return json.dumps(
        {
            "type": "stet.changes" if parcel.told else "stet.test",
            "timestamp": parcel.made_at,
            "data": {"rules": parcel.rules, "events": [change_record(told.change) for told in parcel.told]},
        }
    ).encode()


def signature(message_id: str, at: datetime, body: bytes, secrets: Iterable[SecretStr]) -> str:
    """One for each secret, with spaces between."""
    signed = f"{message_id}.{int(at.timestamp())}.".encode() + body
    return " ".join(
        f"v1,{base64.b64encode(hmac.digest(signing_key(secret), signed, hashlib.sha256)).decode()}"
        for secret in secrets
    )


def _answer(status: int, wait: str | None, now: datetime) -> Answer:
    if OK <= status < MULTIPLE_CHOICES:
        return Answer(State.SENT)
    error = f"it answered {status}"
    if status == GONE:
        return Answer(State.FAILED, f"{error}: it wants no more, and gets none until a restart", switches_off=True)
    asked = retry_after(wait.encode("latin-1", "replace"), now.timestamp()) if wait else None
    return Answer(State.WAITING, error, asked)


def _connection(url: str) -> HTTPConnection:
    parts = urlsplit(url)
    if parts.scheme == "https":
        return HTTPSConnection(str(parts.hostname), parts.port, timeout=SILENCE, context=ssl.create_default_context())
    return HTTPConnection(str(parts.hostname), parts.port, timeout=SILENCE)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _why(error: Exception) -> str:
    """What went wrong, without the address, and without what the other side sent."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words
    return "the connection failed" if isinstance(error, OSError) else "what it answered is no HTTP"


_WORDS: dict[type[Exception], str] = {
    TimeoutError: "no answer in time",
    ConnectionRefusedError: "the connection is refused",
    socket.gaierror: "there is no such host",
    ssl.SSLError: "no TLS connection can be made",
    ConnectionError: "the connection broke off",
}
