"""How much each caller may ask: GitHub's primary limits always, those on making content when switched on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mentorbot.sandbox.answers import GitHubProblem, secondary_limit
from mentorbot.sandbox.clock import Clock

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_GRAPHQL = 5_000
_ANONYMOUS = 60


@dataclass(slots=True)
class Window:
    """What was used of one limit since it last started anew."""

    limit: int
    reset: datetime
    used: int = 0


@dataclass(slots=True)
class CallerLimits:
    """Counts by caller and resource; `core_limit` may be lowered, `counts_content` limits writing too."""

    clock: Clock
    core_limit: int = 5_000
    counts_content: bool = False
    per_minute: int = 80
    per_hour: int = 500
    _windows: dict[tuple[str, str], Window] = field(default_factory=dict)
    _content: dict[str, deque[datetime]] = field(default_factory=dict)

    def window(self, key: str, resource: str) -> Window:
        now = self.clock.now()
        found = self._windows.get((key, resource))
        if found is None or found.reset <= now:
            limit = self.core_limit if resource == "core" else _GRAPHQL
            found = Window(_ANONYMOUS if key == "anonymous" else limit, now + _HOUR)
            self._windows[key, resource] = found
        return found

    def exhaust(self, key: str, resource: str = "core", *, seconds: float = 3600) -> None:
        """Let a caller have nothing left until some seconds from now."""
        window = self.window(key, resource)
        window.used, window.reset = window.limit, self.clock.now() + timedelta(seconds=seconds)

    def check(self, key: str, resource: str) -> None:
        """Problem 403 when nothing is left."""
        window = self.window(key, resource)
        if window.used >= window.limit:
            raise GitHubProblem(403, f"API rate limit exceeded for {key}.")

    def count_content(self, key: str) -> None:
        """Note that a caller is about to make content; Problem 403 when that is too much too fast."""
        if not self.counts_content:
            return
        made, now = self._content.setdefault(key, deque()), self.clock.now()
        while made and made[0] <= now - _HOUR:
            made.popleft()
        if sum(moment > now - _MINUTE for moment in made) >= self.per_minute:
            raise secondary_limit(60)
        if len(made) >= self.per_hour:
            raise secondary_limit((made[0] + _HOUR - now).total_seconds())
        made.append(now)

    def headers(self, key: str, resource: str) -> dict[str, str]:
        """What every answer says of the limit it was counted by."""
        window = self.window(key, resource)
        return {
            "x-ratelimit-limit": str(window.limit),
            "x-ratelimit-remaining": str(max(0, window.limit - window.used)),
            "x-ratelimit-reset": str(int(window.reset.timestamp())),
            "x-ratelimit-used": str(window.used),
            "x-ratelimit-resource": resource,
        }
