"""Nothing is said to who wants to be left alone, nor where there is silence: whatever feature wants to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import (
    Action,
    AddLabel,
    Comment,
    EditIssue,
    Occasion,
    OpenIssue,
    React,
    RemoveReviewRequest,
    RequestReview,
)
from mentorbot.core.errors import Impossible
from mentorbot.core.events import Reactable
from mentorbot.core.people import Person
from mentorbot.db.connection import text
from mentorbot.db.effects import Effect
from mentorbot.db.ingest import ingest
from mentorbot.db.silence import keep_wish
from mentorbot.db.store import Store
from mentorbot.domain.anonymization import mentioned, without_notifying
from mentorbot.domain.contributions import IngestBatch, PersonSeen
from mentorbot.engine.jobs import act_job
from mentorbot.engine.ports import hide_forgotten_people
from mentorbot.engine.priorities import Rank
from mentorbot.engine.retries import RetryLater
from mentorbot.engine.silence import Discretion
from mentorbot.feature_api.muting import Pause
from mentorbot.feature_api.records import remember
from tests.builders import NOW
from tests.engine.office import FakeReader, a_pull_by, working
from tests.engine.office import an_office as plain_office
from tests.engine.silence_office import (
    ABOUT_ADA,
    ADA,
    ALONE,
    BOB,
    EVE,
    a_thread,
    a_wish,
    an_office,
    decide,
    seen,
    words,
)
from tests.engine.test_act import state_of
from tests.engine.test_crashes import a_worker, lines_of
from tests.patience import PATIENCE
from tests.stored_effects import effects_of


@pytest.mark.parametrize("action", ABOUT_ADA)
@pytest.mark.parametrize("asked", [False, True], ids=["unasked", "as others asked"])
async def test_who_wants_to_be_left_alone_is_told_nothing(
    store: Store, action: Action, *, asked: bool
) -> None:
    office = await an_office(store)
    await seen(store, ADA)
    await decide(office, a_wish())

    await decide(office, action, asked=asked, about=ADA)
    await office.work()

    assert office.app.pen.done == []
    assert await state_of(store, action.key) == ("dropped", ALONE)
    assert f"somebody wanted it; {ALONE}" in await office.why(4)


async def test_effects_that_wait_already_are_dropped_too(store: Store) -> None:
    office = await an_office(store)
    await decide(office, words(), RequestReview(key="ask", number=4, reviewer=ADA))

    await decide(office, a_wish())
    await office.work()

    assert office.app.pen.done == []


async def test_what_tells_several_people_goes_on_for_the_others(store: Store) -> None:
    office = await an_office(store)
    await seen(store, ADA)
    await decide(office, a_wish())

    await decide(
        office,
        words("both", "@ada and @bob, have a look; @Ada first", mentions=(ADA, BOB)),
        words("bob", "@bob, ask @ada, not @ada-lovelace", mentions=(BOB,)),
        OpenIssue(key="week", title="Mentors: @ada", body="@ada has 3, @bob has 1"),
        EditIssue(key="week 2", issue="week", title="Mentors", body="@ada has 2"),
    )
    await office.work()

    assert sorted(office.said) == ["@bob, ask ada, not @ada-lovelace", "ada and @bob, have a look; Ada first"]
    bodies = {one.body for one in office.app.pen.done if isinstance(one, OpenIssue | EditIssue)}
    assert bodies == {"ada has 3, @bob has 1", "ada has 2"}


async def test_their_own_commands_are_answered_and_others_answers_do_not_tell_them(store: Store) -> None:
    office = await an_office(store)
    await seen(store, ADA)
    await decide(office, a_wish())
    source = Reactable(kind="issue_comment", id=9, node_id="", url="")

    for by, body in ((ADA, "@ada, here you are"), (BOB, "@bob, your mentor is @ada")):
        reply = Comment(key="", number=4, body=body, occasion=Occasion.ANSWER, mentions=(by,))
        effect = Effect(
            key=f"answers/1/{by.id}",
            feature="help",
            installation_id=5,
            repository_id=1,
            action=reply,
            because="asked",
            asked=True,
            priority=Rank.ANSWER,
        )
        async with store.transaction() as connection:
            added = await store.effects.add(connection, [effect], now=NOW)
            await store.jobs.defer(connection, [act_job(id_, one) for id_, one in added])
        await office.work()
    await decide(office, React(key="thumb", number=4, to=source, content="+1"))
    await office.work()

    assert office.said == ["@ada, here you are", "@bob, your mentor is ada"]
    assert any(isinstance(one, React) for one in office.app.pen.done)


async def test_words_to_nobody_in_their_own_thread_are_for_them(store: Store) -> None:
    office = await an_office(store)
    await a_thread(store, author=ADA)
    await seen(store, BOB)
    await decide(office, a_wish())

    await decide(
        office, words("k", "Your credit is back.", mentions=()), words("b", "@bob, look", mentions=())
    )
    await office.work()

    assert office.said == ["@bob, look"]


async def test_labels_and_what_takes_back_go_on(store: Store) -> None:
    office = await an_office(store)
    await decide(office, a_wish())

    await decide(
        office,
        AddLabel(key="label", number=4, label="awaiting changes"),
        RemoveReviewRequest(key="unask", number=4, reviewer=ADA),
    )
    await office.work()

    assert len(office.app.pen.done) == 2


async def test_they_are_known_by_id_whatever_they_are_called(store: Store) -> None:
    office = await an_office(store)
    await seen(store, ADA)
    await decide(office, a_wish())
    renamed = Person(ADA.id, "lovelace")
    async with store.transaction() as connection:
        batch = IngestBatch(repository_id=1, as_of=NOW + timedelta(1), sightings=[PersonSeen(person=renamed)])
        await ingest(connection, [batch])

    await decide(
        office,
        words("new", "@lovelace?", mentions=(renamed,)),
        words("told by the store", "@bob, @lovelace", mentions=(BOB,)),
        words("old", "@ada?", mentions=(ADA,)),
        words("other", "@ada?", mentions=(Person(99, "ada"),)),
    )
    await office.work()

    assert sorted(office.said) == ["@ada?", "@bob, lovelace"], "somebody else has their old name"


async def test_a_name_that_the_store_does_not_know_is_looked_up(store: Store) -> None:
    office = await an_office(store)
    office.app.here.accounts = {"ada": ADA, "eve": EVE}
    await decide(office, words("before", "@bob, @eve", mentions=(BOB,)))
    await office.work()
    assert "account eve" not in office.app.here.asked
    await decide(office, a_wish())

    await decide(office, words("k", "@bob, @ada and @eve, @nobody-there", mentions=(BOB,)))
    await office.work()

    assert office.said[-1] == "@bob, ada and @eve, @nobody-there"


async def test_it_outlives_that_they_are_forgotten(store: Store) -> None:
    office = await an_office(store)
    await seen(store, ADA)
    await decide(office, a_wish())
    await store.forgetting.forget(ADA, now=NOW)
    await store.forgetting.remember_again(ADA, said_at=NOW + timedelta(days=1))

    assert await store.silence.left_alone_among([ADA.id, BOB.id]) == {ADA.id}
    await seen(store, ADA)
    await decide(office, words())
    await office.work()

    assert office.app.pen.done == []
    rows = await store.database.fetch(text("SELECT * FROM left_alone"))
    assert [(row._fields, len(row.id_hmac)) for row in rows] == [(("id_hmac", "wanted", "at"), 32)]


@pytest.mark.parametrize("last_first", [False, True], ids=["in order", "the last word arrives first"])
async def test_what_somebody_said_last_counts(store: Store, *, last_first: bool) -> None:
    office = await an_office(store)
    said = [a_wish(), a_wish(wanted=False, said_at=NOW + timedelta(minutes=1))]

    for wish in reversed(said) if last_first else said:
        await decide(office, wish)
    await decide(office, words())
    await office.work()

    assert office.said == ["@ada, please look"]


async def test_a_name_handed_on_is_not_told_on_a_guess(store: Store) -> None:
    office = await an_office(store)
    await seen(store, ADA, Person(99, "ADA"))
    await decide(office, a_wish())

    await decide(office, words("k", "@bob, @ada", mentions=(BOB,)))
    await office.work()

    assert office.said == ["@bob, ada"]


async def test_features_get_nobody_to_ask_who_wants_to_be_left_alone(store: Store) -> None:
    async with store.transaction() as connection:
        await keep_wish(connection, a_wish())

    class Here(FakeReader):
        async def can_be_asked_to_review(self, person: Person) -> bool:
            return True

        async def away(self, people: Any) -> frozenset[Person]:
            assert ADA not in people
            return frozenset({EVE}).intersection(people)

    github = hide_forgotten_people(Here(), store, 1)
    assert not await github.can_be_asked_to_review(ADA)
    assert await github.can_be_asked_to_review(BOB)
    assert await github.away([ADA, BOB, EVE]) == {ADA, EVE}
    assert await github.away([ADA]) == {ADA}


SAID = st.sampled_from([ADA, BOB, EVE])


@given(
    told=st.lists(SAID, unique=True, max_size=3),
    named=st.lists(SAID, max_size=4),
    alone=st.sets(SAID, max_size=3),
)
def test_nobody_is_told_who_is_taken_out_and_everybody_else_is(
    told: Sequence[Person], named: Sequence[Person], alone: set[Person]
) -> None:
    body = " and ".join(f"@{person.login}" for person in (*told, *named))
    left = without_notifying(body, [person.login for person in alone])
    assert mentioned(left) == {person.login for person in (*told, *named)} - {p.login for p in alone}
    assert left.replace("@", "") == body.replace("@", "")


STEPS = st.lists(
    st.tuples(st.sampled_from(["alone", "talk", "say", "work"]), st.sampled_from([ADA, BOB])), max_size=12
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, run=st.uuids())
async def test_the_last_word_before_it_is_said_counts_in_whatever_order_things_come(
    store: Store, steps: Sequence[tuple[str, Person]], run: UUID
) -> None:
    """What waits is said to those who want to hear it at that moment, and to nobody else."""
    office = await an_office(store)
    await decide(office, a_wish(ADA, wanted=False), a_wish(BOB, wanted=False))
    alone, waiting, expected = set[Person](), 0, list[set[str]]()
    for place, (what, person) in enumerate((*steps, ("work", ADA))):
        if what == "say":
            waiting += 1
            await decide(office, words(f"{run} {place}", "@ada, @bob, @eve", mentions=(ADA, BOB, EVE)))
        elif what == "work":
            await office.work()
            expected += [{"ada", "bob", "eve"} - {one.login for one in alone}] * waiting
            waiting = 0
        else:
            alone = alone | {person} if what == "alone" else alone - {person}
            await decide(office, a_wish(person, wanted=what == "alone"))

    assert [mentioned(body) for body in office.said] == expected


async def test_nothing_is_begun_after_a_wish_is_kept_while_two_workers_are_at_it(store: Store) -> None:
    """The very moment decides: what was begun before it may come, nothing that was begun after it."""
    office = await an_office(store)
    many = [words(f"k{number}") for number in range(12)]
    many = [
        replace(one, number=number + 10, occasion=Occasion.CELEBRATION) for number, one in enumerate(many)
    ]
    async with working(office), working(office):
        await decide(office, *many)
        await asyncio.sleep(0)
        await decide(office, a_wish())
        begun = {e.key for e in await effects_of(store, 1) if e.attempts}
        await office.engine.settled()
    ended = {effect.key: effect.state for effect in await effects_of(store, 1)}
    assert {key for key, state in ended.items() if state == "done"} <= begun
    assert set(ended.values()) <= {"done", "dropped"}


async def test_who_wants_to_be_talked_to_is_forgotten_after_a_while(store: Store) -> None:
    async with store.transaction() as connection:
        await keep_wish(connection, a_wish())
        await keep_wish(connection, a_wish(BOB, wanted=False))
    await store.retention.prune(now=NOW + timedelta(days=31))
    assert await store.database.fetch_value(text("SELECT count(*) FROM left_alone")) == 1
    assert await store.silence.left_alone_among([ADA.id]) == {ADA.id}


@pytest.mark.parametrize("silence", ["a person", "a repository", "junk"])
async def test_what_a_killed_worker_had_begun_is_not_said_after_all(
    store: Store, database_url: str, file: Path, silence: str
) -> None:
    office = plain_office(store)
    await office.hear("pull_request", a_pull_by("ada", id_=ADA.id))
    with a_worker(database_url, file, "die before writing") as killed:
        await asyncio.to_thread(killed.wait, PATIENCE)
    effect = await store.effects.keyed(f"greeter/1/person {ADA.id}")
    assert effect is not None
    assert effect.state == "doing"

    if silence == "junk":
        await a_thread(store, as_of=NOW + timedelta(days=1), labels=frozenset({"spam"}))
    else:
        pause = remember(Pause(datetime.now(UTC) + timedelta(days=700)), key=Pause.KEY)
        await decide(office, a_wish() if silence == "a person" else pause, asked=True)
    with a_worker(database_url, file):
        await office.engine.settled(within=PATIENCE)

    assert lines_of(file) == []
    assert (await state_of(store, f"person {ADA.id}"))[0] == "dropped"


async def test_of_very_many_unknown_names_those_nobody_looked_up_are_not_told(store: Store) -> None:
    office = await an_office(store)
    names = [f"z{number:02}" for number in range(25)]
    office.app.here.accounts = {name: Person(500 + place, name) for place, name in enumerate(names)}
    await decide(office, a_wish())
    await decide(office, words("k", " ".join(["@bob", *(f"@{name}" for name in names)]), mentions=(BOB,)))
    await office.work()
    told = mentioned(office.said[0])
    assert "bob" in told
    assert len(told) == 21
    asked = [one for one in office.app.here.asked if one.startswith("account")]
    assert len(asked) == 20


async def test_a_name_that_github_refuses_to_look_up_is_nobodys(store: Store) -> None:
    office = await an_office(store)

    class Refusing(FakeReader):
        async def account(self, login: str) -> Person | None:
            raise Impossible(f"{login}?", status=422)

    office.app.here = Refusing()
    await decide(office, a_wish())
    await decide(office, words("k", "@bob and @what-is-this", mentions=(BOB,)))
    await office.work()
    assert office.said == ["@bob and @what-is-this"]


async def test_a_wish_that_comes_between_looking_and_beginning_is_looked_into(store: Store) -> None:
    office = await an_office(store)
    comment = words("k", "@bob and @ada", mentions=(BOB,))
    await decide(office, comment, a_wish())
    [effect] = await effects_of(store, 1)
    discretion = Discretion(store=store, app=office.app)
    async with store.transaction() as connection:
        with pytest.raises(RetryLater, match="looked up first"):
            await discretion.what_may_be_said(
                connection, effect, comment, names={}, configuration=Configuration(exists=True), now=NOW
            )
