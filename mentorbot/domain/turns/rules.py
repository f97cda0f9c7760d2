"""Decides whose turn it is from what is open: the first rule that has something to say speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns.evidence import name_of
from mentorbot.domain.turns.state import TurnState


class Holder(StrEnum):
    """Whose move it is."""

    AUTHOR = "author"
    REVIEWERS = "reviewers"
    EXTERNAL = "external"
    UNCLEAR = "unclear"


class Basis(StrEnum):
    """What a decision rests on.

    Facts can be read in one way only. What was said in the conversation can be misread; promises are kept, or
    forgotten, without a word.
    """

    FACT = "fact"
    CONVERSATION = "conversation"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class TurnDecision:
    """Whose turn, by which rule, what would end it, in plain words; and the acts it rests on."""

    holder: Holder
    because: str
    ends_when: str
    acts: tuple[Act, ...]
    basis: Basis = Basis.FACT


def decide(state: TurnState) -> TurnDecision:
    """Whose turn it is now: the first of `RULES` that has something to say."""
    return next(decision for rule in RULES if (decision := rule(state)) is not None)


def _if_closed(state: TurnState) -> TurnDecision | None:
    """It is closed: nobody's turn."""
    if state.ended is None:
        return None
    return _say(
        Holder.UNCLEAR, "It is closed, so it is nobody's turn.", "Somebody opens it again.", state.ended
    )


def _if_somebody_said_so(state: TurnState) -> TurnDecision | None:
    """Somebody said whose turn it is, and nothing newer has happened: as they said.

    By `/ready`, `/blocked`, `/waiting`, a label of the config, GitHub's button to ask a reviewer again, or “I
    have made the requested changes; please review again”.
    """
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
    """A person put the label for “blocked” on: something else's turn."""
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
    """Its author is a bot or has left GitHub: the reviewers' turn."""
    if state.has_author_to_ask:
        return None
    why = "Its author is a bot or has left GitHub, so only the reviewers can move it."
    return _say(Holder.REVIEWERS, why, "It is merged or closed.", state.approval)


def _if_unfinished(state: TurnState) -> TurnDecision | None:
    """It is a draft, or its title says that it isn't finished: the author's turn.

    Unless its author asked for opinions and has no answer yet; and a draft that waits for something else is
    that something's turn.
    """
    if not (state.is_draft or state.is_unfinished):
        return None
    what = "It is a draft" if state.is_draft else "Its title says that it isn't finished"
    if state.question is not None or state.invites:
        why = f"{what}, but its author asked for opinions and nobody has answered yet."
        return _say(Holder.REVIEWERS, why, "Somebody answers the author.", state.question)
    if state.is_draft and (state.waits_for or state.builds_on or state.hold is not None):
        return _if_it_waits_for_something_else(state)
    ends = "The author marks it as ready for review or asks for opinions."
    said = _say(Holder.AUTHOR, f"{what}, so its author is still at work on it.", ends, state.drafted)
    return replace(said, basis=Basis.FACT if state.is_draft else Basis.CONVERSATION)


def _if_the_branch_needs_care(state: TurnState) -> TurnDecision | None:
    """The branch conflicts, an agreement isn't signed, or a check failed on the head: the author's turn.

    Where automatic checks wait for a maintainer's permission, it is the reviewers' turn.
    """
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
    """A reviewer's remark, question or request has no answer, or the author promised more: the author's turn.

    An approval outweighs mild remarks; what the author asked back waits for its answer; words to others, and
    those that take something back, ask nothing.
    """
    points = state.pressing_points()
    if points:
        names = _and(sorted({name_of(point.act.by) for point in points}))
        why = f"The author hasn't answered {names} yet."
        ends = "The author answers or pushes, or whoever asked takes it back."
        said = _say(Holder.AUTHOR, why, ends, *(point.act for point in points))
        is_demanded = any(
            point.is_blocking
            and state.rules.carries_weight(point.act)
            and state.is_newer_than_the_author(point.act)
            for point in points
        )
        return replace(said, basis=Basis.FACT if is_demanded else Basis.CONVERSATION)
    if state.promise is not None:
        why = f"{name_of(state.promise.by)} said that more is to come."
        said = _say(Holder.AUTHOR, why, "The author pushes it, or says that it is done.", state.promise)
        return replace(said, basis=Basis.PROMISE)
    return None


def _if_it_waits_for_something_else(state: TurnState) -> TurnDecision | None:
    """Something else has to happen first, by its number or in plain words: something else's turn."""
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
    """None of these: the reviewers' turn."""
    if state.approval is not None:
        why = f"{name_of(state.approval.by)} approved it and nothing is open for the author."
        ends = "It gets merged or another review asks for something."
        return _talked_about(why, ends, state.approval)
    ends = "Somebody reviews it."
    if state.handed_over is not None and state.answered:
        names = _and(sorted(person.login for person in state.answered.values()))
        return _talked_about(f"The author has answered {names}.", ends, state.handed_over)
    if state.handed_over is not None:
        why = "The author acted last and nothing is open for them."
        return _talked_about(why, ends, state.handed_over)
    return _talked_about("Nobody has asked the author for anything.", ends)


def _talked_about(why: str, ends: str, act: Act | None = None) -> TurnDecision:
    return replace(_say(Holder.REVIEWERS, why, ends, act), basis=Basis.CONVERSATION)


def _say(holder: Holder, because: str, ends_when: str, *acts: Act | None) -> TurnDecision:
    return TurnDecision(holder, because, ends_when, tuple(act for act in acts if act is not None))


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _number(item: tuple[int, Act | None]) -> int:
    return item[0]


RULES: tuple[Callable[[TurnState], TurnDecision | None], ...] = (
    _if_closed,
    _if_somebody_said_so,
    _if_a_label_says_so,
    _if_nobody_can_be_asked,
    _if_unfinished,
    _if_the_branch_needs_care,
    _if_something_waits_for_the_author,
    _if_it_waits_for_something_else,
    _otherwise_reviewers,
)
"""In the order of their weight. Their docstrings, "when: whose turn", are a table in `docs/whose-turn.md`."""
