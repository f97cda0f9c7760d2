"""A project as somebody with a token, or a saved history, can see it: what reports are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mentorbot.config.file import Source
from mentorbot.core.people import Person
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import Act, PullRequestTimeline
from mentorbot.domain.turns import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenThread:
    """An open issue or pull request.

    `updated_at` is GitHub's own, which labels and bots renew, too: what stale bots go by. `is_answered` tells
    whether a human who isn't its author has commented or reviewed; None where that was not read.
    `is_newcomers` is true where its author isn't among those of whom something was merged
    (see `Survey.base`), and GitHub doesn't say either that they have contributed or belong to the project.
    """

    number: int
    title: str
    url: str
    author: Person | None
    opened_at: datetime
    updated_at: datetime
    labels: frozenset[str] = frozenset()
    is_answered: bool | None = None
    is_newcomers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPullRequest(OpenThread):
    """An open pull request; `turn` is None where too little of it was read to tell.

    `timeline` is as much of it as was read: all, or with `is_whole` false the newest part.
    """

    is_draft: bool = False
    turn: Turn | None = None
    timeline: PullRequestTimeline | None = None
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedWork:
    """By what newcomers are told: the authors of so many merged pull requests, the oldest merged then."""

    pull_requests: int = 0
    authors: frozenset[int] = frozenset()
    since: datetime | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All open work of a repository at a moment, as far as it was read.

    `total_pulls` and `total_issues` are how many there are; those that are not in `pulls` and `issues`, and
    those without a turn, were not read, for the reason `incomplete` (the newest are read first). `waits` are
    those of recent pull requests for a first answer. `config` are its `mentorbot.yml` files, `other_bots` the
    files by which other bots are set up, by path. `requests` is what it took, cached answers left out;
    `read_from` is when the oldest of the answers was given, `at` when the newest was. `caveats` are sentences
    about what could not be known at all, as the token may not read it.

    Its `repr` leaves out what there are thousands of: `asyncio.Runner` has the result of its task written out
    when it ends, and for 5,000 pull requests that took ten seconds and 500 MB.
    """

    repository: str
    at: datetime
    is_private: bool = False
    pulls: tuple[OpenPullRequest, ...] = field(default=(), repr=False)
    total_pulls: int = 0
    issues: tuple[OpenThread, ...] = field(default=(), repr=False)
    total_issues: int = 0
    base: MergedWork = MergedWork()
    waits: tuple[Wait, ...] = field(default=(), repr=False)
    config: Sequence[Source] = ()
    other_bots: Mapping[str, str] = field(default_factory=dict)
    requests: int = 0
    incomplete: str = ""
    read_from: datetime | None = None
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastIssue:
    """An issue of the past: who opened it and when, and the first answer of somebody else.

    `acts` is what happened to it; None where that wasn't read.
    """

    number: int
    title: str
    url: str
    author: Person | None
    opened_at: datetime
    association: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    acts: tuple[Act, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPast:
    """A repository's past up to `until`: what a simulation lives through.

    `known_since` is how far back it was read; None where that is to its beginning. `earlier` is who had
    something merged before. `not_read` pull requests are left out, for the reason `incomplete`. `requests`,
    `read_from` and `caveats` are as in a `Survey`. `has_issues` is false where issues weren't read at all.
    """

    repository: str
    until: datetime
    is_private: bool = False
    pulls: tuple[PullRequestTimeline, ...] = field(default=(), repr=False)
    not_read: int = 0
    issues: tuple[PastIssue, ...] = field(default=(), repr=False)
    has_issues: bool = True
    known_since: datetime | None = None
    earlier: MergedWork = MergedWork()
    config: Sequence[Source] = ()
    requests: int = 0
    incomplete: str = ""
    read_from: datetime | None = None
    caveats: tuple[str, ...] = ()
