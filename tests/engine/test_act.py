"""Effects are done once, in order, as quietly and as slowly as promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.config.calendar import DEFAULT_CALENDAR
from mentorbot.core.actions import Action, AddLabel, Comment, EditComment, Occasion, Remember
from mentorbot.core.entities import Repository
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.core.nudge_limits import BUSINESS_DAYS_BETWEEN_NUDGES
from mentorbot.core.people import Person
from mentorbot.core.plan import plan
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.engine.decide import Decision
from mentorbot.engine.persist import persist
from tests.builders import NOW, a_person, a_repository
from tests.engine.office import FakeApp, Office, an_office
from tests.engine.test_decide import due_now
from tests.fakes import FakeWriter

ADA = a_person("ada")
HERE = a_repository(owner=Person(2, "acme"))


@dataclass
class Capricious(FakeWriter):
    """A GitHub that refuses the first few times; remembers which attempts it saw."""

    refusals: list[Exception] = field(default_factory=list)
    attempts: list[int] = field(default_factory=list)
    made_with: list[Mapping[str, Any] | None] = field(default_factory=list)

    async def perform(
        self,
        action: Action,
        *,
        repository: Repository,
        key: str,
        attempt: int,
        made: Mapping[str, Any] | None,
    ) -> Mapping[str, Any]:
        self.attempts.append(attempt)
        self.made_with.append(made)
        if self.refusals:
            raise self.refusals.pop(0)
        return await super().perform(action, repository=repository, key=key, attempt=attempt, made=made)


def a_comment(key: str = "k", *, number: int = 4, occasion: Occasion = Occasion.CELEBRATION) -> Comment:
    return Comment(key=key, number=number, body=key, occasion=occasion)


def a_nudge(key: str, *, number: int = 4, mentions: tuple[Person, ...] = (ADA,)) -> Comment:
    return Comment(key=key, number=number, body=key, occasion=Occasion.NUDGE, mentions=mentions)


async def an_office_with(store: Store, *refusals: Exception) -> tuple[Office, Capricious]:
    pen = Capricious(refusals=list(refusals))
    office = an_office(store, app=FakeApp(pen=pen))
    await store.repositories.put(5, [HERE], as_of=NOW)
    await store.configs.put(1, await office.app.here.config_sources(), {}, now=NOW)
    return office, pen


async def decide(
    office: Office, *actions: Action, repository: Repository = HERE, installation: int = 5
) -> None:
    decision = Decision(
        feature="greeter",
        repository=repository,
        installation_id=installation,
        plan=plan(*actions, because="somebody wanted it"),
        at=office.now[0],
        number=actions[0].number,
        delivery="d",
    )
    async with office.store.transaction() as connection:
        await persist(connection, office.store, [decision], now=office.now[0])


async def state_of(store: Store, key: str) -> tuple[str, str | None]:
    effect = await store.effects.keyed(f"greeter/1/{key}")
    assert effect is not None
    return effect.state, effect.why


async def test_the_same_key_decided_twice_is_one_effect(store: Store) -> None:
    office, pen = await an_office_with(store)

    await decide(office, a_comment())
    await decide(office, a_comment())
    await office.work()
    await decide(office, a_comment())
    await office.work()

    assert office.said == ["k"]
    assert pen.keys == ["greeter/1/k"]


async def test_an_answer_that_got_lost_makes_the_second_attempt_look_first(store: Store) -> None:
    office, pen = await an_office_with(store, GitHubUnavailable("the line dropped"))

    await decide(office, a_comment())
    await office.work()
    assert await state_of(store, "k") == ("due", "the line dropped")
    await due_now(store)
    await office.work()

    assert pen.attempts == [1, 2]
    assert (await state_of(store, "k"))[0] == "done"


async def test_a_limit_puts_the_effect_back_until_it_is_lifted_and_needs_no_look(store: Store) -> None:
    office, pen = await an_office_with(store, LimitReached("limit", retry_at=NOW + timedelta(minutes=10)))

    await decide(office, a_comment())
    await office.work()
    async with store.transaction() as connection:
        wait = await connection.scalar(text("SELECT scheduled_at - now() FROM procrastinate_jobs"))
    await due_now(store)
    await office.work()

    assert timedelta(minutes=9) < wait < timedelta(minutes=11)
    assert pen.attempts == [1, 1]


@pytest.mark.parametrize(
    ("refusal", "state", "why"),
    [
        pytest.param(AccessLost("uninstalled"), "dropped", "I may not do this here: uninstalled", id="lost"),
        pytest.param(Impossible("locked", status=403), "parked", "GitHub said no: locked", id="impossible"),
    ],
)
async def test_what_cannot_be_done_ends_with_its_reason_in_the_journal(
    store: Store, refusal: Exception, state: str, why: str
) -> None:
    office, _ = await an_office_with(store, refusal)

    await decide(office, a_comment())
    await office.work()

    assert await state_of(store, "k") == (state, why)
    assert (await office.why(4))[0] == f"somebody wanted it; {why}"


@pytest.mark.parametrize("status", [404, 410])
async def test_what_answers_somebody_who_took_their_words_back_needs_nobodys_attention(
    store: Store, status: int
) -> None:
    office, _ = await an_office_with(store, Impossible("Not Found", status=status))

    await decide(office, a_comment(occasion=Occasion.ANSWER))
    await office.work()

    assert await state_of(store, "k") == ("dropped", "what it answers was deleted")
    assert not (await office.engine.status()).parked_effects


async def test_a_parked_effect_can_be_tried_again(store: Store) -> None:
    office, _ = await an_office_with(store, Impossible("locked"))
    await decide(office, a_comment())
    await office.work()

    assert [parked.why for parked in (await office.engine.status()).parked_effects] == [
        "GitHub said no: locked"
    ]
    assert len((await office.engine.parked.retry()).again) == 1
    await office.work()

    assert office.said == ["k"]


async def test_what_github_fails_to_take_for_a_day_is_parked_and_not_said_weeks_later(store: Store) -> None:
    office, _ = await an_office_with(store, GitHubUnavailable("GitHub answered 500."))
    await decide(office, a_comment())
    async with store.transaction() as connection:
        await connection.execute(
            text("UPDATE effects SET failures = 8, failing_since = now() - interval '1 day'")
        )

    await office.work()

    assert [effect.why for effect in await store.parked.effects()] == ["GitHub answered 500."]


async def test_effects_of_one_thread_are_done_in_the_order_they_were_decided(store: Store) -> None:
    office, _ = await an_office_with(store)
    keys = [f"k{number:02}" for number in range(20)]

    await decide(office, *(a_comment(key) for key in keys))
    await office.work()

    assert office.said == keys


async def test_an_edit_waits_for_the_comment_it_changes_and_knows_it(store: Store) -> None:
    office, pen = await an_office_with(store, GitHubUnavailable("down"))

    await decide(office, a_comment("first"), EditComment(key="edit", number=4, comment="first", body="new"))
    await office.work()
    await due_now(store)
    await office.work()
    await due_now(store)
    await office.work()

    assert [type(action).__name__ for action in pen.done] == ["Comment", "EditComment"]
    assert pen.made_with[-1] is not None
    assert pen.made_with[-1]["id"] == 1


async def test_an_edit_of_a_comment_that_was_never_written_is_dropped(store: Store) -> None:
    office, _ = await an_office_with(store, Impossible("locked"))

    await decide(office, a_comment("first"), EditComment(key="edit", number=4, comment="first", body="new"))
    await office.work()

    assert await state_of(store, "edit") == ("dropped", "what it was to change was never written")


async def test_in_a_repository_we_left_nothing_is_done(store: Store) -> None:
    office, pen = await an_office_with(store)
    await store.repositories.leave(5, [1], as_of=NOW)

    await decide(office, a_comment())
    await office.work()

    assert pen.done == []
    assert await state_of(store, "k") == ("dropped", "I may not work in this repository any more")


async def test_effects_follow_a_repository_to_its_new_name(store: Store) -> None:
    office, pen = await an_office_with(store)
    names: list[str] = []
    perform = pen.perform

    async def watched(action: Action, *, repository: Repository, **rest: Any) -> Mapping[str, Any]:
        names.append(repository.full_name)
        return await perform(action, repository=repository, **rest)

    pen.perform = watched  # type: ignore[method-assign]  # a spy on our own fake
    renamed = a_repository(full_name="acme/boosters", owner=Person(2, "acme"))
    await store.repositories.put(5, [renamed], as_of=NOW + timedelta(seconds=1))

    await decide(office, a_comment())
    await office.work()

    assert names == ["acme/boosters"]


async def test_one_nudge_per_thread_in_seven_business_days(store: Store) -> None:
    office, _ = await an_office_with(store)
    await decide(office, a_nudge("monday"))
    await office.work()

    office.now[0] = DEFAULT_CALENDAR.business_days_after(NOW, BUSINESS_DAYS_BETWEEN_NUDGES) - timedelta(
        minutes=1
    )
    await decide(office, a_nudge("too early"), a_nudge("elsewhere", number=9))
    await office.work()

    assert office.said == ["monday", "elsewhere"]
    assert (await state_of(store, "too early"))[0] == "dropped"
    assert "at most once in 7 business days" in (await office.why(4))[0]


async def test_a_nudge_that_was_held_back_is_written_when_it_is_decided_again_later(store: Store) -> None:
    office, _ = await an_office_with(store)
    await decide(office, a_nudge("monday"))
    await decide(office, a_nudge("held back"))
    await office.work()
    assert office.said == ["monday"]

    office.now[0] = DEFAULT_CALENDAR.business_days_after(NOW, BUSINESS_DAYS_BETWEEN_NUDGES)
    await decide(office, a_nudge("held back"))
    await office.work()

    assert office.said == ["monday", "held back"]


async def test_answers_and_celebrations_are_no_nudges(store: Store) -> None:
    office, _ = await an_office_with(store)

    await decide(office, a_nudge("nudge"))
    await decide(
        office,
        a_comment("answer", occasion=Occasion.ANSWER),
        a_comment("party", occasion=Occasion.CELEBRATION),
    )
    await office.work()

    assert sorted(office.said) == ["answer", "nudge", "party"]


async def test_nobody_is_mentioned_in_more_than_three_nudges_a_day_over_all_threads(store: Store) -> None:
    office, _ = await an_office_with(store)
    for number in range(1, 6):
        await decide(office, a_nudge(f"n{number}", number=number))
    await office.work()
    assert len(office.said) == 3

    office.wait(timedelta(days=1, minutes=1))
    await decide(office, a_nudge("next day", number=7))
    await office.work()

    assert office.said[3:] == ["next day"]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        pytest.param((NOW + timedelta(days=1)).isoformat(), ["answer"], id="still silent"),
        pytest.param(None, ["answer"], id="silent for good"),
        pytest.param(
            (NOW - timedelta(days=1)).isoformat(), ["answer", "nudge", "party"], id="silence is over"
        ),
    ],
)
async def test_where_silence_was_asked_for_only_answers_are_written(
    store: Store, until: str | None, said: list[str]
) -> None:
    office, _ = await an_office_with(store)
    async with store.transaction() as connection:
        mute = Remember(kind="mute", key="4", value={"until": until})
        await store.records.remember(connection, "help", 1, mute)

    await decide(
        office,
        a_nudge("nudge"),
        a_comment("party", occasion=Occasion.CELEBRATION),
        a_comment("answer", occasion=Occasion.ANSWER),
    )
    await office.work()

    assert sorted(office.said) == said


async def test_at_most_sixty_writes_a_minute_and_answers_go_first(store: Store) -> None:
    office, _ = await an_office_with(store)
    labels = [AddLabel(key=f"l{number}", number=number, label="seen") for number in range(1, 66)]

    await decide(office, *labels)
    await office.work()
    written = len(office.app.pen.done)
    await decide(office, a_comment("answer", occasion=Occasion.ANSWER))
    await office.work()

    assert written == 50
    assert office.said == ["answer"]
    assert (await store.jobs.backlog()).later == 15


async def test_at_most_four_hundred_and_fifty_writes_an_hour(store: Store) -> None:
    office, _ = await an_office_with(store)
    await decide(office, *(AddLabel(key=f"l{n}", number=n, label="seen") for n in range(1, 403)))
    async with store.transaction() as connection:
        await connection.execute(text("DELETE FROM procrastinate_jobs"))
        await connection.execute(
            text("UPDATE effects SET state = 'done', tried_at = now() - interval '30 minutes'")
        )

    await decide(office, a_comment("celebration"))
    await decide(office, a_comment("answer", occasion=Occasion.ANSWER))
    await office.work()
    async with store.transaction() as connection:
        wait = await connection.scalar(text("SELECT scheduled_at - now() FROM procrastinate_jobs"))

    assert office.said == ["answer"]
    assert timedelta(minutes=29) < wait < timedelta(minutes=31)
