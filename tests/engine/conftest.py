"""A PostgreSQL and a store for the tests beside this file, and logs that are quickly written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from tests.postgres import database_url, postgres, store

__all__ = ["database_url", "plain_logs", "postgres", "store"]


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """Tracebacks without the values of all variables, which would take seconds to print."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ]
    )
    yield
    structlog.reset_defaults()
