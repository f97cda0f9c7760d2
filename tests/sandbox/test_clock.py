"""The sandbox's time runs, stands, jumps, and can be another one for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mentorbot.sandbox.clock import Clock, read_stamp, stamp

NOON = datetime(2026, 2, 9, 12, 0, tzinfo=UTC)


def test_it_starts_where_it_is_told_and_runs() -> None:
    clock = Clock(NOON)
    first = clock.precise()
    assert NOON <= first < NOON + timedelta(seconds=5)
    assert clock.precise() > first


def test_it_starts_at_the_real_time_otherwise() -> None:
    assert abs(Clock().precise() - datetime.now(UTC)) < timedelta(seconds=5)


def test_it_stands_when_frozen_and_goes_on_from_there() -> None:
    clock = Clock()
    clock.freeze(NOON)
    assert clock.precise() == clock.now() == NOON
    clock.move(timedelta(days=7))
    assert clock.now() == NOON + timedelta(days=7)
    clock.run()
    assert clock.precise() > NOON + timedelta(days=7)


def test_it_can_be_set() -> None:
    clock = Clock()
    clock.set(NOON)
    assert NOON <= clock.precise() < NOON + timedelta(seconds=5)


def test_something_can_be_done_as_of_another_time() -> None:
    clock = Clock()
    clock.freeze(NOON)
    with clock.at(NOON - timedelta(days=365)):
        assert clock.now() == NOON - timedelta(days=365)
    assert clock.now() == NOON


def test_stamps_are_written_and_read_as_github_does() -> None:
    assert stamp(NOON) == "2026-02-09T12:00:00Z"
    assert read_stamp("2026-02-09T12:00:00Z") == read_stamp("2026-02-09T12:00:00") == NOON
