"""Jobs about deliveries: what a web server leaves for workers, and what they leave for themselves of it."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.jobs import Job

DECIDE = "decide"
DECIDE_PART = "decide part"

_DECIDE_PRIORITY = 20  # among those in `jobs`


def decide_job(delivery: StoredDelivery) -> Job:
    """The job that processes a delivery, in order with its neighbours."""
    return Job(
        task=DECIDE, arguments={"delivery": delivery.id}, lock=lock_of(delivery), priority=_DECIDE_PRIORITY
    )


def lock_of(delivery: StoredDelivery) -> str:
    """What is processed one after the other: an issue's deliveries, else a repository's of one kind."""
    if delivery.repository_id is None:
        return f"installation {delivery.installation_id or delivery.id}"
    if delivery.number is None:
        return f"{delivery.repository_id} {delivery.event}"
    return f"{delivery.repository_id}/{delivery.number}"


def decide_part_job(delivery: StoredDelivery, part: str, *, lock: str, after: timedelta | None) -> Job:
    """The job that decides one part of a delivery by itself, once it failed with the others."""
    return Job(
        task=DECIDE_PART,
        arguments={"delivery": delivery.id, "part": part},
        lock=lock,
        priority=_DECIDE_PRIORITY,
        after=after,
    )


def lock_of_part(delivery: StoredDelivery, part: str) -> str:
    """What fails by itself is tried by itself."""
    return f"apart {delivery.id} {part}"
