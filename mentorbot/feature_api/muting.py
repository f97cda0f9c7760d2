"""Silence in a thread (`mute`) or a repository (`pause`): any feature may keep a record, the engine obeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar

from pydantic import PlainSerializer

FOR_EVER = datetime.max.replace(tzinfo=UTC)
"""When a silence without an end ends."""


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing unasked-for in a thread, whose number is the key, `until` then; None: for good."""

    KIND: ClassVar[str] = "mute"
    until: Annotated[datetime, PlainSerializer(datetime.isoformat)] | None = None

    @property
    def ends(self) -> datetime:
        """When it ends, `FOR_EVER` where it doesn't."""
        return self.until or FOR_EVER


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing unasked-for in a whole repository until then. There is one for each, by this key."""

    KIND: ClassVar[str] = "pause"
    KEY: ClassVar[str] = "repository"
    until: Annotated[datetime, PlainSerializer(datetime.isoformat)]


SILENCES = frozenset({Mute.KIND, Pause.KIND})
"""Kinds of records that hold as soon as they are written: nothing is begun that did not know of them."""
