"""What is remembered: what commands said, whom we chose, where we told what, where we were corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import Field, PlainSerializer, PlainValidator

from mentorbot.domain.timeline import Act
from mentorbot.feature_api.ports import Records
from mentorbot.feature_api.records import R, Record, StoredMoment, StoredPerson

_KeptAct = Annotated[Act, PlainValidator(Act.from_json), PlainSerializer(Act.to_json)]


@dataclass(frozen=True, slots=True)
class Corrections:
    """What commands said about a pull request's turn. It stays when somebody in it is forgotten."""

    KIND: ClassVar[str] = "correction"
    acts: tuple[_KeptAct, ...] = ()
    outlives_people: Literal[True] = True


@dataclass(frozen=True, slots=True)
class FoldedNudges:
    """The keys of the nudges of a pull request that were folded away."""

    KIND: ClassVar[str] = "folded"
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReviewer:
    """Somebody else who could review: a person or a team (slug).

    `key` is that of the nudge they were found for: a last look before acting finds the same one.
    """

    KIND: ClassVar[str] = "helper"
    person: StoredPerson | None = None
    team: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ToldElsewhere:
    """The nudge, and the pull request it was written in, by which an author was told of another one as well.

    `rung` is the one that was due for the other one.
    """

    KIND: ClassVar[str] = "told"
    number: Annotated[int, Field(alias="in")]
    key: str
    rung: int


@dataclass(frozen=True, slots=True)
class DigestIssue:
    """The issue with the weekly digest, by its key; `until` when there is none, where a person closed it."""

    KIND: ClassVar[str] = "digest"
    KEY: ClassVar[str] = "issue"
    issue: str
    until: Annotated[StoredMoment | None, Field(exclude_if=lambda until: until is None)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenNudge:
    """A nudge that stands in a pull request; its key is that of the comment, `node` GitHub's id of it.

    `demanded` is how certain one had to be of a turn when it was written.
    """

    KIND: ClassVar[str] = "nudge"
    number: int
    key: str
    holder: str
    at: StoredMoment
    node: str = ""
    demanded: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledMoment:
    """Whose turn it was at a moment: what the bot said, and what people said, and how they said it.

    `nudge` is the key of the nudge that was thereby called wrong, `by` who said so: nobody once they are
    forgotten. It outlives them, as it outlives the pull request.
    """

    KIND: ClassVar[str] = "label"
    pull: int
    at: StoredMoment
    said: str
    turn: str
    how: Literal["command", "reaction", "ready"]
    nudge: str = ""
    by: StoredPerson | None = None
    outlives_people: Literal[True] = True

    @property
    def key(self) -> str:
        return f"pull request {self.pull} at {self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorNudges:
    """Whether authors are nudged here: not since `stopped_at`, again since `went_on_at`.

    `corrected` of the last `written` were corrected by then.
    """

    KIND: ClassVar[str] = "author nudges"
    KEY: ClassVar[str] = "here"
    stopped_at: StoredMoment | None = None
    went_on_at: StoredMoment | None = None
    corrected: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """How far reminders have been rolled in, since they were switched on at `began`.

    `morning` is the last one that was looked at, `picked` the pull requests whose reminder it chose; in
    `in_vain` are those that were chosen and stayed due, with the mornings of that.
    """

    KIND: ClassVar[str] = "rollout"
    KEY: ClassVar[str] = "here"
    began: StoredMoment
    morning: StoredMoment
    picked: tuple[int, ...] = ()
    in_vain: Mapping[int, tuple[StoredMoment, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """When maintainers let reminders go on in what had been quiet for long: by number, and everywhere."""

    KIND: ClassVar[str] = "released"
    KEY: ClassVar[str] = "here"
    everywhere: StoredMoment | None = None
    pulls: Mapping[int, StoredMoment] = field(default_factory=dict)

    def at(self, number: int) -> datetime | None:
        """The last time it was said of this pull request."""
        return max(filter(None, (self.everywhere, self.pulls.get(number))), default=None)


_ABOUT_ONE = (Corrections, FoldedNudges, SecondReviewer, ToldElsewhere)
"""What is kept by the number of a pull request, and goes when it is closed."""


@dataclass(frozen=True, slots=True)
class RememberedRecords:
    """What is remembered about pull requests, by kind and number."""

    kept: Mapping[tuple[str, int], Record[Any]]

    @classmethod
    async def about_all(cls, records: Records) -> RememberedRecords:
        """All of it: four questions to the store, for any number of pull requests."""
        return cls._of([record for kind in _ABOUT_ONE for record in await records.all(kind)])

    @classmethod
    async def about(cls, number: int, records: Records) -> RememberedRecords:
        """What concerns one pull request, and where authors are told what."""
        found = [await records.get(kind, str(number)) for kind in _ABOUT_ONE if kind is not ToldElsewhere]
        told = await records.all(ToldElsewhere)
        return cls._of((*(record for record in found if record is not None), *told))

    @classmethod
    def _of(cls, found: Iterable[Record[Any]]) -> RememberedRecords:
        return cls({(record.kind, int(record.key)): record for record in found})

    def get(self, kind: type[R], number: int) -> Record[R] | None:
        return cast("Record[R] | None", self.kept.get((kind.KIND, number)))

    def keys_of(self, number: int) -> tuple[tuple[str, str], ...]:
        """Kind and key of everything that is remembered about a pull request."""
        return tuple((kind.KIND, str(number)) for kind in _ABOUT_ONE if (kind.KIND, number) in self.kept)

    def told_in(self, number: int) -> tuple[tuple[int, ToldElsewhere], ...]:
        """The pull requests whose authors are told of them in that one."""
        return tuple(
            (other, record.value)
            for (_, other), record in sorted(self.kept.items())
            if isinstance(record.value, ToldElsewhere) and record.value.number == number
        )
