"""Captures and snapshots, kept and compared."""
