"""Nothing is said in paused repositories, in threads that are over, junk or new, nor to crowds at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mentorbot.core.actions import (
    AddLabel,
    CloseIssue,
    Comment,
    DecideGreetings,
    Occasion,
    OpenIssue,
    RequestReview,
)
from mentorbot.core.people import Person
from mentorbot.db.store import Store
from mentorbot.feature_api.muting import Pause
from mentorbot.feature_api.records import remember
from tests.builders import NOW
from tests.engine.office import Office, working
from tests.engine.office import an_office as plain_office
from tests.engine.silence_office import (
    ADA,
    BOB,
    EVE,
    a_hello,
    a_thread,
    an_office,
    decide,
    later,
    words,
)
from tests.engine.test_act import HERE, state_of
from tests.engine.test_crashes import a_worker, lines_of
from tests.patience import PATIENCE


async def test_a_paused_repository_is_silent_and_commands_are_answered(store: Store) -> None:
    office = await an_office(store)
    await decide(office, words("before"), a_hello(EVE))
    await decide(office, remember(Pause(NOW + timedelta(days=7)), key=Pause.KEY), asked=True)

    await decide(
        office,
        RequestReview(key="ask", number=4, reviewer=BOB),
        words("party", occasion=Occasion.CELEBRATION),
        words("no answer to anybody", occasion=Occasion.ANSWER),
        AddLabel(key="label", number=4, label="awaiting changes"),
    )
    await decide(office, words("asked for", "Somebody asked for this"), asked=True)
    await office.work()

    assert office.said == ["Somebody asked for this"]
    assert {type(one) for one in office.app.pen.done} == {Comment, AddLabel}
    paused = "held back, as this whole repository is paused until 9 March 2026"
    assert await state_of(store, "before") == ("dropped", paused)


async def test_after_a_pause_things_are_said_again_and_issues_that_waited_are_opened(store: Store) -> None:
    office = await an_office(store)
    await decide(office, remember(Pause(NOW + timedelta(hours=1)), key=Pause.KEY), asked=True)
    await decide(office, OpenIssue(key="week", title="The week", body="Nothing"), words("in the pause"))
    await office.work()
    assert office.app.pen.done == []

    await later(office, timedelta(hours=1))
    await decide(office, words("after it"))
    await office.work()

    assert [type(one) for one in office.app.pen.done] == [OpenIssue, Comment]
    assert office.said == ["@ada, please look"]


@pytest.mark.parametrize(
    ("is_like", "why"),
    [
        ({"closed_at": NOW}, "it is closed by now, and I say nothing in closed threads"),
        ({"locked": True}, "it is locked, and I say nothing in locked threads"),
        ({"labels": frozenset({"Spam"})}, "it has the label “spam”, and I say nothing where that is"),
    ],
    ids=["closed", "locked", "junk"],
)
async def test_nothing_is_said_in_a_thread_that_is_over_or_junk(
    store: Store, is_like: dict[str, Any], why: str
) -> None:
    office = await an_office(store)
    nudge = words(occasion=Occasion.NUDGE)
    await decide(office, nudge, a_hello(EVE), RequestReview(key="ask", number=4, reviewer=BOB))
    await a_thread(store, **is_like)

    await decide(office, AddLabel(key="label", number=4, label="seen"))
    await decide(office, words("asked for", "Somebody asked"), asked=True)
    await office.work()

    assert office.said == ["Somebody asked"]
    assert len(office.app.pen.done) == 2
    assert await state_of(store, "k") == ("dropped", why)


async def test_a_merge_is_celebrated_though_its_thread_is_closed_and_nobody_is_greeted_there(
    store: Store,
) -> None:
    office = await an_office(store)
    await a_thread(store, closed_at=NOW, merged_at=NOW)

    await decide(office, a_hello(EVE), words("party", occasion=Occasion.CELEBRATION))
    await office.work()

    assert office.said == ["@ada, please look"]


@pytest.mark.parametrize(
    ("config", "said"),
    [("greeter:\nignore: {labels: [wontfix]}\n", 0), ("greeter:\nignore: off\n", 1), ("greeter:\n", 1)],
)
async def test_a_repository_says_which_labels_are_junk(store: Store, config: str, said: int) -> None:
    office = await an_office(store, config)
    await a_thread(store, labels=frozenset({"Wontfix"}))
    await decide(office, words())
    await office.work()
    assert len(office.said) == said


async def test_what_a_thread_is_like_is_known_from_whoever_tells_last(store: Store) -> None:
    office = await an_office(store)
    await a_thread(store, labels=frozenset({"spam"}), locked=True)
    await a_thread(store, as_of=NOW + timedelta(minutes=1))  # it tells nothing of either
    await decide(office, words("still junk"))
    await office.work()
    await a_thread(store, as_of=NOW + timedelta(minutes=2), labels=frozenset(), locked=False)
    await decide(office, words("no more"))
    await office.work()
    assert len(office.said) == 1
    assert (await state_of(store, "still junk"))[0] == "dropped"


async def test_a_new_thread_is_left_to_settle_and_then_spoken_in(store: Store) -> None:
    office = await an_office(store, "greeter:\nsettle: 10 minutes\n")
    await a_thread(store, number=4)
    await a_thread(store, number=5)
    await decide(office, a_hello(ADA), a_hello(EVE, number=5))
    await decide(office, words("asked for", "Somebody asked"), asked=True)
    await office.work()
    assert office.said == ["Somebody asked"]
    why = "it is new, and I wait a little before I say anything"
    assert await state_of(store, f"person {ADA.id}") == ("due", why)

    await a_thread(store, number=5, as_of=NOW + timedelta(minutes=3), labels=frozenset({"spam"}))
    await later(office, timedelta(minutes=9))
    assert office.said == ["Somebody asked"]
    await later(office, timedelta(minutes=1))

    assert office.said == ["Somebody asked", "Hello @ada"]
    assert (await state_of(store, f"person {EVE.id}"))[0] == "dropped"


async def test_a_greeting_that_is_a_week_late_is_dropped(store: Store) -> None:
    office = await an_office(store)
    await a_thread(store, opened_at=NOW - timedelta(days=8))
    await decide(office, a_hello(ADA))
    await office.work()
    assert office.said == []


async def a_crowd(office: Office, *, of: int, first: int = 100) -> list[str]:
    """So many newcomers, each with a pull request and a greeting that waits; their greetings' keys."""
    newcomers = [Person(first + number, f"p{first + number}") for number in range(of)]
    for person in newcomers:
        await a_thread(
            office.store, number=person.id, author=person, as_of=office.now[0], opened_at=office.now[0]
        )
        await decide(office, a_hello(person, number=person.id), about=person)
    return [f"person {person.id}" for person in newcomers]


