"""What the pages show, and whom they ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mentorbot.core.journal import JournalEntry


@dataclass(frozen=True, slots=True)
class BackfillProgress:
    """How far the past of a repository has been read, in words. Private ones are not named."""

    full_name: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BotStatus:
    """How the bot is doing: counts, who is being got to know, and when GitHub was last heard from."""

    installations: int
    repositories: int
    waiting: int
    parked: int
    last_delivery_at: datetime | None
    seeding: Sequence[BackfillProgress] = ()
    public_repositories: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DisplayedProblem:
    """Something wrong in a config file; `where` is path, line and column."""

    where: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryStatus:
    """What the bot does in a repository, as far as its config goes."""

    id: int
    full_name: str
    private: bool
    has_config: bool
    features_on: Sequence[str]
    problems: Sequence[DisplayedProblem]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """That there is a repository, and whether anybody may know."""

    id: int
    private: bool


class Overview(Protocol):
    """Answers the pages' questions from the store; none of them asks GitHub."""

    async def status(self) -> BotStatus:
        """How the bot is doing."""
        ...

    async def whereabouts(self, full_name: str) -> Whereabouts | None:
        """Whether the bot works in a repository of this name; takes as long either way."""
        ...

    async def repository(self, full_name: str) -> RepositoryStatus | None:
        """One repository by present name; None where the bot has never worked in it."""
        ...

    async def journal(self, full_name: str, number: int | None, *, limit: int) -> Sequence[JournalEntry]:
        """What it did or didn't do in a repository, or in one issue or pull request; newest first."""
        ...
