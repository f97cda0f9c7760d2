"""How asking or telling GitHub can fail, in words the engine acts upon."""

from __future__ import annotations

from datetime import datetime


class GitHubUnavailable(Exception):  # noqa: N818 - says what is the case, as callers read it
    """GitHub cannot answer now; the work is put back until `retry_at` (None: with growing pauses).

    `undone` where GitHub surely did nothing of what it was told; else only a look tells.
    """

    def __init__(self, why: str, *, retry_at: datetime | None = None, undone: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.retry_at = retry_at
        self.undone = undone


class LimitReached(GitHubUnavailable):
    """A rate limit, primary or secondary, is in force until `retry_at`; GitHub refused at once."""

    def __init__(self, why: str, *, retry_at: datetime | None = None) -> None:
        super().__init__(why, retry_at=retry_at, undone=True)


class AccessLost(Exception):  # noqa: N818
    """The App may not work here any more: uninstalled, suspended, repository deleted or permission missing.

    The work is dropped, with `why` in the journal.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Impossible(Exception):  # noqa: N818
    """GitHub understood and said no for good (422, 404, 410): trying again cannot help."""

    def __init__(self, why: str, *, status: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.status = status
