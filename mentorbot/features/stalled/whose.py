"""Whose turn it is here: core's answer, with what was said outright and what is closed by now merged in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import Holder, Turn, TurnRules, whose_turn
from mentorbot.domain.turns.comment_parser import parse_comment
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.corrections import corrected


class Situation(StrEnum):
    """What reviewers are waited for: a different step each, and so a different request."""

    REVIEW = "review"
    MERGE = "merge"
    WORKFLOW = "workflow"


@dataclass(frozen=True, slots=True)
class Standing:
    """A pull request's past with every correction in it, and whose turn it therefore is."""

    timeline: PullRequestTimeline
    turn: Turn


def standing_of(
    timeline: PullRequestTimeline, said: Iterable[Act], config: Stalled, *, rules: TurnRules, now: datetime
) -> Standing:
    """Whose turn it is at `now`. `rules` are the config's, made once for many pull requests."""
    known = corrected(timeline.until(now), said, config)
    return Standing(known, whose_turn(known, rules, now=now))


def numbers_waited_for(standing: Standing) -> frozenset[int]:
    """The issues and pull requests it says it needs first; only asked where it is nobody's turn for that."""
    if standing.turn.holder is not Holder.EXTERNAL:
        return frozenset()
    timeline = standing.timeline
    texts = [timeline.body, *(act.body for act in timeline.acts if act.is_remark)]
    found = (words.waits_for | words.builds_on for words in map(parse_comment, texts))
    return frozenset().union(*found) - {timeline.number}


def with_closed(
    standing: Standing, closed: Mapping[int, datetime], *, rules: TurnRules, now: datetime
) -> Standing:
    """The same, knowing that these issues and pull requests are closed: nothing waits for them any more."""
    if not closed:
        return standing
    opened = standing.timeline.opened_at
    acts = (
        Act(kind=ActKind.REFERENCE_CLOSED, at=max(at, opened), id=f"closed-{number}", about=str(number))
        for number, at in closed.items()
    )
    timeline = standing.timeline.with_acts(acts)
    return Standing(timeline, whose_turn(timeline, rules, now=now))


def situation_of(standing: Standing) -> Situation:
    """What the reviewers are waited for, told by the acts on which their turn rests."""
    grounds = {evidence.act_id for evidence in standing.turn.evidence}
    acts = [act for act in standing.timeline.acts if act.id in grounds]
    if any(act.kind is ActKind.WORKFLOW_WAITING for act in acts):
        return Situation.WORKFLOW
    still_asked = standing.turn.reviewers or standing.turn.teams
    return Situation.MERGE if approvers(standing) and not still_asked else Situation.REVIEW


def approvers(standing: Standing) -> tuple[Person, ...]:
    """Who approved, where their approval is why it is the reviewers' turn."""
    grounds = {evidence.act_id for evidence in standing.turn.evidence}
    return tuple(
        act.by
        for act in standing.timeline.acts
        if act.id in grounds and act.by is not None and act.by != standing.timeline.author and _approves(act)
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


def _approves(act: Act) -> bool:
    return (
        act.verdict is Verdict.APPROVED
        or act.kind is ActKind.REACTED
        or (act.is_remark and parse_comment(act.body).approves)
    )
