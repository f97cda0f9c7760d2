"""Decides whose turn it is from what is open: the first rule that has something to say speaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns.comment_parser import parse_comment
from mentorbot.domain.turns.evidence import name_of
from mentorbot.domain.turns.state import TurnState


class Holder(StrEnum):
    """Whose move it is."""

    AUTHOR = "author"
    REVIEWERS = "reviewers"
    EXTERNAL = "external"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TurnDecision:
    """Whose turn, by which rule, what would end it, in plain words; and the acts it rests on.

    `is_certain` is false where the words leave room for another reading.
    """

    holder: Holder
    because: str
    ends_when: str
    acts: tuple[Act, ...]
    is_certain: bool = True


def decide(state: TurnState) -> TurnDecision:
    """Whose turn it is now. The order of these rules is the order of their weight."""
    return (
        _if_closed(state)
        or _if_somebody_said_so(state)
        or _if_a_label_says_so(state)
        or _if_nobody_can_be_asked(state)
        or _if_unfinished(state)
        or _if_the_branch_needs_care(state)
        or _if_something_waits_for_the_author(state)
        or _if_it_waits_for_something_else(state)
        or _otherwise_reviewers(state)
    )


def _if_closed(state: TurnState) -> TurnDecision | None:
    if state.ended is None:
        return None
    return _say(
        Holder.UNKNOWN, "It is closed, so it is nobody's turn.", "Somebody opens it again.", state.ended
    )


def _if_somebody_said_so(state: TurnState) -> TurnDecision | None:
    said = state.declared
    if said is None:
        return None
    who = name_of(said.by)
    newer = "Somebody comments, reviews or pushes after that."
    if said.kind is ActKind.DECLARED_READY:
        return _say(Holder.REVIEWERS, f"{who} said that it is ready for review.", newer, said)
    if said.kind is ActKind.DECLARED_BLOCKED:
        return _say(Holder.EXTERNAL, f"{who} said that it is blocked by something else.", newer, said)
    return _say(Holder(said.outcome), f"{who} said that it waits for the {said.outcome}.", newer, said)


def _if_a_label_says_so(state: TurnState) -> TurnDecision | None:
    rules = state.rules
    for holder, labels in (
        (Holder.EXTERNAL, rules.external_labels),
        (Holder.AUTHOR, rules.author_labels),
        (Holder.REVIEWERS, rules.reviewer_labels),
    ):
        for label, act in state.labels.items():
            if label in labels:
                return _say(holder, f"It carries the label “{label}”.", "The label is taken off.", act)
    return None


def _if_nobody_can_be_asked(state: TurnState) -> TurnDecision | None:
    if state.has_author_to_ask:
        return None
    why = "Its author is a bot or has left GitHub, so only the reviewers can move it."
    return _say(Holder.REVIEWERS, why, "It is merged or closed.", state.approval)


def _if_unfinished(state: TurnState) -> TurnDecision | None:
    if not (state.is_draft or state.is_unfinished):
        return None
    what = "It is a draft" if state.is_draft else "Its title says that it isn't finished"
    if state.question is not None or state.invites:
        why = f"{what}, but its author asked for opinions and nobody has answered yet."
        return _say(Holder.REVIEWERS, why, "Somebody answers the author.", state.question)
    ends = "The author marks it as ready for review or asks for opinions."
    return _say(Holder.AUTHOR, f"{what}, so its author is still at work on it.", ends, state.drafted)


def _if_the_branch_needs_care(state: TurnState) -> TurnDecision | None:
    if state.waiting_run is not None:
        why = "The automatic checks wait for a maintainer to let them run."
        return _say(Holder.REVIEWERS, why, "A maintainer approves the workflow run.", state.waiting_run)
    if state.conflict is not None:
        why = "The branch conflicts with the base branch."
        return _say(Holder.AUTHOR, why, "The author brings the branch up to date.", state.conflict)
    if state.unsigned is not None:
        why = "The contributor licence agreement isn't signed yet."
        return _say(Holder.AUTHOR, why, "The author signs the agreement.", state.unsigned)
    if state.red_checks:
        why = "A check failed on the latest commit."
        ends = "The author pushes a fix, or says why the failure isn't theirs."
        return _say(Holder.AUTHOR, why, ends, *state.red_checks.values())
    return None


def _if_something_waits_for_the_author(state: TurnState) -> TurnDecision | None:
    points = state.pressing_points()
    if points:
        names = _and(sorted({name_of(point.act.by) for point in points}))
        why = f"The author hasn't answered {names} yet."
        ends = "The author answers or pushes, or whoever asked takes it back."
        said = _say(Holder.AUTHOR, why, ends, *(point.act for point in points))
        return replace(said, is_certain=not all(point.is_optional for point in points))
    if state.promise is not None:
        why = f"{name_of(state.promise.by)} said that more is to come."
        said = _say(Holder.AUTHOR, why, "The author pushes it, or says that it is done.", state.promise)
        return replace(said, is_certain=parse_comment(state.promise.body).promises)
    return None


def _if_it_waits_for_something_else(state: TurnState) -> TurnDecision | None:
    # A change that builds on another can be reviewed meanwhile: that stops it only before or after review.
    is_under_review = bool(state.reviewers) and state.approval is None
    waits_for = state.waits_for | ({} if is_under_review else state.builds_on)
    if waits_for and state.question is None:
        number, act = min(waits_for.items(), key=_number)
        why = f"It needs #{number} first, which is still open."
        return _say(Holder.EXTERNAL, why, f"#{number} is merged or closed.", act)
    if state.hold is not None:
        why = f"{name_of(state.hold.by)} said that something else has to happen first."
        return _say(Holder.EXTERNAL, why, "The author pushes or says that it can go on.", state.hold)
    return None


def _otherwise_reviewers(state: TurnState) -> TurnDecision:
    if state.approval is not None:
        why = f"{name_of(state.approval.by)} approved it and nothing is open for the author."
        ends = "It gets merged or another review asks for something."
        return _say(Holder.REVIEWERS, why, ends, state.approval)
    ends = "Somebody reviews it."
    if state.handed_over is not None and state.answered:
        names = _and(sorted(person.login for person in state.answered.values()))
        return _say(Holder.REVIEWERS, f"The author has answered {names}.", ends, state.handed_over)
    if state.handed_over is not None:
        return _say(
            Holder.REVIEWERS, "The author acted last and nothing is open for them.", ends, state.handed_over
        )
    return _say(Holder.REVIEWERS, "Nobody has asked the author for anything.", ends)


def _say(holder: Holder, because: str, ends_when: str, *acts: Act | None) -> TurnDecision:
    return TurnDecision(holder, because, ends_when, tuple(act for act in acts if act is not None))


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _number(item: tuple[int, Act | None]) -> int:
    return item[0]
