"""Words that everything about turns is said with: days, names, whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.domain.turns import Holder, Turn

WHOSE = {
    Holder.AUTHOR: "It is the author's turn",
    Holder.REVIEWERS: "It is the reviewers' turn",
    Holder.EXTERNAL: "It waits for something else",
    Holder.UNCLEAR: "It is unclear whose turn it is",
}


def day(moment: datetime, now: datetime, calendar: Calendar) -> str:
    """A day on the repository's calendar: "9 February", with the year where it is another one."""
    local, today = calendar.local(moment), calendar.local(now)
    return f"{local.day} {local:%B}" + ("" if local.year == today.year else f" {local.year}")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "ada, grace and hedy"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def reviewers_of(turn: Turn) -> list[str]:
    """The people and teams that are waited for, as far as any are named."""
    return [person.login for person in turn.reviewers] + [f"team {team}" for team in turn.teams]
