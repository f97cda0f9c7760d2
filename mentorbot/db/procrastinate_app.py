"""Procrastinate on our database: how it connects, and with which of its statements done our way."""

from __future__ import annotations

from typing import Any

from procrastinate import App, PsycopgConnector
from psycopg_pool import AsyncConnectionPool

from mentorbot.db.bulk_rows import StorableText
from mentorbot.db.connection import DriverConnection
from mentorbot.db.procrastinate_overrides import BatchingJobManager
from mentorbot.db.url import libpq_url

_CONNECTIONS = 6

_QUEUE_SETTINGS = {
    "synchronous_commit": "off",
    "enable_sort": "off",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "lock_timeout": "3s",  # whoever holds a job's row for longer is stopped, not busy
}


class ProcrastinateApp(App):
    """Procrastinate's application, with our manager of jobs."""

    job_manager: BatchingJobManager

    def __init__(self, url: str) -> None:
        connector = PsycopgConnector(
            conninfo=libpq_url(url),
            min_size=0,
            max_size=_CONNECTIONS,
            pool_factory=_pool,
            configure=_configure,
        )
        super().__init__(connector=connector)
        self.job_manager = BatchingJobManager(connector)


async def _configure(connection: DriverConnection) -> None:
    """Procrastinate's statements are one function call each: BEGIN and COMMIT would be wasted trips."""
    await connection.set_autocommit(True)
    connection.adapters.register_dumper(str, StorableText)


def _pool(**options: Any) -> AsyncConnectionPool[DriverConnection]:
    """A pool that doesn't spend a round trip per use on asking whether the connection lives.

    A dead one makes one statement fail; procrastinate's jobs survive that, as they are rescued and done
    again. Losing the last instant's *queue bookkeeping* in a crash of the server is harmless too (a job is
    done again and finds its decision made), so these connections don't wait for the disk. Deliveries do.
    """
    options.pop("check", None)
    options["kwargs"] = {
        **options.get("kwargs", {}),
        "options": " ".join(f"-c {name}={value}" for name, value in _QUEUE_SETTINGS.items()),
    }
    return AsyncConnectionPool(**options)
