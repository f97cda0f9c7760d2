"""An office in which somebody wants to be left alone, or a place is silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from mentorbot.core.actions import (
    Comment,
    Doable,
    LeaveAlone,
    Occasion,
    OpenIssue,
    RequestReview,
)
from mentorbot.core.people import Association, Person
from mentorbot.core.plan import plan
from mentorbot.db.connection import text
from mentorbot.db.ingest import ingest
from mentorbot.db.store import Store
from mentorbot.domain.contributions import IngestBatch, PersonSeen, ThreadSeen
from mentorbot.engine.decide import Decision
from mentorbot.engine.persist import persist
from tests.builders import NOW
from tests.engine.office import Office
from tests.engine.test_act import HERE, an_office_with

ADA, BOB, EVE = Person(11, "ada"), Person(12, "bob"), Person(13, "eve")
ALONE = "whoever it was for wants to be left alone"


def a_wish(person: Person = ADA, *, wanted: bool = True, said_at: datetime = NOW) -> LeaveAlone:
    return LeaveAlone(person=person, wanted=wanted, said_at=said_at)


def words(
    key: str = "k",
    body: str = "@ada, please look",
    *,
    occasion: Occasion = Occasion.CELEBRATION,
    mentions: tuple[Person, ...] = (ADA,),
) -> Comment:
    return Comment(key=key, number=4, body=body, occasion=occasion, mentions=mentions)


def a_hello(person: Person, *, number: int = 4) -> Comment:
    return Comment(
        key=f"person {person.id}",
        number=number,
        body=f"Hello @{person.login}",
        occasion=Occasion.GREETING,
        mentions=(person,),
    )


async def decide(office: Office, *actions: Doable, asked: bool = False, about: Person | None = None) -> None:
    decision = Decision(
        feature="greeter",
        repository=HERE,
        installation_id=5,
        plan=plan(*actions, because="somebody wanted it"),
        at=office.now[0],
        number=4,
        person=about,
        delivery="d",
        part="command 1" if asked else "",
    )
    async with office.store.transaction() as connection:
        await persist(connection, office.store, [decision], now=office.now[0])


async def seen(store: Store, *people: Person) -> None:
    sightings = [PersonSeen(person=person) for person in people]
    async with store.transaction() as connection:
        await ingest(connection, [IngestBatch(repository_id=1, as_of=NOW, sightings=sightings)])


async def a_thread(
    store: Store,
    *,
    number: int = 4,
    author: Person | None = BOB,
    as_of: datetime = NOW,
    opened_at: datetime = NOW,
    **is_like: Any,
) -> None:
    thread = ThreadSeen(
        number=number,
        is_pull_request=True,
        author=author,
        association=Association.NONE,
        title="Heat the kettle",
        opened_at=opened_at,
        **is_like,
    )
    async with store.transaction() as connection:
        await ingest(connection, [IngestBatch(repository_id=1, as_of=as_of, sightings=[thread])])


async def an_office(store: Store, config: str = "greeter:\n") -> Office:
    office, _ = await an_office_with(store)
    office.app.here.config = config
    await store.configs.put(1, await office.app.here.config_sources(), {}, now=NOW)
    return office


async def later(office: Office, by: timedelta) -> None:
    """So much later, all that was put back has come up again, and is done."""
    office.wait(by)
    async with office.store.transaction() as connection:
        await connection.execute(
            text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        )
    await office.work()


ABOUT_ADA = [
    pytest.param(words(occasion=Occasion.NUDGE), id="a nudge"),
    pytest.param(words(occasion=Occasion.NUDGE, mentions=()), id="a nudge that doesn't say whom it mentions"),
    pytest.param(words(occasion=Occasion.ANSWER), id="what is no answer to their command"),
    pytest.param(a_hello(ADA), id="a greeting"),
    pytest.param(
        Comment(
            key=f"milestones {ADA.id}/third merge",
            number=4,
            body="@ada has three merges, and @bob helped",
            occasion=Occasion.CELEBRATION,
            mentions=(ADA, BOB),
        ),
        id="a celebration of theirs, whoever hears of it",
    ),
    pytest.param(RequestReview(key="ask", number=4, reviewer=ADA), id="a request"),
    pytest.param(OpenIssue(key=f"week/{ADA.id}/9", title="Your week", body="@ada"), id="an issue for them"),
]
