"""What every test may ask for: a PostgreSQL, a fresh database in it, a store on that."""

from __future__ import annotations

from tests.postgres import database_url, postgres, store, tmp_path

__all__ = ["database_url", "postgres", "store", "tmp_path"]
