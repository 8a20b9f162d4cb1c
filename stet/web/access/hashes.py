"""Hashes of passwords and tokens: argon2id, by the parameters of RFC 9106 for machines of little memory."""

from __future__ import annotations

from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()


def hashed(secret: str) -> str:
    """The encoded hash that the configuration takes."""
    return _HASHER.hash(_prepared(secret))


def matches(encoded: str, secret: str) -> bool:
    """Whether the hash is of that secret. Takes some tens of milliseconds and as much memory as the hash says."""
    try:
        return _HASHER.verify(encoded, _prepared(secret))
    except (VerificationError, InvalidHashError):
        return False


def _prepared(secret: str) -> bytes:
    """Keyboards compose accents in different ways. What no UTF-8 holds matches nothing that could be typed."""
    return normalize("NFKC", secret).encode(errors="surrogatepass")
