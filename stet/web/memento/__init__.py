"""Memento (RFC 7089): TimeGate, TimeMaps, and mementos, whole for programs and harmless for people."""

from __future__ import annotations

from stet.web.memento import playback, timegate, timemap

ROUTERS = (timegate.router, timemap.router, playback.router)
