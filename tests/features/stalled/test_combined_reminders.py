from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.people import Person
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules.combined_reminders import ENOUGH_TODAY, combine_reminders
from mentorbot.features.stalled.nudges.rules.nudge import nudge
from mentorbot.features.stalled.records import ToldElsewhere
from tests.builders import NOW, a_person
from tests.features.stalled.candidates import ADA, BOB, CAROL, DAY, a_candidate, a_config, comments

CONFIG = a_config()


def due(*quiets: Candidate) -> list[tuple[Candidate, int]]:
    """As they come: the longest quiet first."""
    return sorted(
        ((candidate, 1) for candidate in quiets), key=lambda one: (one[0].quiet_period.since, one[0].number)
    )


def test_an_author_with_many_is_told_of_the_rest_in_the_third() -> None:
    many = [a_candidate(number=number, days=15 + number) for number in range(1, 11)]
    shared = {one.number: one for one in combine_reminders(due(*many), mentioned={}, room=25)}
    told = [number for number, one in shared.items() if comments(nudge(one, CONFIG))]
    assert sorted(told) == [8, 9, 10], "those that have waited longest"
    assert [other.number for other in shared[8].others] == [1, 2, 3, 4, 5, 6, 7]
    assert shared[1].told_in == ToldElsewhere(8, shared[8].key(1), 1)


def test_mentions_of_earlier_today_count() -> None:
    shared = combine_reminders(due(a_candidate(number=1), a_candidate(number=2)), mentioned={ADA: 2}, room=25)
    assert [bool(comments(nudge(one, CONFIG))) for one in shared] == [True, False]
    none = combine_reminders(due(a_candidate(number=1)), mentioned={ADA: 3}, room=25)
    assert none[0].mentioned_enough == {ADA}


def test_a_reviewer_is_not_mentioned_a_fourth_time() -> None:
    waiting = [
        a_candidate(
            Holder.REVIEWERS,
            number=number,
            days=15,
            turn={"reviewers": (BOB, CAROL) if number == 4 else (BOB,)},
        )
        for number in range(1, 5)
    ]
    *_, last = combine_reminders(due(*waiting), mentioned={}, room=25)
    assert last.mentioned_enough == {BOB}
    assert comments(nudge(last, CONFIG))[0].mentions == (CAROL,)


def test_when_enough_was_said_those_that_come_later_wait() -> None:
    pulls = [
        a_candidate(number=number, days=15 + number, author=a_person(f"p{number}")) for number in (1, 2, 3)
    ]
    shared = {one.number: one.put_off for one in combine_reminders(due(*pulls), mentioned={}, room=2)}
    assert shared == {3: "", 2: "", 1: ENOUGH_TODAY}


def test_who_cannot_be_told_takes_nobodys_place() -> None:
    away = a_candidate(number=1, days=40, away=frozenset({ADA}))
    muted = a_candidate(Holder.REVIEWERS, number=2, days=39, muted_until=NOW + DAY)
    other = a_candidate(number=3, author=BOB)
    shared = {
        one.number: one.put_off for one in combine_reminders(due(away, muted, other), mentioned={}, room=1)
    }
    assert shared == {1: "", 2: "", 3: ""}


def test_a_pull_request_whose_author_has_left_is_merely_kept() -> None:
    (only,) = combine_reminders(due(a_candidate(author=None)), mentioned={}, room=1)
    assert comments(nudge(only, CONFIG)) == []


_PEOPLE = st.sampled_from([ADA, BOB, CAROL])


@st.composite
def _mornings(draw: st.DrawFn) -> tuple[list[Candidate], dict[Person, int], int]:
    quiets = [
        a_candidate(number=number, days=draw(st.integers(14, 40)), author=draw(_PEOPLE))
        if draw(st.booleans())
        else a_candidate(
            Holder.REVIEWERS, number=number, days=draw(st.integers(14, 40)), author=a_person("dan"),
            turn={"reviewers": tuple(draw(st.sets(_PEOPLE)))},
        )
        for number in range(1, draw(st.integers(1, 15)))
    ]  # fmt: skip
    mentioned = {person: draw(st.integers(0, 4)) for person in (ADA, BOB, CAROL)}
    return quiets, mentioned, draw(st.integers(0, 10))


@given(_mornings())
def test_nobody_is_mentioned_too_often_and_nothing_is_lost(
    morning: tuple[list[Candidate], dict[Person, int], int],
) -> None:
    quiets, mentioned, room = morning
    shared = combine_reminders(due(*quiets), mentioned=mentioned, room=room)
    assert sorted(one.number for one in shared) == sorted(one.number for one in quiets)
    written = {one.number: comments(nudge(one, CONFIG)) for one in shared}
    times = Counter(person for found in written.values() for comment in found for person in comment.mentions)
    assert all(
        times[person] + mentioned.get(person, 0) <= max(3, mentioned.get(person, 0)) for person in times
    )
    assert sum(map(len, written.values())) <= room
    for one in shared:
        if one.told_in is not None:
            carrier = next(other for other in shared if other.number == one.told_in.number)
            assert one.number in {other.number for other in carrier.others}
            assert written[carrier.number]
