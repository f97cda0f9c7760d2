"""What holds whatever people do, in any order and at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from mentorbot.config.durations import Duration
from mentorbot.core.actions import Comment
from mentorbot.domain.expertise import Expertise
from mentorbot.features.mentoring.matching.candidates import proposals, request_of
from mentorbot.features.mentoring.matching.facts import MatchingFacts
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairEvent, PairState
from mentorbot.features.mentoring.pairs.transitions import PairEventDetails, apply_event
from mentorbot.features.mentoring.roster.roster import Roster, Seats
from tests.builders import NOW, a_person
from tests.features.mentoring.programme import Programme
from tests.features.mentoring.programme import settings as config_of

PEOPLE = ("ada", "bob", "cleo", "dora", "olga")
CONFIG = config_of("{areas: {docs: }, mentors: [ada, {login: bob, capacity: 1}, cleo, dora], capacity: 1}")
LINES = (
    "mentor me",
    "mentor me docs",
    "mentor offer",
    "mentor accept",
    "mentor decline",
    "mentor change",
    "mentor end",
    "mentor graduate",
    "mentor pause 2 weeks",
    "mentor resume",
    "mentor pair @ada @bob",
    "mentor pair @bob @ada",
    "mentor pair @cleo @dora",
    "mentor opt out",
    "mentor away 2 weeks",
)
commands = strategies.tuples(
    strategies.sampled_from(PEOPLE), strategies.sampled_from(LINES), strategies.sampled_from(PEOPLE)
)
moves = strategies.lists(strategies.one_of(commands, strategies.integers(0, 60)), max_size=25)
patiently = settings(max_examples=60, suppress_health_check=[HealthCheck.data_too_large])


_ADDRESSED = re.compile(r"^(?:🎉 )?@\w+(?:(?:, | and )@\w+)*,")


def check(roster: Roster) -> None:
    """What must never be otherwise."""
    seated = [pair for pair in roster.pairs if pair.has_seat]
    wishes = [(pair.mentee, pair.area) for pair in seated]
    assert len(wishes) == len(set(wishes)), "two mentors for one area"
    for pair in seated:
        assert pair.mentor is not None
        assert pair.mentor != pair.mentee
        assert roster.load(pair.mentor) <= 1, "more mentees than seats"
    for mentor in roster.mentors.values():
        assert roster.promised(mentor.person) <= 1, "more seats promised than there are"
    for login in PEOPLE:
        assert not roster.is_above(a_person(login), a_person(login)), "a circle"
    assert all(pair.mentor is None for pair in roster.queue())


def check_words(said: str, *, by: str = "") -> None:
    """Nobody is mentioned whom a paragraph doesn't open with, and nobody answered is called by their name."""
    for paragraph in said.split("\n\n"):
        rest = _ADDRESSED.sub("", paragraph)
        assert not re.search(r"@\w", re.sub(r"`[^`]*`", "", rest)), paragraph
        addressed = _ADDRESSED.match(paragraph)
        for reader in re.findall(r"\w+", addressed[0]) if addressed else ():
            assert not re.search(rf"\b{reader}\b", rest), paragraph
    if by and "\n\n" not in said and not _ADDRESSED.match(said):
        assert not re.search(rf"\b{by}\b", said), said


@given(moves)
@settings(parent=patiently, max_examples=30)
def test_each_paragraph_has_one_reader_who_is_spoken_to_and_never_of(
    moves: list[tuple[str, str, str] | int],
) -> None:
    programme = Programme(config=CONFIG, logins=PEOPLE)
    for move in moves:
        told = len(programme.comments)
        if isinstance(move, int):
            programme.sweep(timedelta(hours=move))
        else:
            by, line, where = move
            programme.do(by, line, in_thread_of=where)
        for _, said in programme.comments[told:]:
            check_words(said, by="" if isinstance(move, int) else move[0])


@given(moves)
@patiently
def test_seats_areas_and_circles_whatever_people_do(
    moves: list[tuple[str, str, str] | int],
) -> None:
    programme = Programme(config=CONFIG, logins=PEOPLE)
    for move in moves:
        if isinstance(move, int):
            programme.sweep(timedelta(hours=move))
        else:
            by, line, where = move
            programme.do(by, line, in_thread_of=where)
        check(programme.roster())


