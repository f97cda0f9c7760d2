"""Features are isolated, decisions made once, and conflicts decided again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.core.actions import AddLabel, Remember
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.core.events import PullRequestLabelled, PullRequestOpened
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.engine.delivery_jobs import decide_job
from mentorbot.feature_api.feature import Feature, On
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import StoredRecord
from tests.builders import NOW
from tests.engine.office import GREETER, Greeting, Office, a_pull_by, an_office
from tests.github import hooks

_THE_PAST_IS_READ_LATER = 1  # a job of its own, for a repository that is met for the first time


class Stumbling:
    """A feature that fails the first few times it is asked."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.asked = 0

    async def ask(self, event: PullRequestOpened, _section: Greeting, _ports: Ports) -> int:
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)
        return event.thread.number

    def decide(self, number: int, _section: Greeting) -> Plan:
        return plan(AddLabel(key=f"label {number}", number=number, label="seen"), because="it got up again")

    def card(self) -> Feature[Greeting]:
        return Feature(
            name="stumbling",
            summary="Stumbles.",
            config=Greeting,
            triggers=(On(PullRequestOpened, ask=self.ask, decide=self.decide),),
        )


def both(stumbling: Stumbling, store: Store) -> Office:
    office = an_office(store, GREETER, stumbling.card())
    office.app.here.config = "greeter:\nstumbling:\n"
    return office


async def test_a_feature_that_raises_does_not_hold_up_the_others(store: Store) -> None:
    office = both(Stumbling(KeyError("oops"), *[KeyError("oops")] * 20), store)

    delivery = await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    assert office.said == ["Hello @ada"]
    assert (await office.state_of(delivery))[0] == "done"
    assert (await store.jobs.backlog()).later == 1 + _THE_PAST_IS_READ_LATER


async def test_a_feature_that_raised_is_tried_again_alone(store: Store) -> None:
    stumbling = Stumbling(KeyError("oops"))
    office = both(stumbling, store)

    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    await due_now(store)
    await office.work()

    assert stumbling.asked == 2
    assert [type(action).__name__ for action in office.app.pen.done] == ["Comment", "AddLabel"]


async def test_what_never_works_is_parked_visibly_and_can_be_tried_again(store: Store) -> None:
    stumbling = Stumbling(*[KeyError("oops")] * 10)
    office = both(stumbling, store)
    delivery = await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    while (await store.jobs.backlog()).later:
        await due_now(store)
        await office.work()

    assert await office.state_of(delivery) == ("parked", "0 stumbling 0: KeyError: 'oops'")
    assert (await office.engine.status()).parked == 1
    stumbling.errors.clear()
    assert (await office.engine.parked.retry()).again == (f"delivery-{delivery}",)
    await office.work()
    assert await office.state_of(delivery) == ("done", None)
    assert office.said == ["Hello @ada"]
    assert stumbling.asked == 10 + 1


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(GitHubUnavailable("down"), id="for a while"),
        pytest.param(
            GitHubUnavailable("limit", retry_at=NOW + timedelta(minutes=5)), id="until a limit is lifted"
        ),
    ],
)
async def test_what_github_did_not_answer_is_asked_again_later(
    store: Store, error: GitHubUnavailable
) -> None:
    stumbling = Stumbling(error)
    office = both(stumbling, store)

    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    await due_now(store)
    await office.work()

    assert stumbling.asked == 2


async def test_where_we_may_not_look_any_more_nothing_is_done_and_the_journal_says_so(store: Store) -> None:
    office = both(Stumbling(AccessLost("the App was uninstalled")), store)

    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    assert "I may not work here any more: the App was uninstalled" in await office.why(4)
    assert (await store.jobs.backlog()).later == _THE_PAST_IS_READ_LATER


class Counting:
    """Counts in a record, each time on top of the version it has seen."""

    def __init__(self) -> None:
        self.between: list[Remember] = []
        self.store: Store | None = None

    async def ask(self, _event: PullRequestOpened, _section: Greeting, ports: Ports) -> StoredRecord | None:
        record = await ports.records.get("count", "all")
        if self.between and self.store is not None:  # somebody else is faster
            async with self.store.transaction() as connection:
                await self.store.records.remember(connection, "counting", 1, self.between.pop())
        return record

    def decide(self, record: StoredRecord | None, _section: Greeting) -> Plan:
        count = record.value["count"] if record else 0
        version = record.version if record else 0
        return plan(
            Remember(kind="count", key="all", value={"count": count + 1}, expected=version),
            because=f"counted to {count + 1}",
        )

    def card(self) -> Feature[Greeting]:
        return Feature(
            name="counting",
            summary="Counts.",
            config=Greeting,
            triggers=(On(PullRequestOpened, ask=self.ask, decide=self.decide),),
        )


