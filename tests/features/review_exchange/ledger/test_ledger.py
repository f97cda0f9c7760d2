from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Ledger, Place
from tests.builders import NOW, a_person

ADA, GRACE = a_person("ada"), a_person("grace")


def entry(kind: EntryKind, amount: int = 0, *, days: float = 0, number: int = 1, **more: Any) -> Entry:
    place = Place(repository_id=1, full_name="acme/rockets", number=number)
    details = {"person": ADA, **more}
    return Entry(kind=kind, at=NOW + timedelta(days=days), place=place, amount=amount, **details)


def test_a_balance_is_the_sum_of_what_came_and_went() -> None:
    ledger = Ledger(
        [
            entry(EntryKind.EARNED, 100),
            entry(EntryKind.GIFTED, 200, days=1),
            entry(EntryKind.SPENT, 200, days=2, what="no1"),
            entry(EntryKind.RETURNED, 200, days=3, what="no1"),
            entry(EntryKind.EXPIRED, 100, days=4),
            entry(EntryKind.PENDING, 50, days=5),
            entry(EntryKind.EARNED, 100, person=GRACE),
        ]
    )
    assert ledger.balance(ADA) == 200
    assert ledger.balance(ADA, until=NOW + timedelta(days=2)) == 100
    assert ledger.balance(a_person("nobody")) == 0
    assert ledger.problems() == []
    assert ledger.people() == sorted([ADA, GRACE], key=lambda person: person.id)


def test_adding_an_entry_twice_changes_nothing() -> None:
    ledger = Ledger([entry(EntryKind.EARNED, 100), entry(EntryKind.EARNED, 100)])
    assert len(ledger.entries()) == 1
    assert ledger.balance(ADA) == 100


def test_the_same_person_earns_once_for_a_pull_request() -> None:
    """That is the key itself: there is nothing else in it that could differ."""
    assert entry(EntryKind.EARNED, 100).key == entry(EntryKind.EARNED, 50, days=9).key
    assert entry(EntryKind.EARNED).key != entry(EntryKind.EARNED, number=2).key


def test_a_key_holds_no_number_of_its_own_that_could_be_taken_for_a_person() -> None:
    key = entry(EntryKind.SPENT, 200, number=4711, what="no1").key
    assert key == f"{ADA.id}/spent/in1.pr4711/no1"


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        pytest.param([entry(EntryKind.SPENT, 200)], "less than nothing", id="nothing there to spend"),
        pytest.param(
            [entry(EntryKind.SPENT, 200), entry(EntryKind.GIFTED, 200, days=1)],
            "less than nothing",
            id="spent before it came",
        ),
    ],
)
def test_what_must_never_be_is_told(entries: list[Entry], says: str) -> None:
    assert any(says in problem for problem in Ledger(entries).problems())


def test_what_comes_and_goes_at_one_moment_comes_first() -> None:
    assert Ledger([entry(EntryKind.GIFTED, 200), entry(EntryKind.SPENT, 200, what="no1")]).problems() == []


def test_amounts_are_never_negative() -> None:
    with pytest.raises(ValueError, match="never negative"):
        entry(EntryKind.EARNED, -1)


def test_the_oldest_is_spent_first() -> None:
    ledger = Ledger(
        [
            entry(EntryKind.GIFTED, 200, number=1),
            entry(EntryKind.GIFTED, 200, days=10, number=2),
            entry(EntryKind.SPENT, 300, days=20),
        ]
    )
    assert ledger.unspent_of(ADA, until=NOW) == 0
    assert ledger.unspent_of(ADA, until=NOW + timedelta(days=10)) == 100


@pytest.mark.parametrize(
    ("kinds", "stands"),
    [
        pytest.param([EntryKind.PENDING], EntryKind.PENDING, id="it waits"),
        pytest.param([EntryKind.PENDING, EntryKind.VOIDED], EntryKind.VOIDED, id="it is gone"),
        pytest.param([EntryKind.PENDING, EntryKind.DISPUTED], EntryKind.DISPUTED, id="somebody doubts it"),
        pytest.param(
            [EntryKind.PENDING, EntryKind.DISPUTED, EntryKind.EARNED],
            EntryKind.EARNED,
            id="it is earned for good",
        ),
    ],
)
def test_how_a_review_stands(kinds: list[EntryKind], stands: EntryKind) -> None:
    ledger = Ledger(entry(kind, what=kind.value) for kind in kinds)
    state = ledger.state(ADA, Place(repository_id=1, full_name="acme/rockets", number=1))
    assert state is not None
    assert state.kind is stands