def asked_in(office: Office) -> list[OpenIssue]:
    return [one for one in office.app.pen.done if isinstance(one, OpenIssue)]


async def test_twenty_newcomers_in_an_hour_are_greeted(store: Store) -> None:
    office = await an_office(store)
    await a_crowd(office, of=20)
    office.wait(timedelta(hours=1, minutes=1))
    await a_crowd(office, of=3, first=200)
    await office.work()
    assert len(office.said) == 23
    assert asked_in(office) == []


async def test_more_are_held_back_and_maintainers_are_asked_once(store: Store) -> None:
    office = await an_office(store)
    await a_crowd(office, of=20)
    await office.work()

    held = await a_crowd(office, of=5, first=200)
    async with working(office), working(office):
        await office.engine.settled()

    assert len(office.said) == 20
    [issue] = asked_in(office)
    assert "`/mentorbot greet all`" in issue.body
    assert "more than 20 new people came within an hour" in issue.body
    assert {(await state_of(store, key))[0] for key in held} == {"due"}
    assert await store.held_greetings.waiting(1) == 5
    await later(office, timedelta(hours=3))
    assert len(office.said) == 20, "they wait for maintainers, not for the hour to pass"
    assert {entry.verb for entry in await store.journal.about(1, 4, limit=5)} == {"waits"}


