"""A delivery that fails holds up its thread for thirty seconds, and nobody for longer."""

from __future__ import annotations

import asyncio
import zlib
from datetime import timedelta

import pytest

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.core.events import CommandGiven, PullRequestLabelled
from mentorbot.core.plan import Plan, leave_alone
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.engine.retries import retry_failing
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Feature, On
from mentorbot.feature_api.ports import Ports
from tests.builders import NOW
from tests.engine.office import Greeting, an_office
from tests.engine.test_decide import due_now
from tests.github import hooks

DOWN = GitHubUnavailable("GitHub is down")


class Listener:
    """Writes down the labels it hears of; for some of them it asks GitHub, which doesn't answer."""

    def __init__(self, store: Store, **failing: Exception) -> None:
        self.heard: list[str] = []
        self.failing = failing
        self.hanging: set[str] = set()
        self.office = an_office(store, self._card())
        self.office.app.here.config = "listener:\n"

    async def hear(self, *labels: str, number: int = 4) -> list[str]:
        """Have a label put on, once for each."""
        return [
            await self.office.hear(
                "pull_request",
                hooks.a_pull_hook("labeled", pull=hooks.a_pull(number=number), label={"name": label}),
            )
            for label in labels
        ]

    async def later(self, by: timedelta = timedelta(0)) -> None:
        """Let time go by, and what waits be done."""
        self.office.wait(by)
        async with self.office.store.transaction() as connection:
            await connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now()"))
        await self.office.work()

    async def _ask(self, event: PullRequestLabelled, _section: Greeting, _ports: Ports) -> str:
        if event.label in self.hanging:
            await asyncio.Event().wait()
        if event.label in self.failing:
            raise self.failing[event.label]
        return event.label

    def _decide(self, label: str, _section: Greeting) -> Plan:
        self.heard.append(label)
        return leave_alone(f"heard {label}")

    def _card(self) -> Feature[Greeting]:
        return Feature(
            name="listener",
            summary="Listens.",
            config=Greeting,
            triggers=(On(PullRequestLabelled, ask=self._ask, decide=self._decide),),
        )


async def next_in(store: Store) -> float:
    """Seconds until the next decision is due."""
    async with store.transaction() as connection:
        found = await connection.scalar(
            text(
                "SELECT extract(epoch FROM min(scheduled_at) - now()) FROM procrastinate_jobs"
                " WHERE task_name LIKE 'decide%'"
            )
        )
    return float(found)


async def test_for_thirty_seconds_order_holds(store: Store) -> None:
    listener = Listener(store, first=DOWN)
    await listener.hear("first", "second")
    await listener.office.work()
    await listener.later(timedelta(seconds=29))
    assert listener.heard == []
    assert await next_in(store) < 2  # it has one second left

    listener.failing.clear()
    await listener.later()

    assert listener.heard == ["first", "second"]


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(DOWN, id="GitHub is down"),
        pytest.param(
            GitHubUnavailable("a limit", retry_at=NOW + timedelta(hours=1)), id="a limit is in force"
        ),
    ],
)
async def test_after_thirty_seconds_later_events_overtake_and_it_decides_on_the_state_of_then(
    store: Store, error: Exception
) -> None:
    listener = Listener(store, first=error)
    [first, *_] = await listener.hear("first", "second", "third")
    await listener.office.work()
    await listener.later(timedelta(seconds=31))

    assert listener.heard == ["second", "third"]
    assert await listener.office.state_of(first) == ("received", None)

    listener.failing.clear()
    await listener.later(timedelta(hours=1))

    assert listener.heard == ["second", "third", "first"]
    assert await listener.office.state_of(first) == ("done", None)


async def test_where_everything_fails_the_thread_was_held_up_since_the_first_failure(store: Store) -> None:
    listener = Listener(store)
    here = listener.office.app.here
    here.down = DOWN
    await listener.hear("first", "second", "third")
    await listener.office.work()
    await listener.later(timedelta(seconds=31))  # nobody holds up the thread for another thirty seconds

    async with store.transaction() as connection:
        locks = set(
            (
                await connection.execute(
                    text("SELECT lock FROM procrastinate_jobs WHERE task_name = 'decide'")
                )
            ).scalars()
        )
    assert locks == {"apart d-1", "apart d-2", "apart d-3"}
    here.down = None
    await listener.hear("fourth")
    await listener.office.work()
    assert listener.heard == ["fourth"]

    await listener.later()
    assert sorted(listener.heard) == ["first", "fourth", "second", "third"]


async def test_what_a_delivery_teaches_is_kept_though_github_cannot_be_asked_what_to_do(store: Store) -> None:
    listener = Listener(store)
    listener.office.app.here.down = DOWN
    await listener.hear("first")
    await listener.office.work()

    assert listener.heard == []
    assert await store.database.fetch_column(text("SELECT number FROM threads")) == [4]


