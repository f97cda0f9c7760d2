"""Every kind of job: its name, its arguments, what it waits for (`lock`), and how urgent it is.

Those about deliveries are in `delivery_jobs`: they are all that a web server makes.

`job_handlers` says what is done about each. Names, arguments and locks lie in the queue: a newer version
finds those of an older one.
"""

from __future__ import annotations

from datetime import timedelta

from mentorbot.db.effects import Effect
from mentorbot.db.jobs import EFFECTS, Job
from mentorbot.engine.priorities import Rank, lane_of

ACT = "act"
CHECK_DUPLICATES = "look again"
SWEEP = "sweep"
BACKFILL = "seed"
REFRESH_CONFIG = "refresh config"
RECONCILE = "reconcile"

# Higher goes first: effects (`Rank`, from 40 to 30), then what came in (`delivery_jobs`), then what can wait.
_CONFIG_PRIORITY = 10
_SWEEP_PRIORITY = -10
_BACKFILL_PRIORITY = -20


def act_job(id_: int, effect: Effect) -> Job:
    lane = lane_of(effect)
    return Job(
        task=ACT, arguments={"effect": id_}, queue=lane.queue, lock=lane.lock, priority=effect.priority
    )


def duplicate_check_job(effect: Effect, *, after: timedelta) -> Job:
    """The job that looks for a twin of what an effect has written."""
    return Job(
        task=CHECK_DUPLICATES,
        arguments={"effect": effect.id},
        queue=EFFECTS,
        priority=Rank.CORRECTION,
        after=after,
    )


def sweep_job(repository_id: int, schedule: str) -> Job:
    return Job(
        task=SWEEP,
        arguments={"repository": repository_id, "round": schedule},
        lock=f"sweep {repository_id} {schedule}",
        once=f"sweep {repository_id} {schedule}",
        priority=_SWEEP_PRIORITY,
    )


def backfill_job(repository_id: int, *, after: timedelta | None = None) -> Job:
    """The job that reads one page of a repository's past (`after` a while), and then makes the next one."""
    return Job(
        task=BACKFILL,
        arguments={"repository": repository_id},
        lock=f"seed {repository_id}",
        once=f"seed {repository_id}",
        priority=_BACKFILL_PRIORITY,
        after=after,
    )


def reconcile_job(repository_id: int) -> Job:
    return Job(
        task=RECONCILE,
        arguments={"repository": repository_id},
        lock=f"seed {repository_id}",
        once=f"reconcile {repository_id}",
        priority=_BACKFILL_PRIORITY,
    )


def refresh_config_job(repository_id: int, *, after: timedelta | None) -> Job:
    return Job(
        task=REFRESH_CONFIG,
        arguments={"repository": repository_id},
        once=f"config {repository_id}",
        priority=_CONFIG_PRIORITY,
        after=after,
    )
