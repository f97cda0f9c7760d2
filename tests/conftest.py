"""What every test may ask for: a PostgreSQL, a fresh database in it, a store on that."""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, settings

from tests.postgres import database_url, postgres, store, tmp_path

__all__ = ["database_url", "postgres", "store", "tmp_path"]

# A machine that is busy elsewhere is no fault of ours.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay until the end: collecting garbage need not look at them."""
    gc.collect()
    gc.freeze()
