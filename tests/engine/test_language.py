"""The engine has everything said in the language of the repository at hand, and never in a neighbour's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from mentorbot.config.section import Section
from mentorbot.core.actions import AddLabel, Comment, Occasion, PublishCheckRun
from mentorbot.core.entities import Repository
from mentorbot.core.events import PullRequestOpened
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, plan
from mentorbot.core.translator import say, say_day, say_plural, translator
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.engine.sweep import Sweeper
from mentorbot.feature_api.feature import Case, Every, Feature, On
from mentorbot.feature_api.ports import Ports
from tests.builders import NOW, a_repository
from tests.engine.office import FakeApp, FakeReader, Office, a_pull_by, an_office
from tests.github import hooks
from tests.translated import translated

GERMAN = {
    "Hello @{name}.": "Hallo @{name}.",
    "@{name} opened it": "@{name} hat ihn geöffnet",
    "It waits": "Er wartet",
    ("one review", "{count} reviews"): ("ein Review", "{count} Reviews"),
}
HOMES = {1: "rockets", 2: "raketen"}


class Greeting(Section):
    """A section without settings."""


@dataclass
class Meeting:
    """Where everybody waits who greets, until as many are there: they greet at the same time."""

    together: int = 1
    waiting: int = 0
    all_here: asyncio.Event = field(default_factory=asyncio.Event)

    async def join(self) -> None:
        self.waiting += 1
        if self.waiting >= self.together:
            self.all_here.set()
        await self.all_here.wait()


def a_greeter(meeting: Meeting) -> Feature[Greeting]:
    async def opened(event: PullRequestOpened, _section: Greeting, _ports: Ports) -> PullRequestOpened:
        await meeting.join()
        return event

    async def every(_section: Greeting, ports: Ports) -> AsyncIterator[Case[int]]:
        await meeting.join()
        yield Case(4, ports.repository.id)

    async def again(_number: int, _section: Greeting, ports: Ports) -> int:
        return ports.repository.id

    def greet(event: PullRequestOpened, _section: Greeting) -> Plan:
        number, name = event.thread.number, event.by.login
        return plan(
            Comment(
                key=f"person {event.by.id}",
                number=number,
                body=f"{say('Hello @{name}.', name=name)} {say_plural('one review', '{count} reviews', 2)}",
                occasion=Occasion.CELEBRATION,
                mentions=(event.by,),
            ),
            AddLabel(
                key=f"pull request {number}/waits", number=number, label="w", description=say("It waits")
            ),
            because=say("@{name} opened it", name=name),
        )

    def check(repository: int, _section: Greeting) -> Plan:
        return plan(
            PublishCheckRun(
                key=f"checked {repository}",
                number=4,
                head_sha="c" * 40,
                name="greeter",
                conclusion="success",
                title=say("It waits"),
                summary=f"{say_day(NOW)}, {translator().ago(timedelta(hours=3))}",
            ),
            because=say("It waits"),
        )

    return Feature(
        name="greeter",
        summary="Greets.",
        config=Greeting,
        triggers=(
            On(PullRequestOpened, ask=opened, decide=greet),
            Every("hour", each=every, decide=check, fresh=again),
        ),
    )


@dataclass
class TwoRepositories(FakeApp):
    """One that speaks English, and one that speaks German."""

    readers: dict[int, FakeReader] = field(
        default_factory=lambda: {
            1: FakeReader(config="greeter:\n"),
            2: FakeReader(config="greeter:\nlanguage: de\ncalendar: {timezone: Europe/Berlin}\n"),
        }
    )
    installed: dict[int, list[Repository]] = field(
        default_factory=lambda: {
            5: [
                a_repository(id=id_, full_name=f"acme/{name}", owner=Person(2, "acme"))
                for id_, name in HOMES.items()
            ]
        }
    )

    def reader(self, installation_id: int, repository: Repository) -> FakeReader:
        return self.readers[repository.id]


@pytest.fixture(autouse=True)
def german(tmp_path: Path) -> Iterator[None]:
    with translated(tmp_path, "de", GERMAN):
        yield


async def opens(office: Office, home: int, *, number: int = 4) -> None:
    payload = a_pull_by("ada", number=number)
    repository = {**hooks.REPOSITORY, "id": home, "name": HOMES[home], "full_name": f"acme/{HOMES[home]}"}
    await office.hear("pull_request", {**payload, "repository": repository})


async def written(store: Store) -> dict[tuple[int, str], str]:
    """What the bot decided to write, as it lies in the store, by repository and kind."""
    rows = await store.database.fetch(text("SELECT repository_id, kind, action FROM effects ORDER BY id"), {})
    said = ("body", "description", "title")
    return {
        (row.repository_id, row.kind): next(row.action[name] for name in said if row.action.get(name))
        for row in rows
    }


async def test_a_decision_and_its_journal_are_in_the_repository_s_language(store: Store) -> None:
    office = an_office(store, a_greeter(Meeting()), app=TwoRepositories())
    await opens(office, 2)
    await office.work()
    assert await written(store) == {(2, "Comment"): "Hallo @ada. 2 Reviews", (2, "AddLabel"): "Er wartet"}
    (entry,) = await store.journal.about(2, 4, limit=10)
    assert entry.because == "@ada hat ihn geöffnet"


async def test_two_repositories_at_the_same_time_never_mix_their_languages(store: Store) -> None:
    office = an_office(store, a_greeter(Meeting(together=2)), app=TwoRepositories())
    await opens(office, 1)
    await opens(office, 2)
    await office.work()
    assert await written(store) == {
        (1, "Comment"): "Hello @ada. 2 reviews",
        (1, "AddLabel"): "It waits",
        (2, "Comment"): "Hallo @ada. 2 Reviews",
        (2, "AddLabel"): "Er wartet",
    }


async def test_a_sweep_and_the_last_look_before_acting_are_in_the_language(store: Store) -> None:
    app = TwoRepositories()
    office = an_office(store, a_greeter(Meeting(together=2)), app=app)
    for workplaces in app.installed.values():
        await store.repositories.put(5, workplaces, as_of=NOW)
    places = [await store.repositories.get(home) for home in HOMES]
    sweeper: Sweeper = office.engine._components.sweeper
    await asyncio.gather(*(sweeper.sweep(place, "greeter 1") for place in places if place is not None))
    await office.work()
    runs = {one.key: one for one in app.pen.done if isinstance(one, PublishCheckRun)}
    assert (runs["checked 1"].title, runs["checked 2"].title) == ("It waits", "Er wartet")
    assert runs["checked 1"].summary.endswith("3 hours ago")
    assert runs["checked 2"].summary.endswith("vor 3 Stunden")


async def test_what_is_stored_under_is_the_same_in_every_language(store: Store) -> None:
    office = an_office(store, a_greeter(Meeting()), app=TwoRepositories())
    await opens(office, 1)
    await opens(office, 2)
    await office.work()
    rows = await store.database.fetch(text("SELECT repository_id, key FROM effects"), {})
    keys = {home: {row.key for row in rows if row.repository_id == home} for home in HOMES}
    assert {key.replace("/2/", "/1/", 1) for key in keys[2]} == keys[1]
