"""Whose turn it is here: the domain's answer, with corrections and what is closed by now merged in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mentorbot.core.people import Association, Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import Holder, Turn, TurnSettings, whose_turn
from mentorbot.domain.turns.comment_parser import parse_comment
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.turn.rules.corrections import corrected

_CLOCKS_DIFFER = timedelta(minutes=5)
_INSIDERS = frozenset(one for one in Association if one.is_insider)


class Situation(StrEnum):
    """What reviewers are waited for: a different step each, and so a different request."""

    REVIEW = "review"
    MERGE = "merge"
    WORKFLOW = "workflow"


@dataclass(frozen=True, slots=True)
class DecidedTurn:
    """A pull request's past with every correction in it, and whose turn it therefore is."""

    timeline: PullRequestTimeline
    turn: Turn


def decide_turn(
    timeline: PullRequestTimeline, said: Iterable[Act], config: Stalled, *, rules: TurnSettings, now: datetime
) -> DecidedTurn:
    """Whose turn it is at `now`. `rules` are the config's, made once for many pull requests."""
    known = corrected(timeline.until(now), said, config, rules=rules)
    return DecidedTurn(known, whose_turn(known, rules, now=now))


def moment_of(timeline: PullRequestTimeline, now: datetime) -> datetime:
    """Now, by the later of our clock and GitHub's: what was just heard must not seem to lie ahead."""
    ahead = [act.at for act in timeline.acts if now < act.at <= now + _CLOCKS_DIFFER]
    return max((now, *ahead))


def numbers_waited_for(decision: DecidedTurn) -> frozenset[int]:
    """The issues and pull requests it says it needs first; only asked where it is nobody's turn for that."""
    if decision.turn.holder is not Holder.EXTERNAL:
        return frozenset()
    timeline = decision.timeline
    texts = [timeline.body, *(act.body for act in timeline.acts if act.is_remark)]
    found = (words.waits_for | words.builds_on for words in map(parse_comment, texts))
    return frozenset().union(*found) - {timeline.number}


def with_closed(
    decision: DecidedTurn, closed: Mapping[int, datetime], *, rules: TurnSettings, now: datetime
) -> DecidedTurn:
    """The same, knowing that these issues and pull requests are closed: nothing waits for them any more."""
    if not closed:
        return decision
    opened = decision.timeline.opened_at
    acts = (
        Act(kind=ActKind.REFERENCE_CLOSED, at=max(at, opened), id=f"closed-{number}", about=str(number))
        for number, at in closed.items()
    )
    timeline = decision.timeline.with_acts(acts)
    return DecidedTurn(timeline, whose_turn(timeline, rules, now=now))


def situation_of(decision: DecidedTurn) -> Situation:
    """What the reviewers are waited for, told by the acts on which their turn rests."""
    grounds = {evidence.act_id for evidence in decision.turn.evidence}
    acts = [act for act in decision.timeline.acts if act.id in grounds]
    if any(act.kind is ActKind.WORKFLOW_WAITING for act in acts):
        return Situation.WORKFLOW
    still_asked = decision.turn.reviewers or decision.turn.teams
    return Situation.MERGE if approvers(decision) and not still_asked else Situation.REVIEW


def approvers(decision: DecidedTurn) -> tuple[Person, ...]:
    """Who approved, where their approval is why it is the reviewers' turn."""
    grounds = {evidence.act_id for evidence in decision.turn.evidence}
    return tuple(
        act.by
        for act in decision.timeline.acts
        if act.id in grounds and act.by is not None and act.by != decision.timeline.author and _approves(act)
    )


def asked_now(timeline: PullRequestTimeline) -> frozenset[Person]:
    """Whom GitHub lists as asked for a review: until they submit one, or the request is taken back."""
    asked: dict[Person, None] = {}
    for act in timeline.acts:
        if act.kind is ActKind.REVIEW_REQUESTED and act.subject is not None:
            asked[act.subject] = None
        elif act.kind is ActKind.REVIEW_REQUEST_REMOVED and act.subject is not None:
            asked.pop(act.subject, None)
        elif act.kind is ActKind.REVIEWED and act.by is not None:
            asked.pop(act.by, None)
    return frozenset(asked)


def insiders_of(timeline: PullRequestTimeline) -> frozenset[Person]:
    """Those who did something in it and belong to the project."""
    return frozenset(act.by for act in timeline.acts if act.by is not None and act.association in _INSIDERS)


def _approves(act: Act) -> bool:
    return (
        act.verdict is Verdict.APPROVED
        or act.kind is ActKind.REACTED
        or (act.is_remark and parse_comment(act.body).approves)
    )
