"""Where the bot may work, what is configured there, and how its past is read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.core.people import Association, Person
from mentorbot.db.store import Store
from mentorbot.domain.contributions import ReviewSeen, Sighting, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.engine import Delivery
from tests.builders import NOW, a_person, a_repository
from tests.engine.office import Office, a_missed_delivery, a_pull_by, an_office
from tests.engine.test_decide import due_now
from tests.github import hooks

ACME = Person(2, "acme")
ACCOUNT = {"id": 2, "login": "acme", "type": "Organization"}


def an_installation(action: str, *, repositories: Sequence[int] = (1,), **more: Any) -> dict[str, Any]:
    short = [
        {"id": id_, "name": f"r{id_}", "full_name": f"acme/r{id_}", "private": False} for id_ in repositories
    ]
    return {
        "action": action,
        "installation": {"id": 5, "account": ACCOUNT, "updated_at": "2026-03-02T09:00:00Z"},
        "repositories": short,
        "sender": hooks.GRACE,
        **more,
    }


def a_push(
    *, paths: Sequence[str], branch: str = "main", name: str = "rockets", id_: int = 1
) -> dict[str, Any]:
    repository = {**hooks.REPOSITORY, "id": id_, "full_name": f"acme/{name}"}
    commit = {"id": "c" * 40, "message": "…", "added": list(paths), "modified": [], "removed": []}
    return hooks.an_account_hook(
        repository=repository,
        ref=f"refs/heads/{branch}",
        before="a" * 40,
        after="b" * 40,
        commits=[{**commit, "timestamp": "2026-03-02T09:30:00Z"}],
        head_commit={**commit, "timestamp": "2026-03-02T09:30:00Z"},
    )


async def asked_for_config(office: Office) -> int:
    return office.app.here.asked.count("config")


async def test_the_config_is_read_once_and_kept_for_later_events(store: Store) -> None:
    office = an_office(store)
    for number in range(3, 6):
        await office.hear("pull_request", a_pull_by("ada", number=number))
        await office.work()

    assert await asked_for_config(office) == 1


@pytest.mark.parametrize(
    ("push", "asks"),
    [
        pytest.param(a_push(paths=[".github/mentorbot.yml"]), 2, id="the file on the default branch"),
        pytest.param(a_push(paths=["README.md"]), 1, id="another file"),
        pytest.param(a_push(paths=[".github/mentorbot.yml"], branch="draft"), 1, id="another branch"),
        pytest.param(a_push(paths=[], branch="main"), 2, id="a push that does not say"),
        pytest.param(
            a_push(paths=[".github/mentorbot.yml"], name=".github", id_=9), 2, id="the owner's file"
        ),
    ],
)
async def test_a_push_that_touches_the_config_has_it_read_again(
    store: Store, push: dict[str, Any], asks: int
) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    before = await asked_for_config(office)
    assert before == 1

    office.app.here.config = "calendar:\n"
    await office.hear("push", push)
    await office.work()
    await office.hear("pull_request", a_pull_by("grace", number=5))
    await office.work()

    assert await asked_for_config(office) == asks
    assert (office.said == ["Hello @ada"]) == (asks == 2)


async def test_the_last_good_section_goes_on_when_the_file_breaks(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    office.app.here.config = "greeter: [what is this?\n"
    await office.hear("push", a_push(paths=[".github/mentorbot.yml"]))
    await office.hear("pull_request", a_pull_by("grace", number=5))
    await office.work()

    assert office.said == ["Hello @ada", "Hello @grace"]
    assert (await office.engine.configuration("acme/rockets")).problems


async def test_two_who_need_the_config_at_once_ask_for_it_once(store: Store) -> None:
    office = an_office(store)
    configurations = office.engine._components.configurations
    repository = a_repository(owner=ACME)
    await store.repositories.put(5, [repository], as_of=NOW)

    first, second = await asyncio.gather(configurations.of(repository, 5), configurations.of(repository, 5))

    assert first.exists
    assert second.exists
    assert await asked_for_config(office) == 1


async def test_while_github_does_not_give_the_config_the_delivery_waits(store: Store) -> None:
    office = an_office(store)
    office.app.here.down = GitHubUnavailable("down")
    delivery = await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert (await office.state_of(delivery))[0] == "received"

    office.app.here.down = None
    await due_now(store)
    await office.work()

    assert office.said == ["Hello @ada"]


async def test_config_files_are_looked_at_again_after_six_hours_without_any_event(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    office.wait(timedelta(hours=7))

    await office.engine.tick()
    await due_now(store)
    await office.work()

    assert await asked_for_config(office) == 2


async def test_an_installation_brings_its_repositories_and_their_past_is_read(store: Store) -> None:
    office = an_office(store)

    await office.hear("installation", an_installation("created", repositories=(1, 7)))
    await office.work()

    status = await office.engine.status()
    assert [place.repository.full_name for place in status.repositories] == ["acme/r1", "acme/r7"]
    assert {place.seeding for place in status.repositories} == {"finished"}
    assert [installation.account for installation in status.installations] == [ACME]


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(an_installation("deleted"), id="uninstalled"),
        pytest.param(an_installation("suspend"), id="suspended"),
        pytest.param(
            an_installation(
                "removed",
                repositories_removed=[{"id": 1, "name": "r1", "full_name": "acme/r1", "private": False}],
                repositories_added=[],
            ),
            id="taken out",
        ),
        pytest.param(hooks.an_account_hook(action="deleted"), id="repository deleted"),
    ],
)
async def test_where_the_bot_may_no_longer_work_it_does_not(store: Store, payload: dict[str, Any]) -> None:
    office = an_office(store)
    await office.hear("installation", an_installation("created"))
    await office.work()
    event = "repository" if "installation" in payload and "repository" in payload else "installation"
    if payload["action"] == "removed":
        event = "installation_repositories"

    office.wait(timedelta(seconds=1))
    await office.hear(event, payload)
    await office.work()

    assert (await office.engine.status()).repositories == []


async def test_an_unsuspended_installation_works_again(store: Store) -> None:
    office = an_office(store)
    for action in ("created", "suspend", "unsuspend"):
        await office.hear("installation", an_installation(action))
        await office.work()
        office.wait(timedelta(seconds=1))

    assert len((await office.engine.status()).repositories) == 1


async def test_a_repository_keeps_its_memory_through_a_renaming(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    office.wait(timedelta(seconds=1))
    renamed = {**hooks.REPOSITORY, "full_name": "acme/boosters"}
    await office.hear("repository", hooks.an_account_hook(action="renamed", repository=renamed))
    await office.work()

    assert [entry.because for entry in await office.engine.journal_of("ACME/boosters", 4)] == [
        "@ada opened a pull request"
    ]
    assert await office.engine.workplace("acme/rockets") is None


async def test_an_owner_with_a_new_name_takes_the_repositories_along(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    account = {**ACCOUNT, "login": "acme-inc"}
    await office.hear(
        "installation_target",
        {"action": "renamed", "account": account, "installation": {"id": 5}, "target_type": "Organization"},
    )
    await office.work()

    assert await office.engine.workplace("acme-inc/rockets") is not None


def a_thread(number: int, author: Person, *, days_ago: int) -> ThreadSeen:
    return ThreadSeen(
        number=number,
        is_pull_request=True,
        author=author,
        association=Association.NONE,
        title="…",
        opened_at=NOW - timedelta(days=days_ago),
        closed_at=NOW - timedelta(days=days_ago - 1),
    )


async def test_the_past_is_read_page_by_page_and_remembered(store: Store) -> None:
    office = an_office(store)
    ada, grace = a_person("ada"), a_person("grace")
    pages: list[Sequence[Sighting]] = [[a_thread(3, ada, days_ago=3)], [a_thread(2, grace, days_ago=30)]]
    office.app.here.past = pages
    office.app.here.past_of_reviews = [[ReviewSeen(number=2, by=ada, at=NOW - timedelta(days=29))]]

    await office.hear("installation", an_installation("created"))
    await office.work()

    known = await store.people.contributor_history(1, ada, before=NOW, number=99)
    assert known.is_complete
    assert (known.contributor_history.pull_requests, known.contributor_history.reviews) == (1, 1)
    assert known.contributor_history.last_seen == NOW - timedelta(days=3)
    assert [question for question in office.app.here.asked if question.startswith("past")] == [
        "past threads None",
        "past threads 1",
        "past reviews None",
    ]


async def test_the_first_news_of_a_repository_are_answered_before_its_past_is_read(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert office.said == ["Hello @ada"]
    assert [question for question in office.app.here.asked if question.startswith("past")] == []

    await due_now(store)
    await office.work()

    assert "past threads None" in office.app.here.asked


async def test_reading_the_past_goes_on_where_it_stopped(store: Store) -> None:
    office = an_office(store)
    office.app.here.past = [
        [a_thread(number, a_person("ada"), days_ago=number)] for number in range(5, 0, -1)
    ]
    await store.repositories.put(5, [a_repository(owner=ACME)], as_of=NOW)
    place = await store.repositories.get(1)
    assert place is not None
    components = office.engine._components
    for _ in range(2):
        await components.backfill.read_page(1)
    office.app.here.down = GitHubUnavailable("limit")
    with pytest.raises(GitHubUnavailable):
        await components.backfill.read_page(1)
    office.app.here.down = None
    office.app.here.asked.clear()

    await office.work()

    assert office.app.here.asked[:2] == ["past threads 2", "past threads 3"]


async def test_open_pull_requests_are_read_with_their_timelines(store: Store) -> None:
    office = an_office(store)
    timeline = PullRequestTimeline(number=3, author=a_person("ada"), opened_at=NOW - timedelta(days=3))
    open_one = ThreadSeen(
        number=3,
        is_pull_request=True,
        author=a_person("ada"),
        association=Association.NONE,
        title="…",
        opened_at=timeline.opened_at,
    )
    office.app.here.past = [[open_one]]
    office.app.here.timelines = {3: timeline}

    await office.hear("installation", an_installation("created"))
    await office.work()

    assert [found.number async for found in store.timelines.open(1)] == [3]


async def test_where_open_pull_requests_cannot_be_read_the_rest_of_the_past_is_known(store: Store) -> None:
    office = an_office(store)
    await store.repositories.put(5, [a_repository(owner=ACME)], as_of=NOW)
    seeding = office.engine._components.backfill
    for _ in range(2):
        await seeding.read_page(1)
    office.app.here.down = Impossible("GitHub answered 404: Not Found", status=404)

    await seeding.read_page(1)

    place = await store.repositories.get(1)
    assert place is not None
    assert place.seeding == "finished"


async def test_a_pull_request_that_was_closed_unheard_is_closed_by_the_nightly_look(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    await due_now(store)  # the past of a repository that is met by news is read a little later
    await office.work()
    assert await store.timelines.open_numbers(1) == {4}

    office.wait(timedelta(hours=12))
    await office.engine._components.catch_up.reconcile_all()
    await office.work()

    assert await store.timelines.open_numbers(1) == set()


async def test_what_github_could_not_deliver_is_taken_in_once(store: Store) -> None:
    office = an_office(store)
    payload = json.dumps(a_pull_by("ada")).encode()
    office.app.missed = [
        a_missed_delivery("lost", "pull_request", payload),
        a_missed_delivery("lost too", "pull_request", payload.replace(b'"number": 4', b'"number": 5')),
        a_missed_delivery("too old", "pull_request", payload, at=NOW - timedelta(days=4)),
    ]
    await office.hear("pull_request", a_pull_by("ada"), id_="lost")

    assert await office.engine.catch_up() == 1
    assert await office.engine.catch_up() == 0
    await office.work()

    assert office.said == ["Hello @ada"]
    assert (await office.state_of("lost too"))[0] == "done"


async def test_installations_nobody_told_us_of_are_found_and_lost_ones_left(store: Store) -> None:
    office = an_office(store)
    await store.repositories.put(6, [a_repository(id=66, full_name="gone/away")], as_of=NOW)
    await store.repositories.put_installation(6, a_person("gone"), state="active", as_of=NOW)

    office.wait(timedelta(hours=1))
    await office.engine.catch_up()

    status = await office.engine.status()
    assert [place.repository.full_name for place in status.repositories] == ["acme/rockets"]
    assert [installation.id for installation in status.installations] == [5]


async def test_a_replay_prints_what_would_be_done_and_leaves_no_trace(store: Store) -> None:
    office = an_office(store)
    payloads = (a_pull_by("ada"), a_pull_by("grace", number=5, at=NOW - timedelta(days=365)))
    deliveries = [
        Delivery(
            id=f"d{place}",
            event="pull_request",
            body=json.dumps(payload).encode(),
            payload=payload,
            received_at=NOW,
        )
        for place, payload in enumerate(payloads)
    ]

    decisions = await office.engine.replay(deliveries)
    await office.work()

    assert [decision.plan.because for decision in decisions] == [
        "@ada opened a pull request",
        "@grace opened a pull request",
    ]
    assert [decision.at for decision in decisions] == [NOW, NOW - timedelta(days=365)]
    assert office.app.pen.done == []
    assert (await office.engine.status()).repositories == []
