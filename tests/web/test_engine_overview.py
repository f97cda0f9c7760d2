from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mentorbot.core.config import Source
from mentorbot.core.handbook import Handbook
from mentorbot.core.people import Person
from mentorbot.core.places import Repository
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.journal import Note
from mentorbot.db.store import Store
from mentorbot.features import load
from mentorbot.web.stored_overview import StoredOverview
from tests.postgres import database_url, postgres, store

__all__ = ["database_url", "postgres", "store"]

NOW = datetime(2026, 2, 9, 8, tzinfo=UTC)
OCTO = Person(9, "octo")
TEA = Repository(id=1, full_name="octo/tea", owner=OCTO)
SECRET = Repository(id=2, full_name="octo/secret", owner=OCTO, private=True)


@pytest.fixture
async def overview(store: Store) -> StoredOverview:
    await store.repositories.put_installation(3, OCTO, state="active", as_of=NOW)
    await store.repositories.put(3, [TEA, SECRET], as_of=NOW)
    return StoredOverview(store, Handbook(load()))


async def test_the_status_counts_all_and_names_the_public(overview: StoredOverview, store: Store) -> None:
    await store.deliveries.receive(
        [(StoredDelivery(id="d-1", event="issues", received_at=NOW, payload=b"{}"), None)]
    )
    await store.deliveries.park("d-1", reason="it has no issue", now=NOW)
    await store.repositories.put_progress(1, stage="threads", cursor="2", pages=1, now=NOW)
    status = await overview.status()
    assert (status.installations, status.repositories, status.waiting, status.parked) == (1, 2, 0, 1)
    assert status.last_delivery_at == NOW
    assert status.public_repositories == ["octo/tea"]
    assert [(one.full_name, one.progress) for one in status.seeding] == [
        ("octo/tea", "reading its threads: 1 page read")
    ]


async def test_a_repository_that_is_about_to_be_read_says_so(overview: StoredOverview, store: Store) -> None:
    (waiting,) = (await overview.status()).seeding
    assert waiting.progress == "about to begin"
    await store.repositories.put_progress(1, stage="finished", cursor=None, pages=3, now=NOW)
    assert (await overview.status()).seeding == []


async def test_a_repository_is_found_in_any_case_with_what_is_on_and_wrong(
    overview: StoredOverview, store: Store
) -> None:
    text = "welcome:\n  issue: default\n  masage: default\nfirst_merge:\n"
    source = Source(origin="repository", full_name="octo/tea", path=".github/mentorbot.yml", text=text)
    await store.configs.put(1, [source], {}, now=NOW)
    found = await overview.repository("Octo/TEA")
    assert found is not None
    assert (found.id, found.full_name, found.private, found.has_config) == (1, "octo/tea", False, True)
    assert "first_merge" in found.features_on
    assert "welcome" not in found.features_on
    (problem,) = found.problems
    assert problem.where == "line 3, column 3"


async def test_a_repository_without_a_config_has_nothing_on(overview: StoredOverview) -> None:
    found = await overview.repository("octo/secret")
    assert found is not None
    assert (found.private, found.has_config, list(found.features_on)) == (True, False, [])


@pytest.mark.parametrize("full_name", ["octo/none", "octo/tea"])
async def test_where_the_bot_may_not_work_there_is_nothing_to_see(
    full_name: str, overview: StoredOverview, store: Store
) -> None:
    await store.repositories.leave(3, None, as_of=NOW)
    assert await overview.repository(full_name) is None


async def test_the_journal_is_of_one_thread_or_of_all(overview: StoredOverview, store: Store) -> None:
    note = Note(at=NOW, feature="welcome", acted=True, because="first", repository_id=1, number=7)
    async with store.transaction() as connection:
        await store.journal.write(
            connection,
            [
                note,
                replace(note, because="second", number=8),
                replace(note, because="elsewhere", repository_id=2),
            ],
        )
    assert [entry.because for entry in await overview.journal("octo/tea", None, limit=9)] == [
        "second",
        "first",
    ]
    assert [entry.because for entry in await overview.journal("octo/tea", 7, limit=9)] == ["first"]
    assert await overview.journal("octo/none", None, limit=9) == []
