"""Work that is done once and may take minutes says in the log how far it is."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

logger = logging.getLogger(__name__)

EVERY_SECONDS = 10.0


def told(items: Iterable[T], what: str, total: int, *, clock: Callable[[], float] = time.monotonic) -> Iterator[T]:
    """The items; every ten seconds it is logged how many of the total have been taken."""
    last = clock()
    for done, item in enumerate(items):
        if clock() - last >= EVERY_SECONDS:
            last = clock()
            logger.info("%s: %d of %d done", what, done, total)
        yield item
