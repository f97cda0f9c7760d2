"""What people tell or ask the bot about turns: /turn, /ready, /blocked, /waiting and /snooze."""

from __future__ import annotations

from datetime import datetime

from mentorbot.config.durations import Duration
from mentorbot.core.actions import Answer, Doable
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.core.translator import say
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.records import remember
from mentorbot.features.stalled.commands import messages
from mentorbot.features.stalled.commands.facts import TurnCommand
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.labels.rules import projection_of, sync_actions
from mentorbot.features.stalled.learning.rules import lesson_from
from mentorbot.features.stalled.records import Corrections
from mentorbot.features.stalled.turn.rules.turn_decision import decide_turn, moment_of

KEPT = 20
"""How many corrections of a pull request are kept, the latest; older ones are overtaken many times."""


def tell_turn(command: TurnCommand, _config: Stalled) -> Plan:
    """Whoever asks is told whose move it is, since when, on what evidence, and what would end it."""
    return plan(
        Answer(text=messages.turn(command.candidate, command.by)),
        because=say("@{login} asked whose turn it is", login=command.by.login),
        about=command.candidate.told,
    )


def ready(command: TurnCommand, config: Stalled) -> Plan:
    """The author hands it over: it is the reviewers' turn until something newer happens."""
    text = messages.still_a_draft() if command.timeline.is_draft else ""
    return _correct(command, config, _said(command, ActKind.DECLARED_READY), text=text)


def blocked(command: TurnCommand, config: Stalled) -> Plan:
    """It waits for something else, and nobody is nudged, until something newer happens."""
    return _correct(command, config, _said(command, ActKind.DECLARED_BLOCKED, body=command.text))


def waiting(command: TurnCommand, config: Stalled) -> Plan:
    """A maintainer says for whom it waits."""
    word = command.text.lower().strip(" .:!").removeprefix("for ").removeprefix("the ")
    sides = {
        "author": Holder.AUTHOR, "reviewers": Holder.REVIEWERS, "reviewer": Holder.REVIEWERS,
        "review": Holder.REVIEWERS,
    }  # fmt: skip
    login = command.by.login
    if word not in sides:
        return refuse(
            say("For whom? Write `{slash}waiting author` or `{slash}waiting reviewers`."),
            because=say("@{login} said that it waits, but I did not understand for whom", login=login),
        )
    return _correct(command, config, _said(command, ActKind.DECLARED_WAITING, outcome=str(sides[word])))


def snooze(command: TurnCommand, config: Stalled) -> Plan:
    """No nudges here until then, to nobody."""
    words = command.text.lower().strip().removeprefix("for ").strip()
    login = command.by.login
    if not words:
        return refuse(
            say("For how long? Write for example `{slash}snooze 2 weeks`."),
            because=say("@{login} asked for no reminders, but did not say for how long", login=login),
        )
    try:
        ends = Duration.parse(words).after(command.at, command.repository.calendar)
    except ValueError:
        return refuse(
            say(
                "I do not understand for how long. Write for example `{slash}snooze 3 days` or "
                "`{slash}snooze 2 weeks`."
            ),
            because=say(
                "@{login} asked for no reminders, but I did not understand for how long", login=login
            ),
        )
    said = _said(command, ActKind.SNOOZED, ends_at=ends)
    return _correct(command, config, said, text=messages.snoozed(ends))


def _said(
    command: TurnCommand, kind: ActKind, *, body: str = "", outcome: str = "", ends_at: datetime | None = None
) -> Act:
    return Act(
        kind=kind,
        at=command.at,
        id=f"command-{kind.value.replace(' ', '-')}-{command.place}",
        by=command.by,
        body=body[:500],
        outcome=outcome,
        ends_at=ends_at,
        url=command.url,
    )


def _correct(command: TurnCommand, config: Stalled, said: Act, *, text: str = "") -> Plan:
    """Keep what was said, and let the labels show it at once."""
    if not command.timeline.is_open:
        return refuse(
            messages.closed(is_merged=command.timeline.is_merged),
            because=say("@{login} spoke about the turn of a closed pull request", login=command.by.login),
        )
    before = command.corrections
    others = [act for act in before.value.acts if act.id != said.id] if before is not None else []
    acts = (*others, said)[-KEPT:]
    lesson = lesson_from(said, command.said_before, config)
    because = say(messages.SAID[said.kind], login=command.by.login)
    return plan(
        remember(
            Corrections(acts),
            key=str(command.timeline.number),
            expected=before.version if before is not None else 0,
            about=tuple({act.by.id for act in acts if act.by is not None}),
        ),
        *lesson.records,
        *_labels_after(command, config, said),
        Answer(text=text),
        because=f"{because}; {lesson.because}" if lesson.because else because,
    )


def _labels_after(command: TurnCommand, config: Stalled, said: Act) -> tuple[Doable, ...]:
    repository, timeline = command.repository, command.timeline
    now = max(moment_of(timeline, repository.now), said.at)
    after = decide_turn(timeline, (said,), config, rules=repository.turn_rules(config), now=now)
    projection = projection_of(
        after.timeline,
        after.turn,
        config,
        bot=repository.bot,
        folded=command.candidate.projection.folded,
    )
    return sync_actions(projection, config)
