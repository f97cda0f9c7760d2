"""Reads a project's whole history from a file, so that rules can be tried on what really happened.

The file is what the public tool *github-metadata-backup* writes: gzipped or plain JSON lines, each a pull
request or an issue with its timeline items and review comments. Keys that GitHub left null may be missing,
and people who deleted their account are null.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.github.rest_timeline_reader import Json, acts, person


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedIssue:
    """An issue as it was opened, and everything that happened to it, in order."""

    number: int
    author: Person | None
    opened_at: datetime
    title: str
    body: str
    labels: frozenset[str]
    association: str
    url: str
    acts: tuple[Act, ...]

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed for good, None while it is open."""
        ends = [act for act in self.acts if act.kind in {ActKind.CLOSED, ActKind.REOPENED}]
        return ends[-1].at if ends and ends[-1].kind is ActKind.CLOSED else None


ArchivedItem = PullRequestTimeline | ArchivedIssue


def stream(path: Path) -> Iterator[ArchivedItem]:
    """Every pull request and issue of the archive in its order, one at a time.

    Raises ValueError naming the line that is no JSON object of a pull request or issue.
    """
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield item(json.loads(line))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"{path}, line {number}: not a saved pull request or issue ({error!r}). "
                    "Expected what github-metadata-backup writes, one JSON object a line."
                ) from error


def read(path: Path) -> tuple[ArchivedItem, ...]:
    """The whole archive, with each pull request also told when what it mentions (`#17`) was closed."""
    return tuple(with_references(list(stream(path))))


def item(saved: Json) -> ArchivedItem:
    """The pull request or issue that one line holds."""
    return _issue(saved) if saved.get("type") == "issue" else _pull_request(saved)


def with_references(items: Iterable[ArchivedItem]) -> Iterator[ArchivedItem]:
    """The same items; pull requests get a REFERENCE_CLOSED for each mentioned number that was closed.

    A number that the archive doesn't hold counts as closed: nothing can be said to wait for it.
    """
    items = list(items)
    ends = {one.number: _end(one) for one in items}
    for one in items:
        if isinstance(one, ArchivedIssue):
            yield one
            continue
        mentioned = {number for text in _texts(one) for number in mentioned_numbers(text)} - {one.number}
        yield one.with_acts(
            Act(kind=ActKind.REFERENCE_CLOSED, at=end, id=f"closed-{number}", about=str(number))
            for number in sorted(mentioned)
            if (end := ends.get(number, one.opened_at)) is not None
        )


def mentioned_numbers(text: str) -> tuple[int, ...]:
    """The issues and pull requests of the same repository that a text speaks of: `#17` or a link's end."""
    return tuple(int(number) for number in re.findall(r"(?:(?<![\w/])#|/(?:pull|issues)/)(\d{1,9})\b", text))


def _texts(timeline: PullRequestTimeline) -> Iterator[str]:
    yield timeline.opened_title
    yield timeline.body
    for act in timeline.acts:
        yield act.body
        yield act.title_after


def _end(one: ArchivedItem) -> datetime | None:
    if isinstance(one, ArchivedIssue):
        return one.closed_at
    ends = [act.at for act in one.acts if act.kind in {ActKind.CLOSED, ActKind.MERGED}]
    return ends[-1] if ends and not one.is_open else None


def _issue(saved: Json) -> ArchivedIssue:
    issue = saved["issue"]
    folded = _opened(issue).with_acts(acts(saved, author=person(issue.get("user"))))
    return ArchivedIssue(
        number=folded.number,
        author=folded.author,
        opened_at=folded.opened_at,
        title=issue.get("title") or "",
        body=folded.body,
        labels=frozenset(label["name"] for label in issue.get("labels") or () if label.get("name")),
        association=folded.association,
        url=folded.url,
        acts=folded.acts,
    )


def _pull_request(saved: Json) -> PullRequestTimeline:
    pull = saved["pull"]
    opened = _opened(pull)
    happened = list(acts(saved, author=opened.author))
    first_commits = [act for act in happened if act.kind is ActKind.PUSHED and act.at <= opened.opened_at]
    timeline = opened.with_acts(act for act in happened if act not in first_commits)
    renamed = [act.title_before for act in timeline.acts if act.kind is ActKind.RETITLED]
    switched = [act.kind for act in timeline.acts if act.kind in {ActKind.MARKED_READY, ActKind.DRAFTED}]
    return replace(
        timeline,
        opened_title=renamed[0] if renamed else timeline.opened_title,
        opened_as_draft=switched[0] is ActKind.MARKED_READY if switched else timeline.opened_as_draft,
        head_sha=first_commits[-1].sha if first_commits else "",
    )


def _opened(issue: Json) -> PullRequestTimeline:
    return PullRequestTimeline(
        number=issue["number"],
        author=person(issue.get("user")),
        opened_at=datetime.fromisoformat(issue["created_at"]),
        opened_title=issue.get("title") or "",
        opened_as_draft=bool(issue.get("draft")),
        head=(issue.get("head") or {}).get("label") or "",
        base=(issue.get("base") or {}).get("ref") or "",
        body=issue.get("body") or "",
        url=issue.get("html_url") or "",
        association=issue.get("author_association") or "",
    )
