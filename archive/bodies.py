"""Raw bodies: zstd-compressed, kept once per digest, checked when read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import zstandard

from archive.errors import ArchiveUnusable

if TYPE_CHECKING:
    from sqlite_utils import Database

LEVEL = 3
"""0.25 ms for a news page of 116 kB; higher levels gain little before settled bodies are repacked."""


def digest(body: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(body).hexdigest()


def keep(db: Database, name: str, body: bytes) -> None:
    """Store `body` under its digest `name`, unless it is there."""
    if db.execute("select 1 from bodies where digest = ?", [name]).fetchone() is None:
        packed = zstandard.ZstdCompressor(level=LEVEL).compress(body)
        db.table("bodies").insert({"digest": name, "size": len(body), "zstd": packed})


def is_kept(db: Database, name: str | None) -> bool:
    """Whether the body of that digest is here; without a digest there was none."""
    return db.execute("select 1 from bodies where digest = ?", [name]).fetchone() is not None


def load(db: Database, name: str) -> bytes | None:
    """The body of that digest, None if it was not kept. Raises ArchiveUnusable if it does not match its digest."""
    row = db.execute("select size, zstd from bodies where digest = ?", [name]).fetchone()
    if row is None:
        return None
    size, packed = row
    try:
        body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=size)
    except zstandard.ZstdError as error:
        raise ArchiveUnusable(f"the stored body {name} is damaged ({error}); restore a backup") from error
    if digest(body) != name:
        raise ArchiveUnusable(f"the stored body {name} does not match its digest; restore a backup")
    return body
