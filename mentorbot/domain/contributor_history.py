"""What somebody had done in a repository before a moment; features tell by it who is new to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributorHistory:
    """What `person` had done in a repository before one of their issues or pull requests.

    Plain comments do not count. `merged` counts their merged pull requests. `last_seen` is the latest thing
    they did before. `certain` is False while we have not seen the repository's whole past and GitHub could
    not tell either.
    """

    person: Person
    issues: int = 0
    pull_requests: int = 0
    reviews: int = 0
    merged: int = 0
    insider: bool = False
    contributor: bool = False
    last_seen: datetime | None = None
    certain: bool = True

    @property
    def opened_nothing_and_reviewed_nothing(self) -> bool:
        return not (self.issues or self.pull_requests or self.reviews or self.contributor)

    @property
    def is_new_to_pull_requests(self) -> bool:
        """True where they never had a pull request, review or commit here; an issue does not matter."""
        return not (self.pull_requests or self.reviews or self.contributor)
