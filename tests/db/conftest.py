"""A PostgreSQL and a store for the tests beside this file."""

from __future__ import annotations

from tests.postgres import database_url, postgres, store

__all__ = ["database_url", "postgres", "store"]
