"""Where nothing is said: in threads with certain labels, and in the first minutes of each."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from mentorbot.config.durations import Duration
from mentorbot.config.section import OFF_IS_NONE, Section

IGNORE, SETTLE = "ignore", "settle"
"""The names of the sections."""


class IgnoreSection(Section):
    """Issues and pull requests in which nothing is said and nobody is asked. Commands are still answered.

    Without this section these are the ones with the labels below; `ignore: off` means none. Closed and locked
    ones are silent anyway; only a merge is celebrated, though it closes its pull request.
    """

    labels: tuple[Annotated[str, Field(min_length=1, max_length=50)], ...] = Field(
        default=("spam", "invalid"), max_length=50
    )
    """Labels that say so, in capitals or not."""

    def label_among(self, worn: frozenset[str]) -> str | None:
        """The label that keeps a thread silent, as it is written in the config."""
        lower = {label.lower() for label in worn}
        return next((label for label in self.labels if label.lower() in lower), None)


class SettleSection(Section):
    """How long nothing is said in a new issue or pull request, so that junk can be closed or labelled first.

    What is to be said waits, greetings for instance, and is dropped if the thread is closed, locked or has
    one of the labels of `ignore` by then. Commands are answered at once. Without this, nothing waits.
    """

    scalar: ClassVar[str] = SETTLE

    settle: Annotated[Duration | None, OFF_IS_NONE] = Field(default=None, examples=["10 minutes"])
    """From the moment it is opened; `off`, and nothing waits."""
