"""What people tell or ask the bot about turns: /turn, /ready, /blocked, /waiting and /snooze."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.durations import HOW_TO_WRITE_ONE, Duration
from mentorbot.core.actions import OUTLIVES_PEOPLE, Answer, Doable, Remember
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal, plan, refuse
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled import answers, memory
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.corrections import CORRECTION, KEPT, acts_in
from mentorbot.features.stalled.looking import Circumstances, moment_of, quiet_one, standing_here
from mentorbot.features.stalled.projection import projection_of, shown
from mentorbot.features.stalled.quiet import Quiet
from mentorbot.features.stalled.whose import Standing, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command in a pull request, whose turn it is there, and what commands said before."""

    by: Person
    text: str
    at: datetime
    place: str
    url: str
    here: Circumstances
    standing: Standing
    quiet: Quiet

    @property
    def number(self) -> int:
        """The pull request."""
        return self.standing.timeline.number


async def asked(event: CommandGiven, config: Stalled, ports: Ports) -> Asked:
    """A command, and how things stand. Raises Refusal where there is no turn to speak of."""
    number = event.thread.number
    timeline = await ports.timelines.get(number) or await ports.github.timeline(number)
    if timeline is None:
        raise Refusal("I can't see this pull request's past at the moment. Please try again in a while.")
    here = Circumstances.of(config, ports, await memory.about(number, ports.records))
    return Asked(
        by=event.by,
        text=event.text,
        at=event.at,
        place=f"{event.source.kind}-{event.source.id}",
        url=event.source.url,
        here=here,
        standing=await standing_here(timeline, here),
        quiet=await quiet_one(timeline, here),
    )


def tell_turn(asked: Asked, config: Stalled) -> Plan:
    """Whoever asks is told whose move it is, since when, on what evidence, and what would end it."""
    return plan(
        Answer(text=answers.turn(asked.quiet, config)),
        because=f"@{asked.by.login} asked whose turn it is",
        about=asked.quiet.told,
    )


def ready(asked: Asked, config: Stalled) -> Plan:
    """The author hands it over: it is the reviewers' turn until something newer happens."""
    text = answers.STILL_A_DRAFT if asked.standing.timeline.is_draft else ""
    return _correct(asked, config, _said(asked, ActKind.DECLARED_READY), text=text)


def blocked(asked: Asked, config: Stalled) -> Plan:
    """It waits for something else, and nobody is nudged, until something newer happens."""
    return _correct(asked, config, _said(asked, ActKind.DECLARED_BLOCKED, body=asked.text))


def waiting(asked: Asked, config: Stalled) -> Plan:
    """A maintainer says for whom it waits."""
    word = asked.text.lower().strip(" .:!").removeprefix("for ").removeprefix("the ")
    sides = {
        "author": Holder.AUTHOR, "reviewers": Holder.REVIEWERS, "reviewer": Holder.REVIEWERS,
        "review": Holder.REVIEWERS,
    }  # fmt: skip
    if word not in sides:
        slash = asked.here.around.slash
        return refuse(
            f"For whom? `{slash}waiting author` or `{slash}waiting reviewers`.",
            because=f"@{asked.by.login} said that it waits, but not for whom in words I know",
        )
    return _correct(asked, config, _said(asked, ActKind.DECLARED_WAITING, outcome=str(sides[word])))


def snooze(asked: Asked, config: Stalled) -> Plan:
    """No nudges here until then, to nobody."""
    words = asked.text.lower().strip().removeprefix("for ").strip()
    if not words:
        return refuse(
            f"For how long? For instance `{asked.here.around.slash}snooze 2 weeks`.",
            because=f"@{asked.by.login} asked for a snooze, but not for how long",
        )
    try:
        ends = Duration.parse(words).after(asked.at, asked.here.ports.calendar)
    except ValueError:
        return refuse(
            f"I could not tell for how long: write {HOW_TO_WRITE_ONE}.",
            because=f"@{asked.by.login} asked for a snooze, but not for how long in words I know",
        )
    said = _said(asked, ActKind.SNOOZED, ends_at=ends)
    return _correct(asked, config, said, text=answers.snoozed(ends, asked.quiet.silence))


def _said(
    asked: Asked, kind: ActKind, *, body: str = "", outcome: str = "", ends_at: datetime | None = None
) -> Act:
    return Act(
        kind=kind,
        at=asked.at,
        id=f"command-{kind.value.replace(' ', '-')}-{asked.place}",
        by=asked.by,
        body=body[:500],
        outcome=outcome,
        ends_at=ends_at,
        url=asked.url,
    )


def _correct(asked: Asked, config: Stalled, said: Act, *, text: str = "") -> Plan:
    """Keep what was said, and let the labels show it at once."""
    if not asked.standing.timeline.is_open:
        return refuse(
            "This pull request is closed, so it is nobody's turn.",
            because=f"@{asked.by.login} spoke about the turn of a closed pull request",
        )
    record = asked.here.memory.get(CORRECTION, asked.number)
    kept = [act for act in acts_in(record) if act.id != said.id]
    acts = (*kept, said)[-KEPT:]
    value = {OUTLIVES_PEOPLE: True, "acts": [act.to_json() for act in acts]}
    return plan(
        Remember(
            kind=CORRECTION,
            key=str(asked.number),
            value=value,
            expected=record.version if record else 0,
            about=tuple({act.by.id for act in acts if act.by is not None}),
        ),
        *_labels_after(asked, config, said),
        Answer(text=text),
        because=f"@{asked.by.login} {answers.SAID[said.kind]}",
    )


def _labels_after(asked: Asked, config: Stalled, said: Act) -> tuple[Doable, ...]:
    here, timeline = asked.here, asked.standing.timeline
    now = max(moment_of(timeline, here.ports.now), said.at)
    after = standing_of(timeline, (said,), config, rules=here.rules, now=now)
    projection = projection_of(
        after.timeline, after.turn, config, bot=here.ports.bot, folded=asked.quiet.projection.folded
    )
    return shown(projection, config)
