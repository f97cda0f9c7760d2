"""What a feature remembers, as its own classes: `records.get(Exchange, key)`, `remember(exchange, …)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, Protocol, TypeVar, cast

from pydantic import AfterValidator, PlainSerializer, TypeAdapter

from mentorbot.core.actions import OUTLIVES_PEOPLE, Remember
from mentorbot.core.people import Person


def _id_and_login(person: Person) -> dict[str, Any]:
    return {"id": person.id, "login": person.login}


StoredPerson = Annotated[Person, PlainSerializer(_id_and_login)]
"""Somebody in a record: `{"id": …, "login": …}`, by which they are found when they are to be forgotten."""


def _in_utc(moment: datetime) -> datetime:
    """Moments of the very same zone are compared several times as fast; pydantic makes one for each."""
    return moment.replace(tzinfo=UTC) if moment.utcoffset() == timedelta(0) else moment


StoredMoment = Annotated[datetime, AfterValidator(_in_utc), PlainSerializer(datetime.isoformat)]
"""A moment in a record, with its offset from UTC: `2026-02-09T12:30:00+00:00`."""


class Recordable(Protocol):
    """A frozen dataclass whose fields are a record's JSON, as pydantic reads and writes it.

    Stored records outlive the program: a field that comes later needs a default, one that goes is ignored
    when it is read, and one that changes its name keeps the old one as a validation alias.
    """

    KIND: ClassVar[str]
    """The name of this kind of record in the store."""


V_co = TypeVar("V_co", covariant=True)
R = TypeVar("R", bound=Recordable)


@dataclass(frozen=True, slots=True)
class Record(Generic[V_co]):
    """Something a feature remembers about a repository. `version` grows by one at each change."""

    kind: str
    key: str
    value: V_co
    version: int


StoredRecord = Record[Mapping[str, Any]]
"""A record as it lies in the store."""


def typed(record: StoredRecord, kind: type[R]) -> Record[R]:
    """A record as it lies in the store, as one of the feature's own.

    Raises pydantic.ValidationError where it does not fit: a record from before a change nobody thought of.
    """
    return replace(cast("Record[Any]", record), value=_codec(kind).validate_python(record.value))


def remember(
    value: Recordable,
    *,
    key: str,
    expected: int | None = None,
    repository_id: int | None = None,
    whose: int | None = None,
    about: tuple[int, ...] = (),
    outlives_people: bool = False,
) -> Remember:
    """The action that keeps this record; for the arguments see `Remember` and `OUTLIVES_PEOPLE`."""
    said = _codec(type(value)).dump_python(value, mode="json", by_alias=True)
    return Remember(
        kind=value.KIND,
        key=key,
        value={OUTLIVES_PEOPLE: True, **said} if outlives_people else said,
        expected=expected,
        repository_id=repository_id,
        whose=whose,
        about=about,
    )


def name_of(kind: type[Recordable] | str) -> str:
    return kind if isinstance(kind, str) else kind.KIND


@cache
def _codec(kind: type[R]) -> TypeAdapter[R]:
    return TypeAdapter(kind)
