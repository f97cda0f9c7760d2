"""Who is told of what the engine does: the metrics."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Told what happened, at once; must neither block nor raise."""

    def delivery(self, event: str, outcome: str) -> None:
        """A delivery came to an end: done, ignored, parked."""
        ...

    def effect(self, feature: str, kind: str, outcome: str) -> None:
        """An effect came to an end: done, dropped, parked; or was put back."""
        ...

    def stage(self, name: str, seconds: float) -> None:
        """A stage took this long: a kind of job, by its name in the queue."""
        ...


class Unobserved:
    """For engines without metrics: dry runs and tests."""

    def delivery(self, event: str, outcome: str) -> None: ...

    def effect(self, feature: str, kind: str, outcome: str) -> None: ...

    def stage(self, name: str, seconds: float) -> None: ...
