"""What an act changes in the conversation: pushes, drafts, requests, labels, checks and corrections."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import notices
from mentorbot.domain.turns.comment_parser import parse_comment, says_conflict, says_unsigned
from mentorbot.domain.turns.comments import handle_approval, handle_comment
from mentorbot.domain.turns.state import Point, TurnState

ALL_CHECKS = "all checks"
"""The name under which the state of all of a commit's checks together is told."""


def handle_event(talk: TurnState, act: Act) -> None:
    """Take in the next act. Bookkeeping and bots' words change nothing; facts count whoever brings them."""
    if act.kind in _FACTS:
        _FACTS[act.kind](talk, act)
    elif talk.rules.is_bot(act.by):
        _hear_bot(talk, act)
    elif act.is_remark:
        handle_comment(talk, act)
    elif act.kind in _DEEDS:
        _DEEDS[act.kind](talk, act)


def _hear_bot(talk: TurnState, act: Act) -> None:
    """A bot's word is no one's turn, save for the fact that the branch no longer merges."""
    if act.kind is ActKind.COMMENTED and says_conflict(act.body):
        talk.conflict = act
    if act.kind is ActKind.COMMENTED and notices.AGREEMENT.search(act.body):
        talk.unsigned = act if says_unsigned(act.body) else None
    if act.is_remark:
        talk.remarks.append(act)
    if act.is_push:
        _new_head(talk, act)
    if act.kind in {ActKind.REVIEW_REQUESTED, ActKind.REVIEW_REQUEST_REMOVED}:
        _DEEDS[act.kind](talk, act)


def _push(talk: TurnState, act: Act) -> None:
    _new_head(talk, act)
    if act.by is not None and act.by.id not in talk.rules.maintainers and act.by.id not in talk.reviewers:
        talk.helpers.add(act.by.id)
    talk.promise = talk.approval = talk.hold = None
    talk.hand_over(act)


def _new_head(talk: TurnState, act: Act) -> None:
    talk.head = act.sha or talk.head
    talk.waiting_run = talk.conflict = None
    talk.red_checks.clear()


def _base_merge(talk: TurnState, act: Act) -> None:
    """Merging the base branch answers who asked for that, and nobody else."""
    _new_head(talk, act)
    talk.points = [point for point in talk.points if not says_conflict(point.act.body)]


def _ready(talk: TurnState, act: Act) -> None:
    talk.is_draft = False
    talk.promise = None
    talk.hand_over(act)


def _draft(talk: TurnState, act: Act) -> None:
    talk.is_draft, talk.drafted = True, act
    talk.question, talk.invites, talk.declared = None, False, None


def _title(talk: TurnState, act: Act) -> None:
    was_unfinished, talk.is_unfinished = talk.is_unfinished, talk.rules.is_unfinished(act.title_after)
    if was_unfinished and not talk.is_unfinished:
        talk.hand_over(act)
    if talk.is_authors_side(act.by):  # "please change the title" is answered by changing it
        talk.points = [point for point in talk.points if "title" not in point.act.body.lower()]


def _request(talk: TurnState, act: Act) -> None:
    if act.subject is not None and not talk.rules.is_bot(act.subject):
        talk.requested[act.subject.id] = act.subject
    if act.team:
        talk.requested_teams[act.team] = None
    if talk.is_authors_side(act.by):
        talk.promise = None
        talk.hand_over(act)


def _request_removed(talk: TurnState, act: Act) -> None:
    if act.subject is not None:
        talk.requested.pop(act.subject.id, None)
    talk.requested_teams.pop(act.team, None)


def _dismissal(talk: TurnState, act: Act) -> None:
    talk.points = [point for point in talk.points if point.act.id != act.about]
    if talk.approval is not None and talk.approval.id == act.about:
        talk.approval = None


def _resolved(talk: TurnState, act: Act) -> None:
    left = [point for point in talk.points if not act.thread or point.act.thread != act.thread]
    if len(left) < len(talk.points) and talk.is_authors_side(act.by):
        talk.handed_over = act
    talk.points = left


def _unresolved(talk: TurnState, act: Act) -> None:
    if not talk.is_authors_side(act.by):
        talk.put(Point(act))


def _reaction(talk: TurnState, act: Act) -> None:
    if act.outcome != "+1" or talk.is_authors_side(act.by) or not talk.rules.carries_weight(act):
        return
    if not act.about:
        handle_approval(talk, act, parse_comment(""))
        return
    liked = next((one for one in talk.remarks if one.id == act.about), None)
    if liked is not None and talk.is_authors_side(liked.by):
        talk.drop_points_of(act.by)


def _labeled(talk: TurnState, act: Act) -> None:
    if notices.CONFLICT_LABEL.search(act.label):
        talk.conflict = act
    elif notices.RED_LABEL.search(act.label):
        talk.red_checks[act.label] = act
    elif notices.AGREEMENT.search(act.label):
        talk.unsigned = act if notices.UNSIGNED.search(act.label) else None
    elif not talk.rules.is_bot(act.by):
        talk.labels[act.label] = act


def _unlabeled(talk: TurnState, act: Act) -> None:
    talk.labels.pop(act.label, None)
    talk.red_checks.pop(act.label, None)
    if talk.conflict is not None and talk.conflict.label == act.label:
        talk.conflict = None
    if talk.unsigned is not None and talk.unsigned.label == act.label:
        talk.unsigned = None


def _assigned(talk: TurnState, act: Act) -> None:
    """Who is assigned to somebody else's change is asked to review it; that by itself moves nothing."""
    if act.subject is not None and act.subject != talk.timeline.author and not talk.rules.is_bot(act.subject):
        talk.requested[act.subject.id] = act.subject


def _checks(talk: TurnState, act: Act) -> None:
    """The last word of each check on the head counts; what is said of all of them, only until one speaks."""
    if act.sha and talk.head and act.sha != talk.head:
        return
    if act.body == ALL_CHECKS:
        talk.red_checks.clear()
    talk.red_checks.pop(ALL_CHECKS, None)
    talk.red_checks.pop(act.body, None)
    if act.outcome == "failure":
        talk.red_checks[act.body] = act


def _mergeability(talk: TurnState, act: Act) -> None:
    talk.conflict = act if act.outcome == "conflict" else None


def _run_waiting(talk: TurnState, act: Act) -> None:
    talk.waiting_run = act


def _run_started(talk: TurnState, _act: Act) -> None:
    talk.waiting_run = None


def _ended(talk: TurnState, act: Act) -> None:
    talk.ended = act


def _reopened(talk: TurnState, _act: Act) -> None:
    talk.ended = None


def _reference_closed(talk: TurnState, act: Act) -> None:
    talk.closed_numbers.add(int(act.about))
    talk.builds_on.pop(int(act.about), None)
    talk.waits_for.pop(int(act.about), None)


def _declared(talk: TurnState, act: Act) -> None:
    talk.declared = act


def _snoozed(talk: TurnState, act: Act) -> None:
    talk.snoozed = act


_Listener = Callable[[TurnState, Act], None]

# True whoever or whatever reports it.
_FACTS: Mapping[ActKind, _Listener] = {
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
_DEEDS: Mapping[ActKind, _Listener] = {
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
