"""What is learned when people correct the bot, and when that stops or starts nudges of authors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mentorbot.core.actions import Answer, Doable, Forget, Remember
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, no_concern_of_ours, plan, refuse
from mentorbot.core.translator import say
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import Holder, TurnSettings
from mentorbot.feature_api.records import remember
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.learning import messages
from mentorbot.features.stalled.learning.facts import GoOnRequest, HeardNudge, LearnedByNow, VotedNudge
from mentorbot.features.stalled.learning.learned import LearnedTurns, written_nudge
from mentorbot.features.stalled.nudge_history import PastNudge, belongs_to
from mentorbot.features.stalled.records import AuthorNudges, LabelledMoment, WrittenNudge
from mentorbot.features.stalled.turn.rules.turn_decision import DecidedTurn, decide_turn

SOON = timedelta(days=2)
"""How soon after a nudge the author's `/ready` says something about it."""

A_MOMENT = timedelta(seconds=1)
"""GitHub tells the time in seconds: what the bot said was said that much before somebody corrected it."""

_PEOPLE_SAID_SO = frozenset(
    {ActKind.DECLARED_READY, ActKind.DECLARED_BLOCKED, ActKind.DECLARED_WAITING, ActKind.LABELED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a command teaches: what is to be kept, and what the journal says about it."""

    records: tuple[Doable, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatWasSaid:
    """How things stood when somebody gave a command: what the bot said just before, and its nudges there."""

    before: DecidedTurn
    past_nudges: tuple[PastNudge, ...]
    learned: LearnedTurns


def keep_nudge(found: HeardNudge, _config: Stalled) -> Plan:
    """A nudge is remembered once it certainly stands there, as people may say that it is wrong."""
    if found.nudge is None:
        return no_concern_of_ours(say("It is no reminder of mine"))
    return plan(_keep(found.nudge), because=say("My reminder is there; a 👎 on it tells me that I was wrong"))


def learn(found: VotedNudge | LearnedByNow, _config: Stalled) -> Plan:
    """A 👎 on a nudge is kept as a label; too many corrections, and authors are left in peace."""
    if isinstance(found, VotedNudge):
        return plan(
            _label(found.label),
            because=say(
                "{name} gave my reminder a 👎; {correction}",
                name=f"@{found.by.login}",
                correction=messages.corrected(found.label),
            ),
        )
    learned = found.learned
    change = learned.change(found.now)
    forgotten = (Forget(kind=kind, key=key) for kind, key in learned.surplus(found.now))
    if change is None:
        return plan(*forgotten, because=say(messages.LET_GO))
    return plan(*forgotten, _state(change, learned), because=messages.changed(change))


def let_go_on(found: GoOnRequest, _config: Stalled) -> Plan:
    """A maintainer lets nudges of authors go on; what was corrected until then counts no more."""
    name = f"@{found.by.login}"
    if found.state is None or found.state.value.stopped_at is None:
        return refuse(
            say(messages.NOT_STOPPED),
            because=say("{name} asked me to remind authors again, which I had not stopped", name=name),
        )
    went_on = AuthorNudges(went_on_at=found.at)
    return plan(
        remember(went_on, key=AuthorNudges.KEY, expected=found.state.version),
        Answer(text=say(messages.WENT_ON)),
        because=say("{name} lets me remind authors here again", name=name),
    )


def lesson_from(said: Act, known: WhatWasSaid, config: Stalled) -> Lesson:
    """What a command about a turn teaches; nothing where it agrees, or corrects but other people's word."""
    if said.kind is ActKind.DECLARED_READY:
        return _lesson_from_ready(said, known, config)
    holder, turn = known.before.turn.told, _told_turn(said)
    if turn is None or turn is holder or _rests_on_what_people_said(known.before):
        return Lesson()
    theirs = [one for one in known.past_nudges if belongs_to(one, known.before.turn)]
    return _corrected(
        LabelledMoment(
            pull=known.before.timeline.number,
            at=said.at - A_MOMENT,
            said=str(holder),
            turn=str(turn),
            how="command",
            nudge=theirs[-1].key if theirs else "",
            by=said.by,
        ),
        said,
        theirs[-1:],
        known.learned,
    )


def _lesson_from_ready(said: Act, known: WhatWasSaid, config: Stalled) -> Lesson:
    """Soon after a nudge: it helped where the author has worked since the open point, else it was wrong."""
    soon = [
        one for one in known.past_nudges if one.holder is Holder.AUTHOR and said.at - SOON <= one.at < said.at
    ]
    if not soon:
        return Lesson()
    nudge = soon[-1]
    if _has_worked(known.before, nudge, said, config):
        return Lesson(because=say(messages.HELPED))
    if known.before.turn.holder is not Holder.AUTHOR:
        return Lesson()
    return _corrected(
        LabelledMoment(
            pull=known.before.timeline.number,
            at=nudge.at,
            said=str(Holder.AUTHOR),
            turn=str(Holder.REVIEWERS),
            how="ready",
            nudge=nudge.key,
            by=said.by,
        ),
        said,
        [nudge],
        known.learned,
    )


def _told_turn(said: Act) -> Holder | None:
    """Whose turn a command says it is; None where it says nothing of that."""
    if said.kind is ActKind.DECLARED_BLOCKED:
        return Holder.EXTERNAL
    return Holder(said.outcome) if said.kind is ActKind.DECLARED_WAITING else None


def _rests_on_what_people_said(decision: DecidedTurn) -> bool:
    """True where the bot only repeated what somebody had told it outright: that is no mistake of its own."""
    return any(act.kind in _PEOPLE_SAID_SO for act in _grounds(decision))


def _has_worked(before: DecidedTurn, nudge: PastNudge, said: Act, config: Stalled) -> bool:
    """True where the author has pushed or answered between what was open at the nudge and the command."""
    rules: TurnSettings = config.turn_rules()
    then = decide_turn(before.timeline, (), config, rules=rules, now=nudge.at)
    since = max((act.at for act in _grounds(then)), default=then.turn.since)
    return any(
        act.by == before.timeline.author and (act.is_push or act.is_remark) and since < act.at < said.at
        for act in before.timeline.acts
    )


def _grounds(decision: DecidedTurn) -> list[Act]:
    """The acts on which a turn rests."""
    ids = {evidence.act_id for evidence in decision.turn.evidence}
    return [act for act in decision.timeline.acts if act.id in ids]


def _corrected(
    label: LabelledMoment, said: Act, nudges: Sequence[PastNudge], learned: LearnedTurns
) -> Lesson:
    """Keep a correction, and what follows from it at once."""
    written = [written_nudge(one) for one in nudges]
    after = learned.with_label(label, *written)
    change = after.change(said.at)
    because = messages.corrected(label)
    records: tuple[Doable, ...] = (_label(label), *map(_keep, written))
    if change is None:
        return Lesson(records=records, because=because)
    return Lesson(
        records=(*records, _state(change, learned)), because=f"{because}; {messages.changed(change)}"
    )


def _keep(nudge: WrittenNudge) -> Remember:
    return remember(nudge, key=nudge.key)


def _label(label: LabelledMoment) -> Remember:
    by: Person | None = label.by
    return remember(label, key=label.key, about=(by.id,) if by is not None else ())


def _state(change: AuthorNudges, learned: LearnedTurns) -> Remember:
    before = learned.state
    return remember(change, key=AuthorNudges.KEY, expected=before.version if before is not None else 0)
