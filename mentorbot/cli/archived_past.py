"""A saved history as a project's past: what github-metadata-backup wrote, as simulations live through it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, PullRequestTimeline
from mentorbot.feature_api.command_line import CannotGoOn
from mentorbot.feature_api.survey import PastIssue, ProjectPast
from mentorbot.github.archive import ArchivedIssue, ArchivedItem, read

_FULL_NAME = re.compile(r"https?://[^/]+/([\w.-]+/[\w.-]+)/(?:pull|issues)/\d+")


def archived_past(path: Path) -> ProjectPast:
    """The whole past that is in a file. Raises CannotGoOn where it can't be read or has no pull request."""
    try:
        items = read(path)
    except (OSError, EOFError) as error:
        why = getattr(error, "strerror", None) or error
        raise CannotGoOn(f"Cannot read {path}: {why}.") from error
    except ValueError as error:
        raise CannotGoOn(str(error)) from error
    pulls = tuple(one for one in items if isinstance(one, PullRequestTimeline))
    if not pulls:
        raise CannotGoOn(f"There is no pull request in {path}.")
    return ProjectPast(
        repository=_full_name(items) or f"{path.name.partition('.')[0]}",
        until=max(_last_moment(one) for one in items),
        pulls=pulls,
        issues=tuple(_opened(one) for one in items if isinstance(one, ArchivedIssue)),
    )


def _full_name(items: Iterable[ArchivedItem]) -> str:
    return next((found[1] for one in items if (found := _FULL_NAME.match(one.url))), "")


def _last_moment(one: ArchivedItem) -> datetime:
    # Commits bear dates of their writers' clocks, which may be wrong; what GitHub stamped is not.
    return max(one.opened_at, *(act.at for act in one.acts if not act.is_push), one.opened_at)


def _opened(issue: ArchivedIssue) -> PastIssue:
    answers = (act.at for act in issue.acts if act.is_remark and _is_humans(act, issue.author))
    return PastIssue(
        number=issue.number,
        title=issue.title,
        url=issue.url,
        author=issue.author,
        opened_at=issue.opened_at,
        association=issue.association,
        answered_at=next(answers, None),
        closed_at=issue.closed_at,
        acts=issue.acts,
    )


def _is_humans(act: Act, author: Person | None) -> bool:
    return act.by is not None and act.by != author and not (act.by.is_bot or act.by.is_named_like_a_robot)
