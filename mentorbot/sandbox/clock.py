"""The sandbox's own time, so that a week of a newcomer can pass while nobody waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time everything in the sandbox goes by: stamps, token expiry, limits, `Date` headers.

    It runs like a real one from `start` (now, when nothing is said) until it is frozen or moved.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = timedelta(0) if start is None else start - datetime.now(UTC)
        self._frozen_at: datetime | None = None

    def precise(self) -> datetime:
        """Now, to the microsecond, in UTC."""
        return self._frozen_at or datetime.now(UTC) + self._ahead

    def now(self) -> datetime:
        """Now, to the second, in UTC: GitHub's stamps know no fractions."""
        return self.precise().replace(microsecond=0)

    def freeze(self, at: datetime | None = None) -> None:
        """Stop at `at`, or at this very moment."""
        self._frozen_at = at or self.precise()

    def run(self) -> None:
        if self._frozen_at is not None:
            self._ahead = self._frozen_at - datetime.now(UTC)
            self._frozen_at = None

    def move(self, by: timedelta) -> None:
        """Jump by that much, frozen or not."""
        if self._frozen_at is not None:
            self._frozen_at += by
        else:
            self._ahead += by

    def set(self, to: datetime) -> None:
        """Jump to a moment, frozen or not."""
        self.move(to - self.precise())

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Do something as of `moment`, then return to the time it was: for telling what happened earlier."""
        before = (self._ahead, self._frozen_at)
        self._frozen_at = moment
        try:
            yield
        finally:
            self._ahead, self._frozen_at = before


def stamp(moment: datetime) -> str:
    """A moment as GitHub writes it: `2026-02-09T08:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)


def read_stamp(text: str) -> datetime:
    """The moment a stamp (ISO 8601, with or without a zone) speaks of; ValueError when it speaks of none."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
