"""Decides whose turn it is from what is open: the first rule that has something to say speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from mentorbot.core.translator import phrase
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns.reason import TurnReason, Wording
from mentorbot.domain.turns.state import TurnState

# Why it is somebody's turn.
# Translators: "it" is a pull request, here and in what follows; `{name}` and `{names}` are logins.
_MERGED = Wording(phrase("It is merged."))
_CLOSED = Wording(phrase("It is closed."))
_SAID_READY = Wording(
    phrase("{name} said that it is ready for review."),
    to_named=phrase("You said that it is ready for review."),
)
_SAID_WHOSE = Wording(phrase("{name} said whose turn it is."), to_named=phrase("You said whose turn it is."))
_LABELLED = Wording(phrase("It has the label “{label}”."))
_NO_AUTHOR = Wording(phrase("The author is a bot or has left GitHub. Only reviewers can move it on."))
_ASKED_FOR_OPINIONS = Wording(
    phrase("The author asked for opinions, and nobody has answered yet."),
    to_author=phrase("You asked for opinions, and nobody has answered yet."),
)
_DRAFT = Wording(phrase("It is still a draft."))
_UNFINISHED = Wording(phrase("Its title says that it is not finished."))
_RUN_WAITS = Wording(phrase("The automatic checks wait until a maintainer lets them run."))
_CONFLICT = Wording(phrase("The branch has conflicts with the base branch."))
_UNSIGNED = Wording(phrase("The contributor licence agreement is not signed yet."))
_RED = Wording(phrase("A check failed on the latest commit."))
_NO_ANSWER = Wording(
    phrase("There is no answer to {names} yet."), to_named=phrase("There is no answer to you yet.")
)
_MORE_WILL_COME = Wording(
    phrase("{name} said that more will come."), to_named=phrase("You said that more will come.")
)
_NEEDS_ANOTHER = Wording(phrase("It needs #{number} first, and that is still open."))
_SOMETHING_FIRST = Wording(
    phrase("{name} said that something else must happen first."),
    to_named=phrase("You said that something else must happen first."),
)
_APPROVED = Wording(
    phrase("{name} approved it. Nothing else is open."),
    to_named=phrase("You approved it. Nothing else is open."),
)
_ANSWERED = Wording(
    phrase("The author has answered {names}."),
    to_author=phrase("You have answered {names}."),
    to_named=phrase("The author has answered you."),
)
_AUTHOR_LAST = Wording(
    phrase("The author did the last step. Nothing else is open."),
    to_author=phrase("You did the last step. Nothing else is open."),
)
_NOTHING_ASKED = Wording(phrase("Nobody has asked for a change."))

# What would end a turn.
_NOTHING = Wording("")
# Translators: "What ends it:" stands before this one and those that follow.
_SOMETHING_NEW = Wording(phrase("Somebody comments, reviews or pushes."))
_UNLABELLED = Wording(phrase("Somebody removes the label “{label}”."))
_MERGED_OR_CLOSED = Wording(phrase("Somebody merges or closes it."))
_ANSWER = Wording(phrase("Somebody answers the author."), to_author=phrase("Somebody answers you."))
_MARK_READY = Wording(
    phrase("The author marks it as ready for review, or asks for opinions."),
    to_author=phrase("You mark it as ready for review, or ask for opinions."),
)
_CHANGE_TITLE = Wording(
    phrase("The author changes the title, or asks for opinions."),
    to_author=phrase("You change the title, or ask for opinions."),
)
_LET_RUN = Wording(phrase("A maintainer lets the checks run."))
_UPDATE_BRANCH = Wording(
    phrase("The author brings the branch up to date."), to_author=phrase("You bring the branch up to date.")
)
_SIGN = Wording(phrase("The author signs the agreement."), to_author=phrase("You sign the agreement."))
_FIX = Wording(
    phrase("The author pushes a fix, or says why the check failed for another reason."),
    to_author=phrase("You push a fix, or say why the check failed for another reason."),
)
_ANSWER_OR_PUSH = Wording(
    phrase("The author answers or pushes a change."), to_author=phrase("You answer or push a change.")
)
_PUSH_OR_DONE = Wording(
    phrase("The author pushes it, or says that it is done."),
    to_author=phrase("You push it, or say that it is done."),
)
_ANOTHER_CLOSED = Wording(phrase("#{number} is merged or closed."))
_PUSH_OR_GO_ON = Wording(
    phrase("The author pushes a change, or says that it can go on."),
    to_author=phrase("You push a change, or say that it can go on."),
)
_MERGE_OR_ASK = Wording(phrase("Somebody merges it, or asks for a change."))
_REVIEW = Wording(phrase("Somebody reviews it."))


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
    """Whose turn, why, and what would end it; and the acts it rests on."""

    holder: Holder
    why: TurnReason
    ends: TurnReason
    acts: tuple[Act, ...]
    basis: Basis = Basis.FACT


def decide(state: TurnState) -> TurnDecision:
    """Whose turn it is now: the first of `RULES` that has something to say."""
    return next(decision for rule in RULES if (decision := rule(state)) is not None)


def _if_closed(state: TurnState) -> TurnDecision | None:
    """It is closed: nobody's turn."""
    if state.ended is None:
        return None
    why = _MERGED if state.ended.kind is ActKind.MERGED else _CLOSED
    return _say(Holder.UNCLEAR, TurnReason(why), TurnReason(_NOTHING), state.ended)


