"""Projects to report on: by hand, and as a saved history has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from mentorbot.core.people import Person
from mentorbot.domain.project_people import PastOfPeople
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns import Certainty, Holder, Turn, TurnReason, TurnSettings, Wording, whose_turn
from mentorbot.feature_api.simulated_repository import association_of, waits_in
from mentorbot.feature_api.survey import MergedWork, OpenPullRequest, OpenThread, ProjectPast, Survey
from mentorbot.github.archived_project import read_past as archived_past
from tests.builders import NOW, a_person

STRETCH = Path(__file__).parents[2] / "history" / "secp256k1-1765-1850.jsonl.gz"
DAY = timedelta(days=1)


def a_turn(holder: Holder = Holder.REVIEWERS, *, days: float = 10, certain: bool = True) -> Turn:
    return Turn(
        holder=holder,
        since=NOW - days * DAY,
        why=TurnReason(Wording("Nobody has looked at it yet.")),
        ends=TurnReason(Wording("Somebody reviews it.")),
        evidence=(),
        certainty=Certainty.SURE if certain else Certainty.UNCLEAR,
    )


def an_open_pull(
    number: int = 1,
    *,
    turn: Turn | None = None,
    author: Person | None = None,
    title: str = "Heat the kettle",
    days: float = 10,
    idle: float | None = None,
    url: str | None = None,
    timeline: PullRequestTimeline | None = None,
    is_newcomers: bool = False,
    is_answered: bool | None = None,
    is_draft: bool = False,
) -> OpenPullRequest:
    return OpenPullRequest(
        number=number,
        title=title,
        url=f"https://github.com/octo/tea/pull/{number}" if url is None else url,
        author=author or a_person("ada"),
        opened_at=NOW - days * DAY,
        updated_at=NOW - (days if idle is None else idle) * DAY,
        turn=turn,
        timeline=timeline,
        is_newcomers=is_newcomers,
        is_answered=is_answered,
        is_draft=is_draft,
    )


def a_survey(
    pulls: Sequence[OpenPullRequest] = (), *, issues: Sequence[OpenThread] = (), **more: object
) -> Survey:
    plain = Survey(
        repository="octo/tea",
        at=NOW,
        pulls=tuple(pulls),
        total_pulls=len(pulls),
        issues=tuple(issues),
        total_issues=len(issues),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


@cache
def a_saved_past(path: Path = STRETCH) -> ProjectPast:
    return archived_past(path)


def survey_at_the_end(past: ProjectPast) -> Survey:
    """All that is open at the end of a past, as somebody with a token reads it."""
    now = past.until
    people = PastOfPeople(past.pulls).until(now)
    rules = TurnSettings(maintainers=people.trusted)
    merged = sum(pull.is_merged for pull in past.pulls)

    def is_new(author: Person | None, association: str) -> bool:
        return (
            author is not None
            and author.id not in people.merged | people.trusted
            and not association_of(association).is_insider
        )

    pulls = tuple(
        OpenPullRequest(
            number=pull.number,
            title=pull.title,
            url=pull.url,
            author=pull.author,
            opened_at=pull.opened_at,
            updated_at=max((act.at for act in pull.acts if act.at <= now), default=pull.opened_at),
            labels=pull.labels,
            is_answered=any(act.is_remark and act.by not in {None, pull.author} for act in pull.acts),
            is_newcomers=is_new(pull.author, pull.association),
            is_draft=pull.is_draft,
            turn=whose_turn(pull, rules, now=now),
            timeline=pull,
        )
        for pull in past.pulls
        if pull.is_open
    )
    issues = tuple(
        OpenThread(
            number=issue.number,
            title=issue.title,
            url=issue.url,
            author=issue.author,
            opened_at=issue.opened_at,
            updated_at=max((act.at for act in issue.acts or ()), default=issue.opened_at),
            is_answered=issue.answered_at is not None,
            is_newcomers=is_new(issue.author, issue.association),
        )
        for issue in past.issues
        if issue.closed_at is None
    )
    return Survey(
        repository=past.repository,
        at=now,
        pulls=pulls,
        total_pulls=len(pulls),
        issues=issues,
        total_issues=len(issues),
        base=MergedWork(pull_requests=merged, authors=people.merged, is_all=True),
        waits=tuple(waits_in(past, since=now - timedelta(days=365))),
    )
