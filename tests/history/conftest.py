"""A PostgreSQL for the replay beside this file."""

from __future__ import annotations

from tests.postgres import postgres

__all__ = ["postgres"]