@given(moves, commands, commands)
@patiently
def test_of_two_decisions_made_at_once_the_second_holds_only_where_the_first_leaves_it_true(
    moves: list[tuple[str, str, str] | int], one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    programme = Programme(config=CONFIG, logins=PEOPLE)
    for move in moves:
        if isinstance(move, int):
            programme.sweep(timedelta(hours=move))
        else:
            programme.do(move[0], move[1], in_thread_of=move[2])
    first, second = (programme.decide(by, line, in_thread_of=where) for by, line, where in (one, other))
    programme.keep(first, number=1)
    try:
        programme.keep(second, number=1)
    except AssertionError:  # built on records that changed: the engine decides again
        programme.do(other[0], other[1], in_thread_of=other[2])
    check(programme.roster())


@pytest.mark.parametrize(
    ("asks", "accepts"),
    [
        pytest.param(("ada", "bob"), ("bob", "ada"), id="each mentors the other: a circle"),
        pytest.param(("ada", "cleo"), ("bob", "bob"), id="one mentor, one seat, two mentees"),
        pytest.param(("ada", "ada"), ("bob", "cleo"), id="one mentee, two mentors"),
    ],
)
def test_of_two_acceptances_at_once_only_one_holds(asks: tuple[str, str], accepts: tuple[str, str]) -> None:
    programme = Programme(config=CONFIG, logins=PEOPLE)
    for mentee in dict.fromkeys(asks):
        programme.do(mentee, "mentor me")
    programme.now += timedelta(hours=1)  # the short lock is over: any mentor may take any of them
    first, second = (
        programme.decide(mentor, "mentor accept", in_thread_of=mentee)
        for mentee, mentor in zip(asks, accepts, strict=True)
    )
    programme.keep(first, number=1)
    with pytest.raises(AssertionError, match="has version"):
        programme.keep(second, number=1)
    assert programme.do(accepts[1], "mentor accept", in_thread_of=asks[1]) == "confused"
    check(programme.roster())


@given(moves)
@settings(parent=patiently, max_examples=25)
def test_nobody_waits_for_ever_without_somebody_being_told(moves: list[tuple[str, str, str] | int]) -> None:
    programme = Programme(config=CONFIG, logins=PEOPLE)
    for move in moves:
        if isinstance(move, int):
            programme.sweep(timedelta(hours=move))
        else:
            programme.do(move[0], move[1], in_thread_of=move[2])
    told: dict[str, timedelta] = {}
    start = programme.now
    for _ in range(60):
        for plan in programme.sweep(timedelta(days=1)):
            for action in plan.actions:
                if isinstance(action, Comment):
                    told[action.key.split("/", 1)[0]] = programme.now - start
    for pair in programme.roster().pairs:
        if pair.state in {
            PairState.ASKED,
            PairState.OFFERED,
            PairState.ACTIVE,
            PairState.PROPOSED,
            PairState.OFFERED_BACK,
        }:
            last = told.get(f"pair {pair.mentee.id}", timedelta(0))
            assert timedelta(days=60) - last <= timedelta(days=15), f"{pair.key} is {pair.state}, unseen"


def test_two_hundred_mentees_share_forty_mentors_fairly() -> None:
    mentors = {
        person.id: Seats(person=person, capacity=5) for person in (a_person(f"mentor{n}") for n in range(40))
    }
    waiting = [
        MentoringPair(mentee=a_person(f"mentee{n}"), area="", state=PairState.ASKED, asked_at=NOW)
        for n in range(200)
    ]
    roster = Roster(pairs=tuple(waiting), mentors=mentors)
    known = MatchingFacts(past=Expertise(), now=NOW, active_within=Duration.parse("90 days"))
    for pair in roster.queue():
        best = proposals(request_of(pair, NOW), roster, known)[0]
        doing = PairEventDetails(event=PairEvent.FOUND, now=NOW, mentor=best.mentor)
        roster = roster.with_pair(apply_event(pair, doing, roster).pair, asked_at=NOW)
    assert {roster.claims(seats.person) for seats in mentors.values()} == {5}, "fair: each is asked as often"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("ada", "mentor me docs", "ada"), ("dora", "mentor me docs", "dora"), id="asked"),
        pytest.param(("bob", "mentor offer", "ada"), ("bob", "mentor offer", "dora"), id="offered"),
        pytest.param(
            ("olga", "mentor pair @ada @bob", "olga"),
            ("olga", "mentor pair @dora @bob", "olga"),
            id="proposed",
        ),
        pytest.param(("bob", "mentor offer", "ada"), ("dora", "mentor me docs", "dora"), id="both"),
    ],
)
def test_of_two_offers_of_the_last_seat_at_once_only_one_holds(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    only_bob = config_of("{areas: {docs: }, mentors: [{login: bob, capacity: 1}]}")
    programme = Programme(config=only_bob, logins=PEOPLE)
    first, second = (programme.decide(by, line, in_thread_of=where) for by, line, where in (one, other))
    programme.keep(first, number=1)
    with pytest.raises(AssertionError, match="has version"):
        programme.keep(second, number=1)
    programme.do(other[0], other[1], in_thread_of=other[2])
    assert programme.roster().claims(a_person("bob")) == 1


def test_all_who_wait_are_matched_in_one_round_of_the_clock() -> None:
    programme = Programme(config=config_of("{mentors: [bob, cleo]}"), logins=PEOPLE)
    for login in ("bob", "cleo"):
        programme.do(login, "mentor away 2 weeks")
    for login in ("ada", "dora", "olga"):
        programme.do(login, "mentor me")
    for login in ("bob", "cleo"):
        programme.do(login, "mentor away")
    programme.sweep(timedelta(hours=1))
    assert programme.roster().queue() == ()