def _if_somebody_said_so(state: TurnState) -> TurnDecision | None:
    """Somebody said whose turn it is, and nothing newer has happened: as they said.

    By `/ready`, `/blocked`, `/waiting`, a label of the config, GitHub's button to ask a reviewer again, or “I
    have made the requested changes; please review again”.
    """
    said = state.declared
    if said is None:
        return None
    newer, who = TurnReason(_SOMETHING_NEW), (said.by,)
    if said.kind is ActKind.DECLARED_READY:
        return _say(Holder.REVIEWERS, TurnReason(_SAID_READY, who), newer, said)
    if said.kind is ActKind.DECLARED_BLOCKED:
        return _say(Holder.EXTERNAL, TurnReason(_SOMETHING_FIRST, who), newer, said)
    return _say(Holder(said.outcome), TurnReason(_SAID_WHOSE, who), newer, said)


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
                return _say(
                    holder, TurnReason(_LABELLED, label=label), TurnReason(_UNLABELLED, label=label), act
                )
    return None


def _if_nobody_can_be_asked(state: TurnState) -> TurnDecision | None:
    """Its author is a bot or has left GitHub: the reviewers' turn."""
    if state.has_author_to_ask:
        return None
    return _say(Holder.REVIEWERS, TurnReason(_NO_AUTHOR), TurnReason(_MERGED_OR_CLOSED), state.approval)


def _if_unfinished(state: TurnState) -> TurnDecision | None:
    """It is a draft, or its title says that it isn't finished: the author's turn.

    Unless its author asked for opinions and has no answer yet; and a draft that waits for something else is
    that something's turn.
    """
    if not (state.is_draft or state.is_unfinished):
        return None
    if state.question is not None or state.invites:
        return _say(Holder.REVIEWERS, TurnReason(_ASKED_FOR_OPINIONS), TurnReason(_ANSWER), state.question)
    if state.is_draft and (state.waits_for or state.builds_on or state.hold is not None):
        return _if_it_waits_for_something_else(state)
    if state.is_draft:
        return _say(Holder.AUTHOR, TurnReason(_DRAFT), TurnReason(_MARK_READY), state.drafted)
    said = _say(Holder.AUTHOR, TurnReason(_UNFINISHED), TurnReason(_CHANGE_TITLE), state.drafted)
    return replace(said, basis=Basis.CONVERSATION)


