"""What an act changes in the state of a pull request: pushes, drafts, requests, labels, checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import phrases
from mentorbot.domain.turns.comment_handlers import handle_approval, handle_comment
from mentorbot.domain.turns.comment_parser import parse_comment, says_conflict, says_unsigned
from mentorbot.domain.turns.state import Point, TurnState

ALL_CHECKS = "all checks"
"""The name under which the state of all of a commit's checks together is told."""


def handle_event(state: TurnState, act: Act) -> None:
    """Take in the next act. Bookkeeping and bots' words change nothing; facts count whoever brings them."""
    if act.kind in _FACT_HANDLERS:
        _FACT_HANDLERS[act.kind](state, act)
    elif state.rules.is_bot(act.by):
        _handle_bot_event(state, act)
    elif act.is_remark:
        handle_comment(state, act)
    elif act.kind in _HUMAN_HANDLERS:
        _HUMAN_HANDLERS[act.kind](state, act)


def _handle_bot_event(state: TurnState, act: Act) -> None:
    """A bot's word is no one's turn, save for the fact that the branch no longer merges."""
    if act.kind is ActKind.COMMENTED and says_conflict(act.body):
        state.conflict = act
    if act.kind is ActKind.COMMENTED and phrases.AGREEMENT.search(act.body):
        state.unsigned = act if says_unsigned(act.body) else None
    if act.is_remark:
        state.comments.append(act)
    if act.is_push:
        _new_head(state, act)
    if act.kind in {ActKind.REVIEW_REQUESTED, ActKind.REVIEW_REQUEST_REMOVED}:
        _HUMAN_HANDLERS[act.kind](state, act)


def _push(state: TurnState, act: Act) -> None:
    _new_head(state, act)
    if act.by is not None and act.by.id not in state.rules.maintainers and act.by.id not in state.reviewers:
        state.helpers.add(act.by.id)
    state.promise = state.approval = state.hold = None
    state.hand_over(act)


def _new_head(state: TurnState, act: Act) -> None:
    state.head = act.sha or state.head
    state.waiting_run = state.conflict = None
    state.red_checks.clear()


def _base_merge(state: TurnState, act: Act) -> None:
    """Merging the base branch answers who asked for that, and nobody else."""
    _new_head(state, act)
    state.points = [point for point in state.points if not says_conflict(point.act.body)]


def _ready(state: TurnState, act: Act) -> None:
    state.is_draft = False
    state.promise = None
    state.hand_over(act)


def _draft(state: TurnState, act: Act) -> None:
    state.is_draft, state.drafted = True, act
    state.question, state.invites, state.declared = None, False, None


def _title(state: TurnState, act: Act) -> None:
    was_unfinished, state.is_unfinished = state.is_unfinished, state.rules.is_unfinished(act.title_after)
    if was_unfinished and not state.is_unfinished:
        state.hand_over(act)
    if state.is_authors_side(act.by):  # "please change the title" is answered by changing it
        state.points = [point for point in state.points if "title" not in point.act.body.lower()]


def _request(state: TurnState, act: Act) -> None:
    if act.subject is not None and not state.rules.is_bot(act.subject):
        state.requested[act.subject.id] = act.subject
    if act.team:
        state.requested_teams[act.team] = None
    if state.is_authors_side(act.by):
        state.promise = None
        state.hand_over(act)


def _request_removed(state: TurnState, act: Act) -> None:
    if act.subject is not None:
        state.requested.pop(act.subject.id, None)
    state.requested_teams.pop(act.team, None)


def _dismissal(state: TurnState, act: Act) -> None:
    state.points = [point for point in state.points if point.act.id != act.about]
    if state.approval is not None and state.approval.id == act.about:
        state.approval = None


def _resolved(state: TurnState, act: Act) -> None:
    left = [point for point in state.points if not act.thread or point.act.thread != act.thread]
    if len(left) < len(state.points) and state.is_authors_side(act.by):
        state.handed_over = act
    state.points = left


def _unresolved(state: TurnState, act: Act) -> None:
    if not state.is_authors_side(act.by):
        state.put(Point(act))


def _reaction(state: TurnState, act: Act) -> None:
    if act.outcome != "+1" or state.is_authors_side(act.by) or not state.rules.carries_weight(act):
        return
    if not act.about:
        handle_approval(state, act, parse_comment(""))
        return
    liked = next((one for one in state.comments if one.id == act.about), None)
    if liked is not None and state.is_authors_side(liked.by):
        state.drop_points_of(act.by)
        state.question = None


