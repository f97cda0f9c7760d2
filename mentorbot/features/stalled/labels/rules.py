"""Labels that show whose turn it is while it is open, and nudges that are folded away once that is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from mentorbot.core.actions import AddLabel, Doable, Forget, MinimizeComment, RemoveLabel
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, no_concern_of_ours, plan
from mentorbot.core.translator import say
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder, Turn
from mentorbot.feature_api.records import Record, remember
from mentorbot.features.stalled.config import Stalled, TurnLabels
from mentorbot.features.stalled.messages import WHOSE
from mentorbot.features.stalled.nudge_history import belongs_to, past_nudges_in
from mentorbot.features.stalled.records import FoldedNudges

_COLORS = {Holder.AUTHOR: "fbca04", Holder.REVIEWERS: "0e8a16", Holder.EXTERNAL: "c5def5"}
_KEPT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What a pull request shows of its turn, and what it should show.

    `worn` are its labels; `changes` how often each of ours was put on or taken off so far (by lower-case
    name); `foreign` those of ours that somebody else changed in this turn. `solved` are nudges whose turn is
    over and that are not folded yet; `leftovers` records of a closed pull request.
    """

    number: int
    turn: Turn
    is_open: bool = True
    worn: frozenset[str] = frozenset()
    changes: Mapping[str, int] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    solved: tuple[str, ...] = ()
    folded: Record[FoldedNudges] | None = None
    leftovers: tuple[tuple[str, str], ...] = ()

    def once_closed(self, leftovers: tuple[tuple[str, str], ...]) -> Projection:
        """The same once it is closed, whether or not the timeline has heard of that."""
        foreign = self.foreign if not self.is_open else frozenset()
        return replace(self, is_open=False, foreign=foreign, leftovers=leftovers)

    def was_taken_off(self, config: Stalled) -> bool:
        """True where somebody else took the label of this very turn off: they see it differently."""
        label = (config.labels.of(self.turn.holder) or "").lower()
        return label in self.foreign and label not in {one.lower() for one in self.worn}


def projection_of(
    timeline: PullRequestTimeline,
    turn: Turn,
    config: Stalled,
    *,
    bot: Person,
    folded: Record[FoldedNudges] | None,
) -> Projection:
    ours = {name.lower() for name in config.labels.used.values()}
    changes: dict[str, int] = dict.fromkeys(ours, 0)
    foreign: set[str] = set()
    for act in timeline.acts:
        label = act.label.lower()
        if act.kind in {ActKind.LABELED, ActKind.UNLABELED} and label in ours:
            changes[label] += 1
            if act.by != bot and act.at > turn.since:
                foreign.add(label)
    done = frozenset(folded.value.keys) if folded is not None else frozenset()
    moved = (past_nudge for past_nudge in past_nudges_in(timeline, bot) if not belongs_to(past_nudge, turn))
    return Projection(
        number=timeline.number,
        turn=turn,
        is_open=timeline.is_open,
        worn=timeline.labels,
        changes=changes,
        foreign=frozenset(foreign),
        solved=tuple(past_nudge.key for past_nudge in moved if past_nudge.key not in done),
        folded=folded,
    )


def sync_labels(found: tuple[Projection, ...], config: Stalled) -> Plan:
    """Labels say whose turn it is, within seconds; nudges whose turn is over are folded away."""
    if not found:
        return no_concern_of_ours(say("There is no pull request here whose turn I follow"))
    actions = tuple(action for one in found for action in sync_actions(one, config))
    if not actions:
        return no_concern_of_ours(say("The labels here say already whose turn it is"))
    about = [person for one in found for person in one.turn.named]
    return plan(*actions, because="; ".join(_why(one) for one in found), about=about)


def sync_actions(found: Projection, config: Stalled) -> tuple[Doable, ...]:
    covered = found.is_open and config.ignore.covers(found.worn) is not None
    labels = () if covered else tuple(_labelling(found, config.labels))
    return (*labels, *_folding(found), *(Forget(kind=kind, key=key) for kind, key in found.leftovers))


def _labelling(found: Projection, labels: TurnLabels) -> Iterator[Doable]:
    put_on: list[Doable] = []
    wanted = labels.of(found.turn.told) if found.is_open else None
    worn = {label.lower() for label in found.worn}
    for holder, label in labels.used.items():
        key = f"pull request {found.number}/label {label}"
        times = f"after {found.changes.get(label.lower(), 0)} changes"
        # What somebody else changed in this very turn is theirs: two who undo each other never end.
        if label.lower() in found.foreign:
            continue
        if label != wanted and label.lower() in worn:
            yield RemoveLabel(key=f"{key} off {times}", number=found.number, label=label)
        elif label == wanted and label.lower() not in worn:
            put_on.append(
                AddLabel(
                    key=f"{key} on {times}",
                    number=found.number,
                    label=label,
                    color=_COLORS[holder],
                    description=say(WHOSE[holder]),
                )
            )
    yield from put_on


def _folding(found: Projection) -> Iterator[Doable]:
    if not found.solved:
        return
    for key in found.solved:
        yield MinimizeComment(key=f"{key}/solved", number=found.number, comment=key)
    before = found.folded.value.keys if found.folded is not None else ()
    yield remember(FoldedNudges((*before, *found.solved)[-_KEPT:]), key=str(found.number))


def _why(found: Projection) -> str:
    if not found.is_open:
        return say("It is closed")
    return say("{whose_turn}: {why}", whose_turn=say(WHOSE[found.turn.told]), why=found.turn.because)
