"""Why a page brought nothing, in one line that a person can act on."""

from __future__ import annotations

from archive.models import Failure, FailureKind


def describe(exc: BaseException, url: str, *, timeout: float | None = None) -> Failure:
    """What became of the request for `url` that ended in `exc`; `timeout` is in seconds."""
    return Failure(FailureKind.FAILED, f"{type(exc).__name__}: {exc}")
