"""The browser of all tests, and pages of it that keep an eye on what goes wrong."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from support.browser import canary as sitting
from support.browser import chromium
from support.paper import paper_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, ConsoleMessage, Page
    from support.browser import Canary
    from support.paper import Paper


# Playwright keeps an event loop running, beside which no other test of the same process can run one: it ends with the
# module.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def opened(browser: Browser) -> Callable[..., AbstractContextManager[Page]]:
    """Opens a page of a reader of its own; options are those of a Playwright context.

    A script that fails, and a policy that had to stop something of ours, fail the test.
    """

    @contextmanager
    def opening(*, watched: bool = True, **options: Any) -> Iterator[Page]:
        complaints: list[str] = []

        def note(message: ConsoleMessage) -> None:
            if message.type == "error":
                complaints.append(message.text)

        context = browser.new_context(**{"locale": "en-GB", "timezone_id": "Asia/Kolkata", **options})
        context.set_default_timeout(15_000)
        try:
            page = context.new_page()
            page.on("console", note)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            yield page
        finally:
            context.close()
        assert not (watched and complaints), complaints

    return opening


@pytest.fixture
def canary() -> Iterator[Canary]:
    with sitting() as bird:
        yield bird


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    with paper_in(tmp_path_factory.mktemp("paper")) as made:
        yield made
