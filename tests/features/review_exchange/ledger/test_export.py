from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.people import Person
from mentorbot.features.review_exchange.ledger.export import (
    COLUMNS,
    Illegible,
    read_csv,
    read_json,
    to_csv,
    to_json,
)
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Place

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=30)
persons = st.builds(Person, id=st.integers(1, 2**40), login=texts)
entries = st.builds(
    Entry,
    kind=st.sampled_from(EntryKind),
    person=persons,
    at=st.datetimes(timezones=st.just(UTC)),
    place=st.builds(
        Place,
        repository_id=st.integers(1, 99),
        full_name=texts,
        number=st.integers(0, 9),
        private=st.booleans(),
    ),
    what=texts,
    amount=st.integers(0, 10_000),
    reason=texts,
    about=st.none() | persons,
    by=st.none() | persons,
    head=texts,
    verdict=texts,
    words=st.integers(0, 999),
    lines=st.integers(0, 99),
    fingerprint=texts,
)


# Twenty columns are drawn for each entry, which takes its time on a busy machine.
@given(st.lists(entries, max_size=5))
def test_what_is_written_can_be_read(some: list[Entry]) -> None:
    for read, write in ((read_csv, to_csv), (read_json, to_json)):
        again = read(write(some))
        assert again == some
        assert [(one.person.login, one.by and one.by.login) for one in again] == [
            (one.person.login, one.by and one.by.login) for one in some
        ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    place = Place(repository_id=1, full_name="acme/rockets")
    entry = Entry(
        kind=EntryKind.GIFTED,
        person=Person(1, "ada"),
        at=datetime(2026, 3, 2, tzinfo=UTC),
        place=place,
        reason=text,
    )
    written = to_csv([entry])
    assert f",{text}," not in written
    assert read_csv(written) == [entry]


def test_a_line_that_is_no_entry_is_named() -> None:
    with pytest.raises(Illegible, match="Line 2 is no entry"):
        read_csv(",".join(COLUMNS) + "\n" + ",".join("x" for _ in COLUMNS) + "\n")
