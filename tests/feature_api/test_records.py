from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar

import pytest
from pydantic import Field, ValidationError

from mentorbot.core.actions import Remember
from mentorbot.feature_api.records import Record, remember, typed
from tests.fakes import FakeRecords

AT = datetime(2026, 2, 9, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Borrowed:
    KIND: ClassVar[str] = "borrowed"
    book: str
    since: datetime
    pages: tuple[int, ...] = ()
    by: Annotated[str, Field(validation_alias="who")] = ""


def test_what_is_remembered_is_read_again_as_it_was() -> None:
    book = Borrowed("Notes", AT, (3, 4))
    action = remember(book, key="1", expected=0, whose=7)
    assert action == Remember(
        kind="borrowed",
        key="1",
        value={"book": "Notes", "since": "2026-02-09T09:30:00Z", "pages": [3, 4], "by": ""},
        expected=0,
        whose=7,
    )
    assert typed(Record("borrowed", "1", action.value, 1), Borrowed).value == book


def test_older_records_are_read_with_what_is_new_since_at_its_default() -> None:
    old = {"book": "Notes", "since": "2026-02-09T09:30:00+00:00", "gone": True}
    assert typed(Record("borrowed", "1", old, 4), Borrowed) == Record(
        "borrowed", "1", Borrowed("Notes", AT), 4
    )


def test_a_record_that_does_not_fit_is_no_empty_one() -> None:
    with pytest.raises(ValidationError):
        typed(Record("borrowed", "1", {"book": "Notes"}, 1), Borrowed)


async def test_records_are_asked_for_by_class_or_by_the_name_of_their_kind() -> None:
    records = FakeRecords()
    stored = records.put("borrowed", "ada/1", {"book": "Notes", "since": AT.isoformat()})
    found = await records.get(Borrowed, "ada/1")
    assert found is not None
    assert found.value.book == "Notes"
    assert [one.value for one in await records.all(Borrowed, starting="ada/")] == [found.value]
    assert await records.get("borrowed", "ada/1") == stored
    assert await records.get(Borrowed, "ada/2") is None
