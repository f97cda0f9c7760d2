"""A saved history as a survey of its last day, and as a past to live through: no GitHub is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from mentorbot.core.people import Association, Person
from mentorbot.domain.project_people import PastOfPeople
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.survey import (
    MergedWork,
    OpenPullRequest,
    OpenThread,
    PastIssue,
    ProjectPast,
    Survey,
)
from mentorbot.github import archive
from mentorbot.github.archive import ArchivedIssue, ArchivedItem
from mentorbot.github.project_listings import PAGE, RECENT_PAGES, is_human, is_newcomer
from mentorbot.github.survey_reader import TurnOf, usual_turn

_SUFFIXES = (".gz", ".jsonl", ".json")


def read_survey(path: Path, *, turn_of: TurnOf = usual_turn) -> Survey:
    """All that was open when the history was saved.

    Raises OSError, and ValueError where it is no such file or has nothing in it.
    """
    items = _items(path)
    pulls, issues = _pulls(items), _issues(items)
    at = _end_of(items)
    people = PastOfPeople(pulls).until(at)
    base = _merged(pulls)
    open_pulls = [one for one in pulls if one.is_open]
    open_issues = [one for one in issues if one.closed_at is None]
    return Survey(
        repository=name_of(path, items),
        at=at,
        read_from=at,
        pulls=tuple(_open_pull(one, base, turn_of, at, people.trusted) for one in open_pulls),
        total_pulls=len(open_pulls),
        issues=tuple(_open_issue(one, base) for one in open_issues),
        total_issues=len(open_issues),
        base=base,
        waits=_waits(pulls, at),
    )


def read_past(path: Path) -> ProjectPast:
    """The whole history. Raises as `read_survey` does."""
    items = _items(path)
    until = _end_of(items)
    return ProjectPast(
        repository=name_of(path, items),
        until=until,
        read_from=until,
        pulls=tuple(_pulls(items)),
        issues=tuple(map(_opened_issue, _issues(items))),
        earlier=MergedWork(is_all=True),
    )


def name_of(path: Path, items: Iterable[ArchivedItem] = ()) -> str:
    """The repository's name by its things' addresses; where they tell none, by the file's."""
    for one in items:
        parts = one.url.split("/")
        if len(parts) >= _PARTS and parts[-2] in {"pull", "issues"}:
            return f"{parts[-4]}/{parts[-3]}"
    name = path.name
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name


_PARTS = 5


def _items(path: Path) -> Sequence[ArchivedItem]:
    items = archive.read(path)
    if not items:
        raise ValueError(
            f"There is nothing in {path}: expected what github-metadata-backup writes, JSON objects in lines."
        )
    return items


def _pulls(items: Iterable[ArchivedItem]) -> list[PullRequestTimeline]:
    return [one for one in items if isinstance(one, PullRequestTimeline)]


def _issues(items: Iterable[ArchivedItem]) -> list[ArchivedIssue]:
    return [one for one in items if isinstance(one, ArchivedIssue)]


def _end_of(items: Iterable[ArchivedItem]) -> datetime:
    """When it was saved, as far as it shows: commits bear dates of their writers' clocks, which err."""
    return max(
        at for one in items for at in (one.opened_at, *(act.at for act in one.acts if not act.is_push))
    )


def _merged(pulls: Iterable[PullRequestTimeline]) -> MergedWork:
    merged = [(one.author, act.at) for one in pulls for act in one.acts if act.kind is ActKind.MERGED]
    return MergedWork(
        pull_requests=len(merged),
        authors=frozenset(author.id for author, _ in merged if author is not None),
        since=min((at for _, at in merged), default=None),
        is_all=True,
    )


def _answers(acts: Iterable[Act], author: Person | None) -> list[datetime]:
    return [act.at for act in acts if act.is_remark and act.by != author and is_human(act.by)]


def _last_act(thread: ArchivedItem) -> datetime:
    return max((thread.opened_at, *(act.at for act in thread.acts)))


def _open_pull(
    timeline: PullRequestTimeline, base: MergedWork, turn_of: TurnOf, at: datetime, trusted: frozenset[int]
) -> OpenPullRequest:
    return OpenPullRequest(
        number=timeline.number,
        title=timeline.title,
        url=timeline.url,
        author=timeline.author,
        opened_at=timeline.opened_at,
        updated_at=min(_last_act(timeline), at),
        labels=timeline.labels,
        is_answered=bool(_answers(timeline.standing_acts(), timeline.author)),
        is_newcomers=is_newcomer(timeline.author, timeline.association, base),
        is_draft=timeline.is_draft,
        turn=turn_of(timeline, at, trusted),
        timeline=timeline,
    )


def _open_issue(issue: ArchivedIssue, base: MergedWork) -> OpenThread:
    return OpenThread(
        number=issue.number,
        title=issue.title,
        url=issue.url,
        author=issue.author,
        opened_at=issue.opened_at,
        updated_at=_last_act(issue),
        labels=issue.labels,
        is_answered=bool(_answers(issue.acts, issue.author)),
        is_newcomers=is_newcomer(issue.author, issue.association, base),
    )


def _opened_issue(issue: ArchivedIssue) -> PastIssue:
    return PastIssue(
        number=issue.number,
        title=issue.title,
        url=issue.url,
        author=issue.author,
        opened_at=issue.opened_at,
        association=issue.association,
        answered_at=min(_answers(issue.acts, issue.author), default=None),
        closed_at=issue.closed_at,
    )


def _waits(pulls: Iterable[PullRequestTimeline], at: datetime) -> tuple[Wait, ...]:
    """Of as many of the newest as a survey with a token looks at; those of bots and insiders left out."""
    newest = sorted(pulls, key=lambda one: one.opened_at, reverse=True)[: PAGE * RECENT_PAGES]
    return tuple(_wait(one, at) for one in newest if is_human(one.author) and not _is_insiders(one))


def _is_insiders(pull: PullRequestTimeline) -> bool:
    said = pull.association.upper()
    return said in Association.__members__ and Association(said).is_insider


def _wait(pull: PullRequestTimeline, at: datetime) -> Wait:
    ends = [act.at for act in pull.acts if act.kind in {ActKind.CLOSED, ActKind.MERGED}]
    until = at if pull.is_open or not ends else ends[-1]
    first = min(_answers(pull.acts, pull.author), default=None)
    return Wait(opened_at=pull.opened_at, answered_at=first, until=max(until, pull.opened_at))