async def test_many_decisions_on_one_record_at_once_all_count(store: Store) -> None:
    office = an_office(store, Counting().card())
    office.app.here.config = "counting:\n"

    for number in range(1, 13):
        await office.hear("pull_request", a_pull_by("ada", number=number))
    await office.work()

    record = await store.records.get("counting", 1, "count", "all")
    assert record is not None
    assert record.value == {"count": 12}


async def test_a_decision_built_on_a_record_that_changed_is_made_again(store: Store) -> None:
    counting = Counting()
    counting.store = store
    counting.between = [Remember(kind="count", key="all", value={"count": 41})]
    office = an_office(store, counting.card())
    office.app.here.config = "counting:\n"

    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    record = await store.records.get("counting", 1, "count", "all")
    assert record is not None
    assert record.value == {"count": 42}
    assert await office.why(4) == ["counted to 42"]


async def test_a_delivery_worked_off_twice_decides_once(store: Store) -> None:
    office = an_office(store)
    delivery = await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    async with store.transaction() as connection:
        found = (await store.deliveries.load([delivery]))[delivery]
        await store.jobs.defer(connection, [decide_job(found)])
    await office.work()

    assert office.said == ["Hello @ada"]
    assert len(await office.why(4)) == 1


class InOrder:
    """Writes down the labels it hears of."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def ask(self, event: PullRequestLabelled, _section: Greeting, _ports: Ports) -> str:
        return event.label

    def decide(self, label: str, _section: Greeting) -> Plan:
        self.heard.append(label)
        return leave_alone(f"heard {label}")

    def card(self) -> Feature[Greeting]:
        return Feature(
            name="order",
            summary="Listens.",
            config=Greeting,
            triggers=(On(PullRequestLabelled, ask=self.ask, decide=self.decide),),
        )


async def test_what_happens_to_one_pull_request_is_worked_off_in_order(store: Store) -> None:
    listening = InOrder()
    office = an_office(store, listening.card())
    office.app.here.config = "order:\n"
    labels = [f"{number:02}" for number in range(40)]

    for label in labels:
        await office.hear("pull_request", hooks.a_pull_hook("labeled", label={"name": label}))
    await office.work()

    assert listening.heard == labels


async def test_without_a_config_file_nothing_is_decided(store: Store) -> None:
    office = an_office(store)
    office.app.here.config = None

    delivery = await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    assert office.app.pen.done == []
    assert await office.why(4) == []
    assert await office.state_of(delivery) == ("done", None)


async def test_an_unknown_shape_is_parked_with_its_reason_and_harms_nobody(store: Store) -> None:
    office = an_office(store)
    payload = a_pull_by("ada")
    del payload["pull_request"]["user"]
    payload["pull_request"]["number"] = "four"

    delivery = await office.hear("pull_request", payload)
    other = await office.hear("pull_request", a_pull_by("grace", number=5))
    await office.work()

    state, reason = await office.state_of(delivery)
    assert state == "parked"
    assert reason is not None
    assert reason.startswith("unknown shape: pull_request")
    assert await office.state_of(other) == ("done", None)
    assert [parked.id for parked in (await office.engine.status()).parked_deliveries] == [delivery]


async def test_an_event_nobody_understands_is_stored_as_ignored(store: Store) -> None:
    office = an_office(store)

    delivery = await office.hear("star", hooks.an_account_hook(action="created"))
    await office.work()

    assert await office.state_of(delivery) == ("ignored", "no feature listens to this event")


async def test_a_known_persons_later_event_costs_no_question_to_github(store: Store) -> None:
    class Knowing(Stumbling):
        async def ask(self, event: PullRequestOpened, _section: Greeting, ports: Ports) -> int:
            await ports.people.contributor_history(event.by, before=event.at, number=event.thread.number)
            return event.thread.number

        def decide(self, number: int, _section: Greeting) -> Plan:
            return leave_alone("known")

    office = both(Knowing(), store)
    office.app.here.config = "stumbling:\n"
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert "earlier ada" in office.app.here.asked
    office.app.here.asked.clear()

    await office.hear("pull_request", a_pull_by("ada", number=5))
    await office.work()

    assert office.app.here.asked == []


async def due_now(store: Store) -> None:
    """Let the time come for what waits."""
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now()"))
