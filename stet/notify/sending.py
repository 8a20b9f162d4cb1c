"""Sending in threads of its own: what hangs holds up neither the loop nor the end of the process."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from archive.outbox import State
from stet.logs import UNHEARD
from stet.notify.parcel import Answer

if TYPE_CHECKING:
    from stet.notify.parcel import Parcel
    from stet.notify.targets import Target


def begin(target: Target, parcel: Parcel) -> asyncio.Future[Answer]:
    """Send the parcel; the answer comes when it comes, and never is an error.

    No executor: its threads would be waited for at the end, however long they hang.
    """
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[Answer] = loop.create_future()

    def tell(answer: Answer) -> None:
        if not answered.done():
            answered.set_result(answer)

    def send() -> None:
        try:
            answer = target.send(parcel)
        except Exception as error:  # noqa: BLE001 - what is raised may name the address
            answer = Answer(State.WAITING, f"sending failed: {type(error).__name__}")
        # Where the loop has ended, nobody waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, answer)

    threading.Thread(target=send, name=UNHEARD, daemon=True).start()
    return answered
