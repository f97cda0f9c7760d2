from __future__ import annotations

from datetime import datetime, timedelta

from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise, Observation, OpenedPullRequest, Reviewed, TookPart, in_order
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind, Ledger, Place
from mentorbot.features.review_exchange.reviewer_pool.ranking import (
    Fit,
    PoolMember,
    PoolReason,
    Standing,
    pool_of,
    rank_pool,
)
from tests.builders import NOW, a_person

ADA, GRACE, HEDY, LINUS = (a_person(login) for login in ("ada", "grace", "hedy", "linus"))
PULL = OpenedPullRequest(
    number=9, author=ADA, at=NOW, title="Parser: sets", paths=frozenset({"src/parser.c"})
)
DAY = timedelta(days=1)


def entry(kind: EntryKind, person: Person, *, days_ago: float, number: int = 1) -> Entry:
    place = Place(repository_id=1, full_name="acme/rockets", number=number)
    return Entry(kind=kind, person=person, at=NOW - days_ago * DAY, place=place, amount=100)


def test_who_offers_owes_and_takes_part_is_asked_and_nobody_else() -> None:
    ledger = Ledger(
        [
            entry(EntryKind.EARNED, GRACE, days_ago=10),
            entry(EntryKind.EARNED, GRACE, days_ago=9, number=2),
            entry(EntryKind.SETTLED, HEDY, days_ago=20),
            entry(EntryKind.SETTLED, LINUS, days_ago=20, number=3),
            entry(EntryKind.PENDING, LINUS, days_ago=10, number=4),
            entry(EntryKind.EARNED, a_person("long-ago"), days_ago=200),
        ]
    )
    offered = {ADA: NOW - 5 * DAY, a_person("once"): NOW - 50 * DAY}
    pool = pool_of(ledger, named=[LINUS], offered=offered, now=NOW)
    assert {person.login: tuple(map(str, standing.whys.values())) for person, standing in pool.items()} == {
        "linus": ("offers reviews here",),
        "ada": (f"looked for reviews to give on {NOW - 5 * DAY:%-d %B %Y}",),
        "grace": ("gave 2 reviews in the exchange lately",),
        "hedy": ("got a review here and has given none since",),
    }


def at_hours(person: Person, *hours: int) -> list[Observation]:
    return [
        TookPart(number=1, by=person, at=(NOW - (day + 1) * DAY).replace(hour=hour))
        for day, hour in enumerate(hours)
    ]


def past(*seen: Observation) -> Expertise:
    start: list[Observation] = [
        OpenedPullRequest(
            number=1,
            author=LINUS,
            at=NOW - 40 * DAY,
            title="Parser: tokens",
            paths=frozenset({"src/token.c"}),
        ),
        OpenedPullRequest(
            number=2, author=LINUS, at=NOW - 39 * DAY, title="Docs", paths=frozenset({"README.md"})
        ),
    ]
    return Expertise(in_order([*start, *seen]))


def reviewed(number: int, by: Person, *, days_ago: float) -> Reviewed:
    return Reviewed(number=number, by=by, at=NOW - days_ago * DAY)


def first(
    history: Expertise, pool: dict[Person, PoolMember], now: datetime = NOW
) -> tuple[str, tuple[str, ...]]:
    fits = rank_pool(PULL, history, pool, now=now, most_asked=2)
    return fits[0].person.login, tuple(map(str, fits[0].reasons))


def test_who_knows_the_matter_and_the_language_comes_first() -> None:
    history = past(reviewed(1, GRACE, days_ago=30), reviewed(2, HEDY, days_ago=30))
    login, reasons = first(history, {GRACE: PoolMember(), HEDY: PoolMember()})
    assert login == "grace"
    assert "worked on .c files here" in reasons


def test_who_is_asked_already_comes_later_and_not_for_ever() -> None:
    history = past(reviewed(1, GRACE, days_ago=30), reviewed(1, HEDY, days_ago=30))
    assert first(history, {GRACE: PoolMember(load=1), HEDY: PoolMember()})[0] == "hedy"
    fits = rank_pool(PULL, history, {GRACE: PoolMember(load=2), HEDY: PoolMember()}, now=NOW, most_asked=2)
    assert [fit.person for fit in fits] == [HEDY]


def test_nothing_is_told_from_the_hours_at_which_people_are_active() -> None:
    def fits(hours_of_ada: tuple[int, ...]) -> list[Fit]:
        history = past(
            *at_hours(ADA, *hours_of_ada),
            *at_hours(GRACE, 21, 22, 21, 22, 21, 22),
            *at_hours(HEDY, 9, 9, 10, 10, 9, 9),
        )
        pool = {GRACE: PoolMember(), HEDY: PoolMember()}
        return rank_pool(PULL, history, pool, now=NOW + timedelta(hours=1), most_asked=2)

    assert fits((9, 10, 9, 10, 9, 10)) == fits((21, 22, 21, 22, 21, 22))


def test_who_offers_comes_before_who_merely_takes_part() -> None:
    history = past()
    grace, hedy = PoolMember(), PoolMember()
    grace.may_be_asked_as(PoolReason(standing=Standing.TAKES_PART, count=1))
    for standing in (Standing.OFFERED, Standing.OWES):
        hedy.may_be_asked_as(PoolReason(standing=standing, on=NOW))
    pool = {GRACE: grace, HEDY: hedy}
    assert first(history, pool)[0] == "hedy"
