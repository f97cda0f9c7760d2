"""Whose pull request gets its review without a credit: the first one of somebody new."""

from __future__ import annotations

from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Ports


async def is_newcomers_first(person: Person, ports: Ports, *, opened_at: datetime, number: int) -> bool:
    """True where somebody's first pull request is free; reviews given before don't matter."""
    past = await ports.people.contributor_history(person, before=opened_at, number=number)
    here_before = past.pull_requests or past.contributor or past.insider
    return past.certain and not here_before
