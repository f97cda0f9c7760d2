"""How long newcomers wait for a first answer, honestly: those who still wait count too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Wait:
    """A pull request's wait for its first human answer by somebody else.

    `answered_at` is None while there was none; then the wait lasted at least until `until` (closing time, or now).
    """

    opened_at: datetime
    answered_at: datetime | None
    until: datetime

    @property
    def lasted(self) -> timedelta:
        """The wait so far."""
        return (self.answered_at or self.until) - self.opened_at
