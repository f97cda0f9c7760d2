"""Builds quiet pull requests for tables of cases: whose turn it is, for how long, what was said already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.core.actions import AddLabel, Comment, MinimizeComment, Remember, RemoveLabel, RequestReview
from mentorbot.core.markers import marked
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import Evidence, Holder, Turn, TurnReason, Wording
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.labels.rules import Projection
from mentorbot.features.stalled.nudge_history import PastNudge
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules.due_dates import QuietPeriod
from mentorbot.features.stalled.turn.rules.turn_decision import Situation
from tests.builders import NOW, a_person
from tests.domain.pasts import act

DAY = timedelta(days=1)
BOT = a_person("mentorbot[bot]", is_bot=True)
ADA, BOB, CAROL = a_person("ada"), a_person("bob"), a_person("carol")


def a_turn(
    holder: Holder = Holder.AUTHOR,
    *,
    since: datetime,
    because: str = "There is no answer to bob yet.",
    ends_when: str = "The author answers or pushes a change.",
    **more: Any,
) -> Turn:
    said: dict[str, Any] = {
        "why": TurnReason(Wording(because)),
        "ends": TurnReason(Wording(ends_when)),
        "evidence": (
            Evidence("review-1", "https://github.com/acme/rockets/pull/7#1", "bob asked for changes."),
        ),
    }
    return Turn(**{"holder": holder, "since": since, **said, **more})


def a_candidate(
    holder: Holder = Holder.AUTHOR,
    *,
    days: int = 20,
    now: datetime = NOW,
    number: int = 7,
    author: Person | None = ADA,
    turn: dict[str, Any] | None = None,
    past_nudges: Sequence[PastNudge] = (),
    worn: Iterable[str] = (),
    **more: Any,
) -> Candidate:
    """A pull request of ada's in which nothing has been heard of a party for so many days, on a Monday."""
    since = now - days * DAY
    theirs = a_turn(holder, since=since, **(turn or {}))
    quiet_period = QuietPeriod(
        holder=holder, since=since, now=now, calendar=DEFAULT_CALENDAR, past_nudges=tuple(past_nudges)
    )
    known: dict[str, Any] = {
        "number": number,
        "url": f"https://github.com/acme/rockets/pull/{number}",
        "title": "Make rockets fly",
        "author": author,
        "turn": theirs,
        "quiet_period": quiet_period,
        "situation": Situation.REVIEW,
        "projection": Projection(number=number, turn=theirs, worn=frozenset(worn)),
        "owner": "acme",
    }
    return Candidate(**{**known, **more})


def a_past_nudge(
    quiet_or_since: datetime, rung: int, at: datetime, holder: Holder = Holder.AUTHOR
) -> PastNudge:
    return PastNudge(f"pull request 7/{holder} since {quiet_or_since:%Y-%m-%d}/rung {rung}", holder, rung, at)


def our_comment(number: int, turn: Turn, rung: int, at: datetime) -> Act:
    """A nudge of ours as it stands in the timeline."""
    key = f"stalled/1/pull request {number}/{turn.holder} since {turn.since:%Y-%m-%d}/rung {rung}"
    return Act(kind=ActKind.COMMENTED, at=at, id=f"comment-{rung}", by=BOT, body=marked("A nudge.", key))


def labels(by: Person | str, label: str, *, off: bool = False, at: datetime | None = None) -> Act:
    """A label is put on or taken off."""
    kind = ActKind.UNLABELED if off else ActKind.LABELED
    made = act(kind, None, label=label, **({"at": at} if at else {}))
    return replace(made, by=a_person(by) if isinstance(by, str) else by, association="MEMBER")


def comments(plan: Plan) -> list[Comment]:
    return [action for action in plan.actions if isinstance(action, Comment)]


def requests(plan: Plan) -> list[RequestReview]:
    return [action for action in plan.actions if isinstance(action, RequestReview)]


def kept(plan: Plan) -> list[Remember]:
    return [action for action in plan.actions if isinstance(action, Remember)]


def shown(actions: Iterable[object]) -> list[str]:
    """What becomes of labels and notes, in short words."""
    said = []
    for action in actions:
        if isinstance(action, AddLabel):
            said.append(f"+{action.label}")
        elif isinstance(action, RemoveLabel):
            said.append(f"-{action.label}")
        elif isinstance(action, MinimizeComment):
            said.append(f"fold {action.comment}")
    return said


def a_config(**sections: Any) -> Stalled:
    return Stalled.model_validate(sections)


LABELS = {"author": "awaiting changes", "reviewers": "awaiting review", "external": "blocked"}
