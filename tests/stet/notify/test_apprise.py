"""What Apprise's answers mean: taken, to be tried again, or nobody knows."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from archive.outbox import State
from stet.notify.by_apprise import complaint, send
from stet.notify.parcel import Parcel

if TYPE_CHECKING:
    from support.receiver import Receiver

PARCEL = Parcel(("r",), "msg_1", "2026-01-01T12:05:00.000Z", datetime(2026, 1, 1, 12, 5, tzinfo=UTC))


@pytest.mark.parametrize(("status", "state", "error"), [(200, State.SENT, None), (404, State.WAITING, "404")])
def test_what_a_service_answers_counts(status: int, state: State, error: str | None, told: Receiver) -> None:
    told.answer = lambda _: (status, {})
    answer = send(told.apprise("token"), PARCEL)
    assert answer.state is state
    assert answer.error == (error and f"the service answered {error}")
    assert len(told.posts) == 1


def test_a_service_that_is_not_there_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = send(f"json://127.0.0.1:{port}/token", PARCEL)
    assert (answer.state, answer.error) == (State.WAITING, "the service cannot be reached")


def test_a_service_that_took_it_and_does_not_answer_may_have_it(told: Receiver) -> None:
    let_go = threading.Event()
    told.answer = lambda _: (200 if let_go.wait(60) else 500, {})
    answer = send(f"{told.apprise()}?rto=0.2", PARCEL)
    let_go.set()
    assert answer.state is State.UNKNOWN
    assert len(told.posts) == 1


def test_an_address_is_understood_or_it_is_said_without_it() -> None:
    for url in ("mailto://user:password@example.org", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news"):
        assert complaint(url) is None
    assert "understands" in str(complaint("nowhere://token"))
    assert "2 messages" in str(complaint("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news/#desk"))
