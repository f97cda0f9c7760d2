"""What happens in a chaos run: stretches of a recorded history side by side, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from bench.mirrored_github import People
from bench.recorded_acts import Act, Stage, Stretch, stretch_of
from bench.saved_history import read
from mentorbot.sandbox.simulated_github import SimulatedGitHub


class Load:
    """What happens, in a fixed order: stretches of history side by side."""

    def __init__(self, stretches: Sequence[Stretch], *, base: datetime) -> None:
        self.stretches = stretches
        self.base = base

    def on(self, github: SimulatedGitHub) -> tuple[list[Stage], list[Callable[[], object]]]:
        """Everything that has to be there before, and what then happens, one after the other."""
        people = People(github.world)
        stages = [Stage(github, stretch, people, self.base) for stretch in self.stretches]
        doings: list[Callable[[], object]] = []
        lanes = [self._doings_on(stage, place) for place, stage in enumerate(stages)]
        for row in zip_longest(*lanes):
            doings += [doing for doing in row if doing is not None]
        return stages, doings

    @staticmethod
    def _doings_on(stage: Stage, place: int) -> list[Callable[[], object] | None]:
        """Later stretches begin later, so that something is always being installed and read."""
        wait: list[Callable[[], object] | None] = [None] * (place * len(stage.stretch.acts) // 4)

        def doing(act: Act) -> Callable[[], object]:
            return lambda: stage.do(act)

        return [*wait, stage.install, *map(doing, stage.stretch.acts)]


def load_of(archive: Path, *, stretches: int, threads: int) -> Load:
    """Stretches from all over a history, each in a repository and an installation of its own."""
    history = list(read(archive))
    if not history:
        raise ValueError(f"{archive} holds no issue or pull request")
    chosen = [
        stretch_of(history, name=f"lab{number + 1}", at=number / max(stretches - 1, 1), threads=threads)
        for number in range(stretches)
    ]
    return Load(chosen, base=datetime.now(UTC).replace(microsecond=0))
