"""What this feature remembers about pull requests: what commands said, whom it chose, where it told what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mentorbot.feature_api.ports import Records
from mentorbot.feature_api.records import StoredRecord
from mentorbot.features.stalled.corrections import CORRECTION
from mentorbot.features.stalled.projection import FOLDED
from mentorbot.features.stalled.rules import HELPER, TOLD

KINDS = (CORRECTION, FOLDED, HELPER, TOLD)
"""Kinds of records that are kept by number of a pull request, and go when it is closed."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Records by kind and number."""

    kept: Mapping[tuple[str, int], StoredRecord]

    def get(self, kind: str, number: int) -> StoredRecord | None:
        """What is remembered of that kind about a pull request."""
        return self.kept.get((kind, number))

    def of(self, number: int) -> tuple[tuple[str, str], ...]:
        """Kind and key of everything that is remembered about a pull request."""
        return tuple((kind, str(number)) for kind in KINDS if (kind, number) in self.kept)

    def told_in(self, number: int) -> tuple[tuple[int, StoredRecord], ...]:
        """The pull requests whose authors are told of them in that one."""
        return tuple(
            (other, record)
            for (kind, other), record in sorted(self.kept.items())
            if kind == TOLD and record.value["in"] == number
        )


async def everything(records: Records) -> Memory:
    """All of it: four questions to the store, for any number of pull requests."""
    return _memory([record for kind in KINDS for record in await records.all(kind)])


async def about(number: int, records: Records) -> Memory:
    """What concerns one pull request, and where authors are told what."""
    found = [await records.get(kind, str(number)) for kind in KINDS if kind != TOLD]
    return _memory((*(record for record in found if record is not None), *await records.all(TOLD)))


def _memory(found: Iterable[StoredRecord]) -> Memory:
    return Memory({(record.kind, int(record.key)): record for record in found})
