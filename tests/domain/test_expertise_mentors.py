from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.core.people import Person
from mentorbot.domain.expertise import (
    Expertise,
    Mentee,
    Mentor,
    OpenedPullRequest,
    Ranked,
    Reviewed,
    in_order,
    rank_mentors,
)
from tests.builders import a_person

NOW = datetime(2026, 3, 2, tzinfo=UTC)
BOB, CY, NEW = Person(id=1, login="bob"), Person(id=2, login="cy"), Person(id=3, login="new")
NOBODY_DID_ANYTHING = Expertise()


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def ranked(mentors: Mapping[Person, Mentor], mentee: Mentee | None = None) -> list[Ranked]:
    return rank_mentors(mentee or Mentee(person=NEW), NOBODY_DID_ANYTHING, now=NOW, mentors=mentors)


@pytest.mark.parametrize(
    ("mentee", "bob", "cy", "reason"),
    [
        pytest.param(
            Mentee(person=NEW, areas=frozenset({"docs"})),
            Mentor(areas=frozenset({"build"})),
            Mentor(areas=frozenset({"docs", "web"})),
            "offers help with docs",
            id="covers the area asked for",
        ),
        pytest.param(
            Mentee(person=NEW),
            Mentor(capacity=3, mentees=2),
            Mentor(capacity=3, mentees=1),
            "has room for 2 more",
            id="has more room",
        ),
        pytest.param(
            Mentee(person=NEW),
            Mentor(last_asked_at=NOW - timedelta(days=2)),
            Mentor(last_asked_at=NOW - timedelta(days=30)),
            "wasn't asked for a while",
            id="was not just asked",
        ),
        pytest.param(
            Mentee(person=NEW, utc_offset=hours(13)),
            Mentor(utc_offset=hours(4)),
            Mentor(utc_offset=hours(-10)),
            "has a similar time zone",
            id="has a similar time zone, also across the date line",
        ),
    ],
)
def test_of_two_alike_the_mentor_comes_first_who(
    mentee: Mentee, bob: Mentor, cy: Mentor, reason: str
) -> None:
    first, second = ranked({BOB: bob, CY: cy}, mentee)
    assert first.person == CY
    assert reason in [str(each) for each in first.reasons]
    assert reason not in [str(each) for each in second.reasons]


def test_who_has_fewer_mentees_comes_first_where_no_capacity_is_known() -> None:
    assert [one.person for one in ranked({BOB: Mentor(mentees=2), CY: Mentor()})] == [CY, BOB]


@pytest.mark.parametrize(
    ("mentor", "proposed"),
    [
        pytest.param(Mentor(), True, id="nothing is known"),
        pytest.param(Mentor(capacity=2, mentees=1), True, id="there is room"),
        pytest.param(Mentor(capacity=2, mentees=2), False, id="there is no room"),
        pytest.param(Mentor(capacity=0), False, id="they want none"),
        pytest.param(Mentor(away_until=NOW + timedelta(days=1)), False, id="they are away"),
        pytest.param(Mentor(away_until=NOW), True, id="they are back"),
    ],
)
def test_a_mentor_is_proposed_when(mentor: Mentor, proposed: bool) -> None:
    assert bool(ranked({BOB: mentor})) is proposed


def test_nobody_mentors_themselves_and_the_excluded_and_bots_are_left_out() -> None:
    mentors = dict.fromkeys([BOB, CY, NEW, a_person("acme-bot")], Mentor())
    ranking = rank_mentors(Mentee(person=NEW), NOBODY_DID_ANYTHING, now=NOW, mentors=mentors, exclude=[BOB])
    assert [one.person for one in ranking] == [CY]


def test_without_a_list_of_mentors_those_are_proposed_who_know_the_work() -> None:
    author = a_person("dee")
    past = Expertise(
        in_order(
            [
                OpenedPullRequest(number=1, author=author, at=NOW - timedelta(days=9), title="Scalar"),
                OpenedPullRequest(number=2, author=author, at=NOW - timedelta(days=9), title="Docs"),
                Reviewed(number=2, by=BOB, at=NOW - timedelta(days=8)),
                Reviewed(number=1, by=CY, at=NOW - timedelta(days=8)),
            ]
        )
    )
    work = OpenedPullRequest(number=3, author=NEW, at=NOW, title="Faster scalar")
    ranking = rank_mentors(Mentee(person=NEW, pull=work), past, now=NOW)
    assert [one.person for one in ranking][:1] == [CY]
    assert "has reviewed one pull request about scalar, last in February 2026" in [
        str(reason) for reason in ranking[0].reasons
    ]
