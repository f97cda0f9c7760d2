"""What is remembered of config files: where one is proposed or broken, and what was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from mentorbot.feature_api.records import StoredMoment


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """The file is changed in a pull request or branch (the key: "pull request 7"), last seen at `head`."""

    KIND: ClassVar[str] = "changes"
    head: str


@dataclass(frozen=True, slots=True)
class LastLook:
    """Up to when the hourly round has looked at pushes."""

    KIND: ClassVar[str] = "looked"
    KEY: ClassVar[str] = "pushes"
    until: StoredMoment


@dataclass(frozen=True, slots=True)
class BrokenConfig:
    """The issue (its key) about what is broken on the default branch, as line, path and message each.

    `let_go` where somebody closed it before the file was mended.
    """

    KIND: ClassVar[str] = "broken"
    KEY: ClassVar[str] = "default branch"
    issue: str
    problems: tuple[tuple[int, str, str], ...]
    let_go: Annotated[bool, Field(exclude_if=lambda let_go: not let_go)] = False
