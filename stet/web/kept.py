"""A figure that is dear to reckon, kept for some seconds."""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Kept(Generic[T]):
    """One value, reckoned again when somebody asks for it that many seconds later; by one thread, others wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = Lock()
        self._found: tuple[float, T] | None = None

    def get(self, reckon: Callable[[], T]) -> T:
        """The value; what `reckon` raises is raised, and nothing is kept then."""
        with self._lock:
            if self._found is None or monotonic() - self._found[0] >= self.seconds:
                value = reckon()
                self._found = monotonic(), value
            return self._found[1]
