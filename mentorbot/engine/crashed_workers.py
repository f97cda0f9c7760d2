"""A crashed worker's jobs go to living ones: every worker looks each second for some without a heartbeat.

A job may then be done twice, which does no harm: decisions are written once, effects have unique keys, and
a second attempt at a write first looks whether GitHub has it. Whoever does an effect holds a lock on it in
the database as well, for as long as its process lives (`db.advisory_locks`).
"""

from __future__ import annotations

import structlog

from mentorbot.db.jobs import Jobs

HEARTBEAT = 1.0
"""Seconds between a worker's signs of life."""

DEAD_AFTER = 5.0
"""Seconds without a heartbeat after which another worker takes over."""

RESCUE_EVERY = 1.0

log = structlog.get_logger("engine.crashed_workers")


async def rescue_jobs(jobs: Jobs) -> None:
    """Give the jobs of dead workers back to the queue."""
    rescued = await jobs.rescue(dead_after=DEAD_AFTER)
    if rescued:
        log.warning("jobs_rescued", jobs=rescued)
