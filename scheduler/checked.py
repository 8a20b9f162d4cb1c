"""One check of a page, as the daemon tells of it to who follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.recording import Recorded


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one check, and how long its parts took."""

    recorded: Recorded
    source: str | None
    download_seconds: float | None
    """Until the answer began; None where nothing answered."""
    extraction_seconds: float | None
    """The wait for a worker included; None where nothing was extracted."""