def _if_the_branch_needs_care(state: TurnState) -> TurnDecision | None:
    """The branch conflicts, an agreement isn't signed, or a check failed on the head: the author's turn.

    Where automatic checks wait for a maintainer's permission, it is the reviewers' turn.
    """
    if state.waiting_run is not None:
        return _say(Holder.REVIEWERS, TurnReason(_RUN_WAITS), TurnReason(_LET_RUN), state.waiting_run)
    if state.conflict is not None:
        return _say(Holder.AUTHOR, TurnReason(_CONFLICT), TurnReason(_UPDATE_BRANCH), state.conflict)
    if state.unsigned is not None:
        return _say(Holder.AUTHOR, TurnReason(_UNSIGNED), TurnReason(_SIGN), state.unsigned)
    if state.red_checks:
        return _say(Holder.AUTHOR, TurnReason(_RED), TurnReason(_FIX), *state.red_checks.values())
    return None


def _if_something_waits_for_the_author(state: TurnState) -> TurnDecision | None:
    """A reviewer's remark, question or request has no answer, or the author promised more: the author's turn.

    An approval outweighs mild remarks; what the author asked back waits for its answer; words to others, and
    those that take something back, ask nothing.
    """
    points = state.pressing_points()
    if points:
        why = TurnReason(_NO_ANSWER, tuple(point.act.by for point in points))
        said = _say(Holder.AUTHOR, why, TurnReason(_ANSWER_OR_PUSH), *(point.act for point in points))
        is_demanded = any(
            point.is_blocking
            and state.rules.carries_weight(point.act)
            and state.is_newer_than_the_author(point.act)
            for point in points
        )
        return replace(said, basis=Basis.FACT if is_demanded else Basis.CONVERSATION)
    if state.promise is not None:
        why = TurnReason(_MORE_WILL_COME, (state.promise.by,))
        said = _say(Holder.AUTHOR, why, TurnReason(_PUSH_OR_DONE), state.promise)
        return replace(said, basis=Basis.PROMISE)
    return None


def _if_it_waits_for_something_else(state: TurnState) -> TurnDecision | None:
    """Something else has to happen first, by its number or in plain words: something else's turn."""
    # A change that builds on another can be reviewed meanwhile: that stops it only before or after review.
    is_under_review = bool(state.reviewers) and state.approval is None
    waits_for = state.waits_for | ({} if is_under_review else state.builds_on)
    if waits_for and state.question is None:
        number, act = min(waits_for.items(), key=_number)
        why, ends = TurnReason(_NEEDS_ANOTHER, number=number), TurnReason(_ANOTHER_CLOSED, number=number)
        return _say(Holder.EXTERNAL, why, ends, act)
    if state.hold is not None:
        why = TurnReason(_SOMETHING_FIRST, (state.hold.by,))
        return _say(Holder.EXTERNAL, why, TurnReason(_PUSH_OR_GO_ON), state.hold)
    return None


def _otherwise_reviewers(state: TurnState) -> TurnDecision:
    """None of these: the reviewers' turn."""
    if state.approval is not None:
        why = TurnReason(_APPROVED, (state.approval.by,))
        return _talked_about(why, TurnReason(_MERGE_OR_ASK), state.approval)
    ends = TurnReason(_REVIEW)
    if state.handed_over is not None and state.answered:
        return _talked_about(TurnReason(_ANSWERED, tuple(state.answered.values())), ends, state.handed_over)
    if state.handed_over is not None:
        return _talked_about(TurnReason(_AUTHOR_LAST), ends, state.handed_over)
    return _talked_about(TurnReason(_NOTHING_ASKED), ends)


def _talked_about(why: TurnReason, ends: TurnReason, act: Act | None = None) -> TurnDecision:
    return replace(_say(Holder.REVIEWERS, why, ends, act), basis=Basis.CONVERSATION)


def _say(holder: Holder, why: TurnReason, ends: TurnReason, *acts: Act | None) -> TurnDecision:
    return TurnDecision(holder, why, ends, tuple(act for act in acts if act is not None))


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