def decided(*, send: bool) -> DecideGreetings:
    return DecideGreetings(send=send, word="So be it.", because="@olga wants it so")


@pytest.mark.parametrize("send", [True, False], ids=["all", "none"])
async def test_maintainers_decide_what_becomes_of_them(store: Store, *, send: bool) -> None:
    office = await an_office(store)
    held = await a_crowd(office, of=25)
    await office.work()
    assert office.said == [], "they came within one hour, before any was greeted"

    await asyncio.gather(*(decide(office, decided(send=send), asked=True) for _ in range(3)))
    await office.work()

    assert len(office.said) == len(set(office.said)) == (25 if send else 0)
    [close] = [one for one in office.app.pen.done if isinstance(one, CloseIssue)]
    assert close.body == "So be it."
    assert {(await state_of(store, key)) for key in held} == {
        ("done", None) if send else ("dropped", "@olga wants it so")
    }
    await a_crowd(office, of=2, first=300)
    await office.work()
    assert len(asked_in(office)) == 2, "a new crowd is another question"


async def test_one_newcomer_with_many_pull_requests_is_held_back(store: Store) -> None:
    office = await an_office(store)
    for number in range(4, 8):
        await a_thread(store, number=number, author=ADA)
    await a_thread(store, number=9, author=BOB)
    await decide(office, a_hello(ADA), a_hello(BOB, number=9))
    await office.work()
    assert office.said == ["Hello @bob"]
    [issue] = asked_in(office)
    assert "one person who is new here has 4 open pull requests" in issue.body


@pytest.mark.parametrize(
    "is_like", [{"closed_at": NOW}, {"closed_at": NOW, "merged_at": NOW}], ids=["closed", "merged"]
)
async def test_only_open_first_pull_requests_count(store: Store, is_like: dict[str, Any]) -> None:
    office = await an_office(store)
    for number in range(4, 7):
        await a_thread(store, number=number, author=ADA)
    await a_thread(store, number=7, author=ADA, **is_like)
    await decide(office, a_hello(ADA))
    await office.work()
    assert office.said == ["Hello @ada"]


async def test_greetings_nobody_decided_about_are_dropped_in_the_end(store: Store) -> None:
    office = await an_office(store)
    [first, *_] = await a_crowd(office, of=21)
    await office.work()
    await store.retention.prune(now=NOW + timedelta(days=6))
    assert await store.held_greetings.waiting(1) == 21
    await store.retention.prune(now=NOW + timedelta(days=8))
    assert await store.held_greetings.waiting(1) == 0
    assert await state_of(store, first) == ("dropped", "nobody said in time what becomes of it")


async def test_a_crowd_is_asked_about_once_however_often_workers_are_killed(
    store: Store, database_url: str, file: Path
) -> None:
    office = plain_office(store)
    await store.repositories.put(5, [HERE], as_of=NOW)
    await store.configs.put(1, await office.app.here.config_sources(), {}, now=NOW)
    await a_crowd(office, of=22)
    for moment in (0.3, 0.7):
        with a_worker(database_url, file) as worker:
            await asyncio.sleep(moment)
            worker.kill()
    with a_worker(database_url, file), a_worker(database_url, file):
        await office.engine.settled(within=PATIENCE)

    assert await store.held_greetings.waiting(1) == 22
    [asked] = lines_of(file)
    assert asked.startswith("greeter/1/greetings held since ")
    await decide(office, decided(send=True), asked=True)
    with a_worker(database_url, file) as worker:
        await asyncio.sleep(0.5)
        worker.kill()
    with a_worker(database_url, file), a_worker(database_url, file):
        await office.engine.settled(within=PATIENCE)

    assert Counter(line for line in lines_of(file) if "person" in line) == Counter(
        f"greeter/1/person {100 + number}" for number in range(22)
    )
    assert len(lines_of(file)) == 24, "a question, the greetings, and the end of the question"
