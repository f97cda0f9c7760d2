"""Several commands in one comment are answered once, in one comment, whatever comes between them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from mentorbot.core.actions import Answer, Comment, Occasion, React
from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.core.events import CommandGiven, Commented
from mentorbot.core.journal import Outcome
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.db.connection import text
from mentorbot.db.effects import Effect
from mentorbot.db.store import Store
from mentorbot.engine.commands import release_replies
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Feature, On
from mentorbot.feature_api.ports import Ports
from tests.builders import NOW
from tests.engine.office import Greeting, Office, an_office
from tests.engine.test_commands import reactions, say
from tests.engine.test_decide import due_now
from tests.github import hooks
from tests.stored_effects import effects_of

THREE = "/say one\n\n/say two\n\n/say three"


@dataclass
class Parrot:
    """Repeats what it is told; stumbles at some words, once each."""

    stumbles: dict[str, BaseException] = field(default_factory=dict)

    async def ask(self, event: CommandGiven, _section: Greeting, _ports: Ports) -> CommandGiven:
        if event.text in self.stumbles:
            raise self.stumbles.pop(event.text)
        return event

    def decide(self, event: CommandGiven, _section: Greeting) -> Plan:
        text = "x" * 40_000 if "long" in event.text else f"You said {event.text}."
        return plan(Answer(text=text), because=f"@{event.by.login} said {event.text}")

    def card(self) -> Feature[Greeting]:
        told = Command(usage="say <words>", help="…", who=Who.ANYONE, ask=self.ask, decide=self.decide)
        return Feature(name="parrot", summary="Repeats.", config=Greeting, triggers=(told,))


def an_office_with_a_parrot(store: Store, **stumbles: BaseException) -> Office:
    office = an_office(store, Parrot(stumbles).card())
    office.app.here.config = "parrot:\n"
    return office


def comments(office: Office) -> list[list[str]]:
    """What was said in each comment, line by line."""
    return [
        [line for line in action.body.splitlines() if line.startswith("You said")]
        for action in office.app.pen.done
        if isinstance(action, Comment)
    ]


def said(*words: str) -> list[str]:
    return [f"You said {word}." for word in words]


@pytest.mark.parametrize("word", ["one", "two", "three"])
async def test_a_process_that_ends_between_two_commands_has_them_answered_once_and_together(
    store: Store, word: str
) -> None:
    office = an_office_with_a_parrot(store, **{word: asyncio.CancelledError()})

    await say(office, THREE)
    await due_now(store)
    await office.work()

    assert comments(office) == [said("one", "two", "three")]
    assert reactions(office) == ["+1"]


@pytest.mark.parametrize(
    ("word", "answered"),
    [
        pytest.param("one", [said("two", "three"), said("one")], id="the first"),
        pytest.param("two", [said("one", "three"), said("two")], id="one between"),
        pytest.param("three", [said("one", "two"), said("three")], id="the last"),
    ],
)
async def test_a_command_that_has_to_wait_does_not_hold_up_the_answers_to_the_others(
    store: Store, word: str, answered: Sequence[Sequence[str]]
) -> None:
    office = an_office_with_a_parrot(store, **{word: GitHubUnavailable("down")})

    await say(office, THREE)
    at_once = comments(office)
    await due_now(store)
    await office.work()

    assert at_once == [answered[0]]
    assert comments(office) == answered


async def test_a_feature_that_github_keeps_waiting_does_not_hold_up_the_answer_to_a_command(
    store: Store,
) -> None:
    heard: list[str] = []
    down = [GitHubUnavailable("down")]

    async def ask(event: Commented, _section: Greeting, _ports: Ports) -> Commented:
        if down:
            raise down.pop()
        return event

    def decide(event: Commented, _section: Greeting) -> Plan:
        heard.append(event.comment.body)
        return leave_alone("heard")

    listens = Feature(
        name="listener",
        summary="Listens.",
        config=Greeting,
        triggers=(On(Commented, ask=ask, decide=decide),),
    )
    office = an_office(store, Parrot().card(), listens)
    office.app.here.config = "parrot:\nlistener:\n"

    await say(office, "/say one")
    at_once = (comments(office), list(heard))
    await due_now(store)
    await office.work()

    assert at_once == ([said("one")], [])
    assert (comments(office), heard) == ([said("one")], ["/say one"])


async def crashed_at_three(store: Store, *, config: str | None, reader_down: bool = False) -> Office:
    """Somebody gave three commands; a process ended before the third, and then the config was another."""

    class Crashing(Parrot):
        async def ask(self, event: CommandGiven, section: Greeting, ports: Ports) -> CommandGiven:
            if event.text == "three":
                office.app.here.config = config
                office.app.here.down = Impossible("broken") if reader_down else None
                await store.configs.mark_stale(repository_id=1)
                raise asyncio.CancelledError
            return await super().ask(event, section, ports)

    office = an_office(store, Crashing().card())
    office.app.here.config = "parrot:\n"
    await say(office, THREE)
    return office


async def test_answers_to_a_comment_whose_other_commands_are_none_any_more_are_said(store: Store) -> None:
    office = await crashed_at_three(store, config=None)

    await due_now(store)
    await office.work()

    assert comments(office) == [said("one", "two")]


async def test_answers_to_a_delivery_that_is_given_up_do_not_wait_for_ever(store: Store) -> None:
    office = await crashed_at_three(store, config="parrot:\n", reader_down=True)
    for _ in range(20):
        await due_now(store)
        await office.work()
    assert (await office.state_of("d-1"))[0] == "parked"

    tried = await effects_of(store, 1)
    assert {effect.state for effect in tried} == {"parked"}, "they need the config, too"
    office.app.here.down = None
    await office.engine.parked.retry()
    await due_now(store)
    await office.work()

    assert comments(office) == [said("one", "two")]


async def test_an_answer_collected_while_its_delivery_is_settled_is_let_go(store: Store) -> None:
    office = an_office_with_a_parrot(store)
    issue = hooks.an_issue(number=4)
    await office.hear("issue_comment", hooks.an_issue_hook("created", issue=issue, comment=hooks.a_comment()))
    answer = Effect(
        key="answer", feature="parrot", installation_id=5, repository_id=1, because="…", delivery="d-1",
        action=Comment(key="answer", number=4, body="…", occasion=Occasion.ANSWER),
    )  # fmt: skip

    async def settle() -> None:
        async with store.transaction() as connection:
            await store.deliveries.settle(connection, ["d-1"], now=NOW)
            await release_replies(connection, store, ["d-1"])

    async with store.transaction() as connection:
        await store.deliveries.hold(connection, "d-1")
        settling = asyncio.create_task(settle())
        await somebody_waits_for_a_lock(store)
        id_ = await store.command_replies.collect(connection, answer, now=NOW)
        await release_replies(connection, store, ["d-1"])
    await settling

    effect = await store.effects.get(id_ or 0)
    assert effect is not None
    assert effect.state == "due"


async def somebody_waits_for_a_lock(store: Store) -> None:
    async with asyncio.timeout(20), store.database.reading() as connection:
        while not await connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):  # noqa: ASYNC110 - PostgreSQL tells nobody
            await asyncio.sleep(0.01)


async def test_of_several_reactions_the_one_that_says_no_is_given(store: Store) -> None:
    office = an_office_with_a_parrot(store)

    await say(office, "/say one\n\n/mentorbot nonsense\n\n/say two")

    assert reactions(office) == ["confused"]
    assert comments(office) == [said("one", "two")]


async def test_answers_that_are_too_long_together_are_given_one_by_one(store: Store) -> None:
    office = an_office_with_a_parrot(store)

    await say(office, "/say long\n\n/say two\n\n/say long again")

    lengths = [len(action.body) for action in office.app.pen.done if isinstance(action, Comment)]
    assert len(lengths) == 2
    assert max(lengths) < 65_536
    assert [line for lines in comments(office) for line in lines] == said("two")


async def test_each_command_has_its_own_entry_and_the_same_link(store: Store) -> None:
    office = an_office_with_a_parrot(store)

    await say(office, THREE)

    entries = await store.journal.about(1, 4, limit=10)
    assert [entry.because for entry in entries] == ["@grace said three", "@grace said two", "@grace said one"]
    assert {entry.outcome for entry in entries} == {Outcome.DONE}
    assert len({entry.url for entry in entries}) == 1


async def test_a_delivery_that_comes_twice_is_answered_once(store: Store) -> None:
    office = an_office_with_a_parrot(store)
    issue = hooks.an_issue(number=4)
    payload = hooks.an_issue_hook("created", issue=issue, comment=hooks.a_comment(body=THREE))

    for _ in range(2):
        await office.hear("issue_comment", payload, id_="the same")
        await office.work()

    assert comments(office) == [said("one", "two", "three")]
    assert len([action for action in office.app.pen.done if isinstance(action, React)]) == 1
