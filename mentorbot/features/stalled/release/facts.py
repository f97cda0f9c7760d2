"""What is asked when a maintainer wants reminders in what has been quiet for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.plan import Refusal
from mentorbot.core.translator import say
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import Record
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.learning.rules import A_MOMENT
from mentorbot.features.stalled.nudges.rules.due_dates import DORMANT_AFTER, last_human_act
from mentorbot.features.stalled.records import Released
from mentorbot.features.stalled.turn.facts import RepositoryContext

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRequest:
    """Where a maintainer wants reminders again: in pull request `number`, everywhere (None).

    `is_held` is false where that pull request has not been quiet for long at all.
    """

    by: Person
    at: datetime
    number: int | None
    is_held: bool
    released: Record[Released] | None


async def release(event: CommandGiven, config: Stalled, ports: Ports) -> ReleaseRequest:
    """Raises Refusal where it is neither said in an open pull request nor of all."""
    word = event.text.lower().strip(' .!`"')
    number = None if word == EVERYWHERE else event.thread.number
    if word not in {"", EVERYWHERE}:
        raise Refusal(
            say(
                "I did not understand which. Write `/mentorbot nudges release` in a pull request, or "
                "`/mentorbot nudges release all`."
            )
        )
    if number is not None and not event.thread.is_pull_request:
        raise Refusal(
            say("Write this in a pull request, or write `/mentorbot nudges release all` for all of them.")
        )
    return ReleaseRequest(
        by=event.by,
        at=event.at,
        number=number,
        is_held=number is None or await _is_old(number, event.at, config, ports),
        released=await ports.records.get(Released, Released.KEY),
    )


async def _is_old(number: int, at: datetime, config: Stalled, ports: Ports) -> bool:
    """True where nobody had done anything for long until somebody wrote the command, which is an act, too."""
    timeline = await ports.timelines.get(number) or await ports.github.timeline(number)
    if timeline is None or not timeline.is_open:
        raise Refusal(say("This pull request is closed, and I remind nobody in it."))
    context = await RepositoryContext.about(number, config, ports)
    return last_human_act(timeline.until(at - A_MOMENT), context.rules) + DORMANT_AFTER < at
