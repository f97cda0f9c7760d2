"""What a feature's own commands (`mentorbot queue`) speak through, and what of the bot they may reach.

A card brings them as `command_line=add_commands`: a function that puts commands into the `typer.Typer` it is
given, and keeps the `CommandLine` for when one of them runs.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:  # the program's own commands import this, too, and some of them start in no time
    from mentorbot.core.actions import Forget, Remember
    from mentorbot.core.people import Person
    from mentorbot.domain.timeline import PullRequestTimeline
    from mentorbot.feature_api.ports import Ports

T = TypeVar("T")

PROBLEMS_FOUND = 1
"""Exit code of a command that did its work and found something wrong: `raise typer.Exit(PROBLEMS_FOUND)`."""

_FULL_NAME = re.compile(r"[\w.-]+/[\w.-]+")


class CannotGoOn(Exception):  # noqa: N818 - says what is the case, as callers read it
    """Usage or set-up is at fault: exit code 2. The text names the fix."""


def checked_full_name(repository: str) -> str:
    """The name of a repository that somebody typed. Raises CannotGoOn for anything but OWNER/REPO."""
    if not _FULL_NAME.fullmatch(repository):
        raise CannotGoOn(f"{repository!r} is no repository: write OWNER/REPO.")
    return repository


class InstalledRepositories(Protocol):
    """The repositories the App is installed in, as one feature may see them while a command of it runs.

    Where a repository is not known, or GitHub does not answer, the command ends and says so.
    """

    @property
    def now(self) -> datetime:
        """The present moment, also in the sandbox, whose clock can be moved."""
        ...

    async def ports(self, full_name: str) -> Ports:
        """What the feature may look at in this repository."""
        ...

    def everywhere(self) -> AsyncIterator[Ports]:
        """The same for each repository in which the feature is on."""
        ...

    async def person(self, login: str) -> Person | None:
        """Somebody whom the bot has met in any repository, by present login."""
        ...

    async def pull_requests_since(self, full_name: str, since: datetime) -> Sequence[int]:
        """The numbers of the pull requests that were open then or later, as far as the bot has heard."""
        ...

    async def remember(self, full_name: str, changes: Sequence[Remember | Forget]) -> None:
        """Keep and forget records of the feature, all of them or none."""
        ...


class CommandLine(Protocol):
    """How the commands of one feature speak, and reach the bot."""

    def say(self, text: str = "") -> None:
        """A line for people, on standard output."""
        ...

    def say_json(self, value: Any) -> None:
        """A JSON value for scripts, on standard output; dataclasses and moments are understood."""
        ...

    def busy(self, what: str) -> AbstractContextManager[None]:
        """Show during a block that something takes a while."""
        ...

    def key(self) -> str:
        """The key that somebody presses next, without waiting for Enter where there is a terminal.

        Of what is piped in, the next character that isn't white space. Empty at the end.
        """
        ...

    def text_of(self, path: Path) -> str:
        """The text of a file. Raises CannotGoOn where it cannot be read."""
        ...

    def archived_pull_requests(self, path: Path) -> tuple[PullRequestTimeline, ...]:
        """The pull requests in a file as github-metadata-backup writes it. Raises CannotGoOn."""
        ...

    def run(self, work: Callable[[InstalledRepositories], Awaitable[T]]) -> T:
        """Do something beside a bot that may be running: with its store, its GitHub and its clock.

        Set-up that is at fault, and a `Refusal`, become CannotGoOn.
        """
        ...
