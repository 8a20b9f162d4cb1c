"""Signed webhooks, as a receiver with Standard Webhooks' own package sees them."""

from __future__ import annotations

import json
import re
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from support.receiver import OTHER_SECRET, SECRET

from archive.outbox import State
from archive.stream import Change
from stet.notify.by_webhook import payload, send
from stet.notify.parcel import Parcel, Told
from stet.notify.settings import WebhookSettings
from stet.records import change_record

if TYPE_CHECKING:
    from support.receiver import Receiver

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "notifications.md"
CHANGE = Change(
    3, "2026-01-01T12:00:00.000Z", None, "https://news.example/ä", "gone", None, "Zürich", 1.0, None, {"a": 1}, 1
)


def parcel(*changes: Change) -> Parcel:
    told = tuple(Told(change) for change in changes)
    return Parcel(("r",), "msg_1", "2026-01-01T12:05:00.000Z", datetime.now(UTC), told)


def webhook(told: Receiver, path: str = "program", *secrets: str) -> WebhookSettings:
    return WebhookSettings.model_validate(told.webhook(path, *secrets))


def test_what_is_sent_is_what_stet_changes_prints_and_is_signed(told: Receiver) -> None:
    assert send(webhook(told, "a/b?c=d", SECRET, OTHER_SECRET), parcel(CHANGE)).state is State.SENT
    (post,) = told.posts
    assert post.path == "/a/b?c=d"
    assert post.headers["content-type"] == "application/json"
    for secret in (SECRET, OTHER_SECRET):
        assert Webhook(secret).verify(post.body, post.headers) == {
            "type": "stet.changes",
            "timestamp": "2026-01-01T12:05:00.000Z",
            "data": {"rules": ["r"], "events": [json.loads(json.dumps(change_record(CHANGE)))]},
        }
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 44).verify(post.body, post.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(post.body.replace(b"gone", b"here"), post.headers)


def test_the_ten_lines_of_the_documentation_verify_it(told: Receiver) -> None:
    (lines,) = re.findall(r"```python\n(.+?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(lines, names)  # noqa: S102
    send(webhook(told, "program", OTHER_SECRET, SECRET), parcel(CHANGE))
    (post,) = told.posts
    assert names["verified"](SECRET, post.headers, post.body)
    assert not names["verified"](SECRET, post.headers, post.body + b" ")
    assert not names["verified"](SECRET, {**post.headers, "webhook-timestamp": "1"}, post.body)


def test_a_test_is_none_of_the_changes() -> None:
    assert json.loads(payload(parcel()))["type"] == "stet.test"


@pytest.mark.parametrize(
    ("status", "headers", "state", "pause"),
    [
        (204, {}, State.SENT, None),
        (301, {"Location": "/elsewhere"}, State.WAITING, None),
        (400, {}, State.WAITING, None),
        (410, {}, State.FAILED, None),
        (429, {"Retry-After": "120"}, State.WAITING, 120),
        (503, {"Retry-After": "soon"}, State.WAITING, None),
    ],
)
def test_an_answer_says_what_to_do(
    status: int, headers: dict[str, str], state: State, pause: float | None, told: Receiver
) -> None:
    told.answer = lambda _: (status, headers)
    answer = send(webhook(told), parcel(CHANGE))
    assert (answer.state, answer.retry_after, answer.switches_off) == (state, pause, status == 410)
    assert len(told.posts) == 1


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-secret\r\n", b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 1_000, b"HTTP/1.1 2"]
)
def test_what_is_no_answer_is_no_answer(said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_say, args=[server, said])
        thread.start()
        answer = send(_at(server.getsockname()[1]), parcel(CHANGE), within=0.5)
        thread.join()
    assert answer.state is State.WAITING
    assert answer.error
    assert "secret" not in answer.error


def test_nobody_there_is_said_without_the_address(told: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = send(_at(port), parcel(CHANGE))
    assert (answer.state, answer.error) == (State.WAITING, "the connection is refused")


def _at(port: int) -> WebhookSettings:
    return WebhookSettings.model_validate({"url": f"http://127.0.0.1:{port}/token", "secrets": [SECRET]})


def _say(server: socket.socket, said: bytes) -> Any:
    connection, _ = server.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(said)
        # Until the other side has had enough.
        connection.settimeout(30)
        connection.recv(65_536)
