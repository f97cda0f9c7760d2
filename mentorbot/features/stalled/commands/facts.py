"""What is asked when somebody says something about a turn, or asks whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.plan import Refusal
from mentorbot.core.translator import say
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import Record
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.learning.rules import A_MOMENT, WhatWasSaid
from mentorbot.features.stalled.nudge_history import past_nudges_in
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.facts import known_candidate, told_elsewhere
from mentorbot.features.stalled.records import Corrections
from mentorbot.features.stalled.turn.facts import RepositoryContext, RepositoryFacts, turn_decision_of
from mentorbot.features.stalled.turn.rules.turn_decision import DecidedTurn, decide_turn


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnCommand:
    """A command in a pull request, and what is known there.

    `timeline` has all corrections in it, `corrections` is what commands said before. `place` is the id of
    what the command was written in; `said_before` is what the bot said until then.
    """

    by: Person
    text: str
    at: datetime
    place: str
    url: str
    repository: RepositoryFacts
    timeline: PullRequestTimeline
    candidate: Candidate
    corrections: Record[Corrections] | None
    said_before: WhatWasSaid


async def turn_command(event: CommandGiven, config: Stalled, ports: Ports) -> TurnCommand:
    """A command, and how things stand. Raises Refusal where there is no turn to speak of."""
    number = event.thread.number
    timeline = await ports.timelines.get(number) or await ports.github.timeline(number)
    if timeline is None:
        raise Refusal(say("I cannot read this pull request's history right now. Please try again later."))
    context = await (await RepositoryContext.about(number, config, ports)).with_learned()
    decision = await turn_decision_of(timeline, context)
    return TurnCommand(
        by=event.by,
        text=event.text,
        at=event.at,
        place=f"{event.source.kind}-{event.source.id}",
        url=event.source.url,
        repository=context.repository,
        timeline=decision.timeline,
        candidate=await known_candidate(decision, context),
        corrections=context.records.get(Corrections, number),
        said_before=await _said_before(event.at, decision, context),
    )


async def _said_before(at: datetime, decision: DecidedTurn, context: RepositoryContext) -> WhatWasSaid:
    """How things stood just before a command; words beside it in the comment were not known then."""
    timeline = decision.timeline
    nudges = [
        *past_nudges_in(timeline, context.ports.bot),
        *await told_elsewhere(timeline.number, context),
    ]
    return WhatWasSaid(
        before=decide_turn(timeline, (), context.config, rules=context.rules, now=at - A_MOMENT),
        past_nudges=tuple(sorted((one for one in nudges if one.at < at), key=lambda one: one.at)),
        learned=context.learned,
    )
