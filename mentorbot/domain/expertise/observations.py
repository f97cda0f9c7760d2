"""What people did in a repository, told as observations in order of time: the food of `expertise`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.domain.script_accounts import is_scripts_login
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns.comment_parser import parse_comment


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPullRequest:
    """A pull request as it was when it was opened. `paths` are the files it touches, empty when not known.

    `requested` are the reviewers asked at that very moment.
    """

    number: int
    author: Person | None
    at: datetime
    title: str = ""
    body: str = ""
    paths: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    requested: frozenset[Person] = frozenset()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedIssue:
    """Somebody opened an issue."""

    number: int
    author: Person
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Somebody reviewed somebody else's pull request; `path` is the file of a line comment, else empty."""

    number: int
    by: Person
    at: datetime
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TookPart:
    """Somebody did anything else on an issue or pull request: spoke, labelled, merged, closed."""

    number: int
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Files or labels of a pull request that came to be known after it was opened."""

    number: int
    at: datetime
    paths: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()


Observation = OpenedPullRequest | OpenedIssue | Reviewed | TookPart | Learned

_ORDER: tuple[type, ...] = (OpenedPullRequest, OpenedIssue, Learned, Reviewed, TookPart)
_TAKING_PART = frozenset(
    {
        ActKind.COMMENTED,
        ActKind.MARKED_READY,
        ActKind.REVIEW_REQUESTED,
        ActKind.LABELED,
        ActKind.UNLABELED,
        ActKind.ASSIGNED,
        ActKind.RETITLED,
        ActKind.FORCE_PUSHED,  # plain pushes carry the committer's date, which may lie long before
        ActKind.CLOSED,
        ActKind.REOPENED,
        ActKind.MERGED,
    }
)


def is_human(person: Person | None) -> bool:
    """False for bots, deleted accounts, and user accounts whose login is one of a program."""
    return person is not None and not person.is_bot and not is_scripts_login(person.login)


def is_review(act: Act, author: Person | None, *, strict: bool = False) -> bool:
    """True when somebody else than the author, and no bot, reviewed here.

    A review is what GitHub calls one, a comment on a line, or (unless `strict`) a comment that approves: many
    projects write `LGTM` or `ACK` into plain comments.
    """
    if not is_human(act.by) or act.by == author:
        return False
    if act.kind in {ActKind.REVIEWED, ActKind.LINE_COMMENTED}:
        return True
    return not strict and act.kind is ActKind.COMMENTED and parse_comment(act.body).approves


def opening_of(timeline: PullRequestTimeline, paths: Iterable[str] = ()) -> OpenedPullRequest:
    """A pull request as it was opened, knowing nothing of what happened to it afterwards."""
    at_once = [act for act in timeline.acts if act.at <= timeline.opened_at]
    return OpenedPullRequest(
        number=timeline.number,
        author=timeline.author,
        at=timeline.opened_at,
        title=timeline.opened_title,
        body=timeline.body,
        url=timeline.url,
        paths=frozenset(paths),
        labels=frozenset(act.label for act in at_once if act.kind is ActKind.LABELED),
        requested=frozenset(
            act.subject for act in at_once if act.kind is ActKind.REVIEW_REQUESTED and act.subject is not None
        ),
    )


def observations_of(timeline: PullRequestTimeline, paths: Iterable[str] = ()) -> Iterator[Observation]:
    """Everything that a pull request's timeline tells about its people. `paths` are the files it touches."""
    yield opening_of(timeline, paths)
    for act in timeline.acts:
        # A clock may be wrong, and nothing happens to a pull request before it is opened.
        at = max(act.at, timeline.opened_at)
        if act.kind is ActKind.LINE_COMMENTED and act.path:
            yield Learned(number=timeline.number, at=at, paths=frozenset({act.path}))
        if act.kind is ActKind.LABELED and act.label:
            yield Learned(number=timeline.number, at=at, labels=frozenset({act.label}))
        if act.by is None or not is_human(act.by):
            continue
        if is_review(act, timeline.author):
            yield Reviewed(number=timeline.number, by=act.by, at=at, path=act.path)
        elif act.kind in _TAKING_PART or act.is_remark:
            yield TookPart(number=timeline.number, by=act.by, at=at)


def observations_of_issue(
    *, number: int, author: Person | None, opened_at: datetime, acts: Iterable[Act]
) -> Iterator[Observation]:
    if author is not None and is_human(author):
        yield OpenedIssue(number=number, author=author, at=opened_at)
    for act in acts:
        if act.by is not None and is_human(act.by) and act.kind in _TAKING_PART:
            yield TookPart(number=number, by=act.by, at=max(act.at, opened_at))


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    """The observations in order of time; those of one moment always in the same order."""
    return sorted(observations, key=lambda seen: (seen.at, seen.number, _ORDER.index(type(seen)), repr(seen)))