async def test_other_threads_are_not_held_up_at_all(store: Store) -> None:
    listener = Listener(store, first=DOWN)
    await listener.hear("first")
    await listener.hear("elsewhere", number=5)
    await listener.office.work()

    assert listener.heard == ["elsewhere"]


async def test_what_github_never_answers_is_parked_in_the_end_and_can_be_tried_again(store: Store) -> None:
    listener = Listener(store, first=DOWN)
    [first] = await listener.hear("first")
    await listener.office.work()
    for _ in range(30):
        await listener.later(timedelta(hours=1))

    state, reason = await listener.office.state_of(first)
    assert (state, reason) == ("parked", "GitHubUnavailable: GitHub is down")
    listener.failing.clear()
    assert len((await listener.office.engine.parked.retry()).again) == 1
    await listener.office.work()
    assert listener.heard == ["first"]


async def test_a_command_whose_question_github_never_answers_is_parked_in_the_end(store: Store) -> None:
    async def ask(_event: CommandGiven, _section: Greeting, _ports: Ports) -> CommandGiven:
        raise DOWN

    def decide(event: CommandGiven, _section: Greeting) -> Plan:
        return leave_alone(f"heard {event.name}")

    command = Command(usage="look", help="…", who=Who.ANYONE, ask=ask, decide=decide)
    looker = Feature(name="looker", summary="Looks.", config=Greeting, triggers=(command,))
    office = an_office(store, looker)
    office.app.here.config = "looker:\n"
    asked = await office.hear(
        "issue_comment", hooks.an_issue_hook("created", comment=hooks.a_comment(body="/look"))
    )
    for _ in range(20):
        await office.work()
        office.wait(timedelta(hours=1))
        await due_now(store)

    assert await office.state_of(asked) == ("parked", "command 1: GitHubUnavailable: GitHub is down")
    assert (await store.jobs.backlog()).later == 0


async def test_what_fails_before_any_feature_is_asked_is_parked_after_its_last_try(store: Store) -> None:
    listener = Listener(store)
    listener.office.app.here.down = KeyError("oops")  # type: ignore[assignment]  # a bug of ours
    [first] = await listener.hear("first")
    await listener.office.work()
    for _ in range(8):
        assert await listener.office.state_of(first) == ("received", None)
        await listener.later(timedelta(hours=1))

    assert await listener.office.state_of(first) == ("parked", "KeyError: 'oops'")


async def test_workers_that_die_are_no_failures_of_the_delivery(store: Store) -> None:
    listener = Listener(store, first=DOWN)
    [first] = await listener.hear("first")
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE procrastinate_jobs SET attempts = 50"))
    listener.office.app.here.down = KeyError("oops")  # type: ignore[assignment]  # the same

    await listener.office.work()

    assert await listener.office.state_of(first) == ("received", None)


async def test_a_try_that_hangs_is_stopped_and_goes_on_apart(store: Store) -> None:
    listener = Listener(store)
    listener.hanging.add("first")
    await listener.hear("first", "second")
    async with store.transaction() as connection:  # half a second is left of its thirty
        await connection.execute(
            text("UPDATE deliveries SET failing_since = :since WHERE id = :id"),
            {"since": NOW - timedelta(seconds=29.5), "id": "d-1"},
        )

    await listener.office.work()

    assert listener.heard == ["second"]
    listener.hanging.clear()
    await listener.later()
    assert listener.heard == ["second", "first"]


async def test_a_payload_that_nobody_can_read_holds_up_nobody(store: Store) -> None:
    listener = Listener(store)
    await listener.hear("first", "second")
    async with store.transaction() as connection:
        await connection.execute(
            text("UPDATE deliveries SET payload = :payload WHERE id = 'd-1'"),
            {"payload": zlib.compress(b"{no JSON")},
        )

    await listener.office.work()
    await listener.later(timedelta(seconds=31))

    assert listener.heard == ["second"]


def test_a_clock_that_was_set_back_holds_nobody_up() -> None:
    put_back = retry_failing(
        "…", after=timedelta(seconds=5), failing_since=NOW + timedelta(hours=1), now=NOW, apart="apart"
    )

    assert put_back.lock == "apart"


@pytest.mark.parametrize(
    ("failing_for", "after", "expected"),
    [
        pytest.param(0, 5, (5, None), id="a first failure waits in its place"),
        pytest.param(20, 60, (10, None), id="in its place no longer than thirty seconds altogether"),
        pytest.param(30, 60, (60, "apart"), id="then apart, as long as it has to"),
    ],
)
def test_what_fails_is_tried_again_in_its_place_and_then_apart(
    failing_for: int, after: int, expected: tuple[int, str | None]
) -> None:
    since = NOW - timedelta(seconds=failing_for)
    put_back = retry_failing("…", after=timedelta(seconds=after), failing_since=since, now=NOW, apart="apart")

    assert (put_back.after.total_seconds(), put_back.lock) == expected