def _labeled(state: TurnState, act: Act) -> None:
    if phrases.CONFLICT_LABEL.search(act.label):
        state.conflict = act
    elif phrases.RED_LABEL.search(act.label):
        state.red_checks[act.label] = act
    elif phrases.AGREEMENT.search(act.label):
        state.unsigned = act if phrases.UNSIGNED.search(act.label) else None
    elif not state.rules.is_bot(act.by):
        state.labels[act.label] = act


def _unlabeled(state: TurnState, act: Act) -> None:
    state.labels.pop(act.label, None)
    state.red_checks.pop(act.label, None)
    if state.conflict is not None and state.conflict.label == act.label:
        state.conflict = None
    if state.unsigned is not None and state.unsigned.label == act.label:
        state.unsigned = None


def _assigned(state: TurnState, act: Act) -> None:
    """Who is assigned to somebody else's change is asked to review it; that by itself moves nothing."""
    if (
        act.subject is not None
        and act.subject != state.timeline.author
        and not state.rules.is_bot(act.subject)
    ):
        state.requested[act.subject.id] = act.subject


def _checks(state: TurnState, act: Act) -> None:
    """The last word of each check on the head counts; what is said of all of them, only until one speaks."""
    if act.sha and state.head and act.sha != state.head:
        return
    if act.body == ALL_CHECKS:
        state.red_checks.clear()
    state.red_checks.pop(ALL_CHECKS, None)
    state.red_checks.pop(act.body, None)
    if act.outcome == "failure":
        state.red_checks[act.body] = act


def _mergeability(state: TurnState, act: Act) -> None:
    state.conflict = act if act.outcome == "conflict" else None


def _run_waiting(state: TurnState, act: Act) -> None:
    state.waiting_run = act


def _run_started(state: TurnState, _act: Act) -> None:
    state.waiting_run = None


def _ended(state: TurnState, act: Act) -> None:
    """A merge is a merge, though GitHub closes the pull request in the same moment, or a second later."""
    if state.ended is None or state.ended.kind is not ActKind.MERGED:
        state.ended = act


def _reopened(state: TurnState, _act: Act) -> None:
    state.ended = None


def _reference_closed(state: TurnState, act: Act) -> None:
    state.closed_numbers.add(int(act.about))
    state.builds_on.pop(int(act.about), None)
    state.waits_for.pop(int(act.about), None)


def _declared(state: TurnState, act: Act) -> None:
    state.declared = act


def _snoozed(state: TurnState, act: Act) -> None:
    state.snoozed = act


_Handler = Callable[[TurnState, Act], None]

# True whoever or whatever reports it.
_FACT_HANDLERS: Mapping[ActKind, _Handler] = {
    ActKind.BASE_MERGED: _base_merge,
    ActKind.MARKED_READY: _ready,
    ActKind.DRAFTED: _draft,
    ActKind.RETITLED: _title,
    ActKind.LABELED: _labeled,
    ActKind.UNLABELED: _unlabeled,
    ActKind.ASSIGNED: _assigned,
    ActKind.UNASSIGNED: _request_removed,
    ActKind.CHECKS_CONCLUDED: _checks,
    ActKind.MERGEABILITY_SEEN: _mergeability,
    ActKind.WORKFLOW_WAITING: _run_waiting,
    ActKind.WORKFLOW_STARTED: _run_started,
    ActKind.CLOSED: _ended,
    ActKind.MERGED: _ended,
    ActKind.REOPENED: _reopened,
    ActKind.REFERENCE_CLOSED: _reference_closed,
    ActKind.REVIEW_DISMISSED: _dismissal,
}
# What counts when a human does it.
_HUMAN_HANDLERS: Mapping[ActKind, _Handler] = {
    ActKind.PUSHED: _push,
    ActKind.FORCE_PUSHED: _push,
    ActKind.REVIEW_REQUESTED: _request,
    ActKind.REVIEW_REQUEST_REMOVED: _request_removed,
    ActKind.THREAD_RESOLVED: _resolved,
    ActKind.THREAD_UNRESOLVED: _unresolved,
    ActKind.REACTED: _reaction,
    ActKind.DECLARED_READY: _declared,
    ActKind.DECLARED_BLOCKED: _declared,
    ActKind.DECLARED_WAITING: _declared,
    ActKind.SNOOZED: _snoozed,
}
