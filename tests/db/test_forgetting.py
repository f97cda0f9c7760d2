"""Forgetting a person takes what is theirs, all of it, and nothing else; and it lasts."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from mentorbot.core.actions import OUTLIVES_PEOPLE, Comment, Occasion, Remember, RequestReview
from mentorbot.core.people import Association, Person
from mentorbot.db.connection import text
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.effects import Effect
from mentorbot.db.forget_list import NoKey, add_to_list
from mentorbot.db.ingest import ingest
from mentorbot.db.journal import DecisionNote
from mentorbot.db.store import Store
from mentorbot.db.tables import metadata
from mentorbot.domain.contributions import AnswerSeen, IngestBatch, PersonSeen, ReviewSeen, ThreadSeen
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from tests.builders import NOW
from tests.stored_effects import effects_of

EVE = Person(987654321, "eve-quimby")
ADA = Person(123456789, "ada")
SEVEN = Person(7, "ada")
LOVELACE = Person(8, "ada-lovelace")


def a_comment(key: str, *mentions: Person, body: str = "", number: int = 4) -> Comment:
    return Comment(
        key=key,
        number=number,
        body=body or f"Hello {' and '.join(f'@{one.login}' for one in mentions)}",
        occasion=Occasion.CELEBRATION,
        mentions=mentions,
    )


def an_effect(action: Comment | RequestReview, *people: Person, because: str = "so") -> Effect:
    return Effect(
        key=f"greeter/1/{action.key}",
        feature="greeter",
        installation_id=5,
        repository_id=1,
        action=action,
        because=because,
        people=tuple(person.id for person in people),
    )


def greeting(person: Person) -> Effect:
    comment = a_comment(f"person {person.id}", person)
    return an_effect(comment, person, because=f"first pull request by @{person.login}")


async def live_a_life(store: Store, person: Person, number: int) -> None:
    await learn(store, a_life(person, number))
    await write(
        store, DecisionNote(at=NOW, feature="f", acted=True, because=f"@{person.login} came", repository_id=1,
                    person_id=person.id, people=(person.id,))
    )  # fmt: skip
    await add(store, greeting(person))
    await keep(store, Remember(kind=f"k{number}", key=f"person {person.id}", value={}, whose=person.id))
    entries = {"entries": [{"by": {"id": person.id, "login": person.login}}]}
    await keep(store, Remember(kind=f"k{number}", key="ledger", value=entries, about=(person.id,)))
    await deliver(store, f"d{number}", {"sender": {"id": person.id, "login": person.login}}, state="done")


def a_life(person: Person, number: int) -> IngestBatch:
    at = NOW - timedelta(days=number)
    return IngestBatch(
        repository_id=1,
        as_of=NOW,
        sightings=[
            ThreadSeen(
                number=number, is_pull_request=True, author=person, association=Association.MEMBER,
                title=f"Work of {person.login}", opened_at=at,
            ),
            ReviewSeen(number=number + 1, by=person, at=at),
            AnswerSeen(number=number + 1, by=person, at=at),
            PersonSeen(person=person),
        ],
        beginnings=[
            PullRequestTimeline(number=number, author=person, opened_at=at, head=f"{person.login}:fix")
        ],
        acts=[(number, Act(kind=ActKind.COMMENTED, at=at, id=f"comment-{number}", by=person, body="…"))],
    )  # fmt: skip


async def learn(store: Store, *lessons: IngestBatch) -> None:
    async with store.transaction() as connection:
        await ingest(connection, lessons)


async def write(store: Store, *notes: DecisionNote) -> None:
    async with store.transaction() as connection:
        await store.journal.write(connection, notes)


async def add(store: Store, *effects: Effect) -> list[tuple[int, Effect]]:
    async with store.transaction() as connection:
        return await store.effects.add(connection, effects, now=NOW)


async def keep(store: Store, remember: Remember, *, feature: str = "f") -> None:
    async with store.transaction() as connection:
        await store.records.remember(connection, feature, 1, remember)


async def deliver(store: Store, id_: str, payload: object, *, state: str) -> None:
    delivery = StoredDelivery(
        id=id_, event="issues", received_at=NOW, payload=json.dumps(payload).encode(), repository_id=1,
        state=state,
    )  # fmt: skip
    await store.deliveries.receive([(delivery, None)])


async def rows_of(store: Store) -> dict[str, list[str]]:
    """Every row of every table as JSON, with payloads readable."""
    found = {}
    async with store.database.reading() as connection:
        for table in metadata.sorted_tables:
            rows = await connection.execute(text(f"SELECT to_jsonb(t)::text FROM {table.name} AS t"))  # noqa: S608 - our own tables
            found[table.name] = sorted(rows.scalars())
    return found


async def everything(store: Store) -> str:
    return "\n".join(f"{table} {row}" for table, rows in (await rows_of(store)).items() for row in rows)


async def test_nothing_tells_of_a_forgotten_person_and_others_are_remembered(store: Store) -> None:
    await live_a_life(store, EVE, 40)
    await live_a_life(store, ADA, 50)

    touched = await store.forgetting.forget(EVE)

    left = await everything(store)
    assert str(EVE.id) not in left
    assert EVE.login not in left.lower()
    assert f"person {ADA.id}" in left
    assert ADA.login in left
    assert touched["people"] == 1
    assert (await store.deliveries.load(["d40"]))["d40"].payload is None
    assert (await store.deliveries.load(["d50"]))["d50"].payload is not None


async def test_what_has_the_same_number_as_somebody_stays(store: Store) -> None:
    await live_a_life(store, LOVELACE, 7)  # a pull request number 7, comment 7
    await keep(store, Remember(kind="queue", key="pull request 7", value={"count": 7, "numbers": [7]}))
    await keep(store, Remember(kind="queue", key="7", value={"comment": 7}))
    await add(store, an_effect(a_comment("pull request 7/rung 1", LOVELACE, body="#7", number=7), LOVELACE))
    await deliver(store, "seven", {"number": 7, "sender": {"id": 8, "login": "ada-lovelace"}}, state="done")
    before = await rows_of(store)

    await store.forgetting.forget(SEVEN)

    after = await rows_of(store)
    assert {name: rows for name, rows in after.items() if rows != before[name]}.keys() == {"forgotten"}


async def test_a_login_is_not_found_in_a_longer_one(store: Store) -> None:
    named = Person(7, "ada")
    because = "asked @ada-lovelace and @Ada, not @ada_x; @ada."
    people = (7, 8)
    await learn(store, a_life(named, 40), a_life(LOVELACE, 50))
    await write(
        store, DecisionNote(at=NOW, feature="f", acted=True, because=because, repository_id=1, people=people)
    )
    comment = a_comment("pull request 3/rung 1", named, LOVELACE, body="@\u200bada, @ada-lovelace")
    await add(store, an_effect(comment, named, LOVELACE, because=because))

    await store.forgetting.forget(named)

    nobody = "somebody who asked to be forgotten"
    retold = f"asked @ada-lovelace and {nobody}, not @ada_x; {nobody}."
    [(_, entry)] = await store.journal.latest()
    assert entry.because == retold
    [effect] = await effects_of(store, 1)
    assert isinstance(effect.action, Comment)
    assert effect.action.body == f"{nobody}, @ada-lovelace"
    assert effect.action.mentions == (LOVELACE,)
    assert (effect.because, effect.people) == (retold, (8,))
    assert effect.state == "dropped"


async def test_what_others_remember_together_with_somebody_loses_only_them(store: Store) -> None:
    ours = {OUTLIVES_PEOPLE: True, "count": EVE.id, "person": {"id": ADA.id, "login": "ada"}}
    asked = [{"by": {"id": one.id, "login": one.login}, "n": 1} for one in (EVE, ADA)]
    value = {**ours, "about": {"id": EVE.id, "login": EVE.login}, "asked": asked}
    await keep(store, Remember(kind="entry", key="a", value=value, whose=ADA.id, about=(ADA.id, EVE.id)))
    await keep(store, Remember(kind="entry", key="b", value=value, whose=EVE.id, about=(ADA.id,)))

    await store.forgetting.forget(EVE)

    [record] = await store.records.all("f", 1, "entry")
    assert record.key == "a"
    assert record.value == {**ours, "about": None, "asked": asked[1:]}


async def test_what_was_to_be_done_to_somebody_or_given_up_is_not_done(store: Store) -> None:
    effects = [
        greeting(EVE),
        an_effect(RequestReview(key="rung 1/ask", number=4, reviewer=EVE), EVE),
        an_effect(a_comment("pull request 4/rung 1", EVE, ADA), EVE, ADA),
    ]
    for id_, effect in await add(store, *effects):
        if effect is effects[0]:
            async with store.transaction() as connection:
                done = await store.effects.get(id_)
                assert done is not None
                await store.effects.finish(connection, done, state="parked", now=NOW, why="no")

    await store.forgetting.forget(EVE)

    assert await store.parked.effects() == []
    assert {effect.state for effect in await effects_of(store, 1)} == {"dropped"}


async def test_somebody_who_was_renamed_is_forgotten_by_every_name(store: Store) -> None:
    await learn(store, a_life(EVE, 40))
    note = DecisionNote(at=NOW, feature="f", acted=True, because="@eve-quimby and @ada", repository_id=1,
                people=(ADA.id, EVE.id))  # fmt: skip
    await write(store, note)
    renamed = Person(EVE.id, "newname")
    later = NOW + timedelta(days=1)
    await learn(store, IngestBatch(repository_id=1, as_of=later, sightings=[PersonSeen(person=renamed)]))

    await store.forgetting.forget(renamed)

    assert "eve-quimby" not in await everything(store)


async def test_erasing_again_finds_nothing_where_nothing_came_back(store: Store) -> None:
    await live_a_life(store, EVE, 40)
    await store.forgetting.forget(EVE)
    before = await rows_of(store)

    assert await store.forgetting.erase_again() == {}
    assert await rows_of(store) == before


async def test_a_forgotten_person_is_not_greeted_as_new_once_more(store: Store) -> None:
    await live_a_life(store, EVE, 40)
    await store.forgetting.forget(EVE)

    assert await add(store, greeting(EVE)) == []


async def test_nothing_new_is_kept_of_somebody_who_is_forgotten(store: Store) -> None:
    await store.forgetting.forget(EVE)
    asked = Act(kind=ActKind.REVIEW_REQUESTED, at=NOW, id="event-1", by=ADA, subject=EVE)
    said = Act(kind=ActKind.COMMENTED, at=NOW, id="comment-9", by=ADA, body="Thanks, @eve-quimby!")
    whole = PullRequestTimeline(number=60, author=EVE, opened_at=NOW, acts=(asked, said))

    await learn(store, a_life(EVE, 40), IngestBatch(repository_id=1, as_of=NOW, timelines=(whole,)))
    await keep(store, Remember(kind="k", key="x", value={}, whose=EVE.id))
    await keep(store, Remember(kind="k", key="y", value={}, about=(EVE.id,)))
    await store.people.remember_asking(1, EVE, now=NOW)

    left = await everything(store)
    assert str(EVE.id) not in left
    assert EVE.login not in left
    timeline = await store.timelines.get(1, 60)
    assert timeline is not None
    assert timeline.author is not None
    assert timeline.author.is_nameless
    by_id = {act.id: act for act in timeline.acts}
    assert by_id["event-1"].subject == timeline.author, "in one pull request, they stay one and the same"
    assert by_id["event-1"].by == ADA
    other = await store.timelines.get(1, 40)
    assert other is not None
    assert other.author != timeline.author, "nobody can follow them from one to another"


async def test_whoever_wants_something_of_the_bot_is_remembered_from_then_on(store: Store) -> None:
    await learn(store, a_life(EVE, 40))
    await store.forgetting.forget(EVE, now=NOW)
    afterwards = NOW + timedelta(seconds=1)

    assert not await store.forgetting.remember_again(EVE, said_at=NOW - timedelta(days=1))
    assert await store.forgetting.remember_again(EVE, said_at=afterwards)

    assert not await store.forgetting.remember_again(EVE, said_at=afterwards)
    assert await store.forgetting.forgotten_among([EVE.id]) == frozenset()
    await learn(store, a_life(EVE, 40))
    assert await store.people.named(EVE.login) == EVE
    timeline = await store.timelines.get(1, 40)
    assert timeline is not None
    assert timeline.acts[0].by == EVE, "what was nameless is told anew"


async def test_what_comes_back_out_of_an_older_dump_is_erased_again(store: Store) -> None:
    await live_a_life(store, ADA, 50)
    assert await store.forgetting.erase_again() == {}
    before = await rows_of(store)
    await live_a_life(store, EVE, 40)
    async with store.transaction() as connection:  # the list outlives what is restored
        await add_to_list(connection, EVE.id, now=NOW)

    touched = await store.forgetting.erase_again()

    after = await rows_of(store)
    left = "\n".join(row for rows in after.values() for row in rows)
    assert touched["people"] == 1
    assert str(EVE.id) not in left
    assert EVE.login not in left
    for table in set(before) - {"forgotten", "deliveries"}:
        assert set(before[table]) <= set(after[table])


async def test_without_the_key_nobody_is_taken_for_somebody_who_may_be_remembered(store: Store) -> None:
    await store.forgetting.forget(EVE)
    async with store.transaction() as connection:
        await connection.execute(text("DELETE FROM secrets WHERE name = 'forgotten'"))

    with pytest.raises(NoKey, match="mentorbot backup"):
        await learn(store, a_life(ADA, 50))


async def test_with_time_payloads_then_ids_then_the_journal_go(store: Store) -> None:
    await live_a_life(store, ADA, 40)
    waiting = StoredDelivery(id="waiting", event="issues", received_at=NOW, payload=b"{}")
    await store.deliveries.receive([(waiting, None)])

    await store.retention.prune(now=NOW + timedelta(days=13))
    assert (await store.deliveries.load(["d40"]))["d40"].payload is not None

    await store.retention.prune(now=NOW + timedelta(days=15))
    assert (await store.deliveries.load(["d40"]))["d40"].payload is None

    await store.retention.prune(now=NOW + timedelta(days=31))
    assert await store.deliveries.known(["d40", "waiting"]) == {"waiting"}
    assert len(await store.journal.latest()) == 1

    await store.retention.prune(now=NOW + timedelta(days=181))
    assert await store.journal.latest() == []


async def test_a_payload_that_is_still_needed_stays_and_one_given_up_is_not_tried_again(store: Store) -> None:
    shown = {"sender": {"id": EVE.id, "login": "Eve-Quimby"}}
    await deliver(store, "new", shown, state="received")
    await deliver(store, "parked", shown, state="parked")
    await deliver(store, "other", {"sender": {"login": "eve"}, "body": "@eve-quimby-x"}, state="parked")

    await store.forgetting.forget(EVE)

    found = await store.deliveries.load(["new", "parked", "other"])
    assert found["new"].payload is not None
    assert (found["parked"].payload, found["parked"].state) == (None, "ignored")
    assert (found["other"].payload is not None, found["other"].state) == (True, "parked")


@pytest.mark.parametrize(
    "shown",
    [
        {"commits": [{"author": {"name": "Eve", "username": "eve-quimby"}}]},
        {"commits": [{"author": {"name": "Eve", "email": "987654321+Eve-Quimby@users.noreply.github.com"}}]},
        {"pull_request": {"head": {"repo": {"full_name": "eve-quimby/rockets"}}}},
    ],
)
async def test_payloads_of_others_that_show_somebody_s_commits_or_repositories_go(
    store: Store, shown: dict[str, object]
) -> None:
    await deliver(store, "theirs", shown, state="done")
    await deliver(store, "other", {"commits": [{"author": {"username": "eve-quimby-x"}}]}, state="done")

    await store.forgetting.forget(EVE)

    found = await store.deliveries.load(["theirs", "other"])
    assert found["theirs"].payload is None
    assert found["other"].payload is not None


async def test_what_a_bot_wrote_about_somebody_loses_their_name_though_it_has_no_at_sign(
    store: Store,
) -> None:
    bot = Person(77, "mentorbot[bot]", is_bot=True)
    opening = PullRequestTimeline(number=4, author=ADA, opened_at=NOW, acts=())
    words = "It is the author's turn (eve-quimby), not that of eve-quimby-x."
    said = [Act(kind=ActKind.COMMENTED, at=NOW, by=by, id=f"c{by.id}", body=words) for by in (bot, LOVELACE)]
    await learn(
        store,
        IngestBatch(repository_id=1, as_of=NOW, beginnings=(opening,), acts=tuple((4, act) for act in said)),
    )

    await store.forgetting.forget(EVE)

    acts = (await rows_of(store))["acts"]
    assert sum("(somebody who asked to be forgotten), not that of eve-quimby-x" in act for act in acts) == 1
    assert sum("(eve-quimby)" in act for act in acts) == 1, "a login may be a word like any other"
