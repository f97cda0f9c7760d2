"""Not knowing is a state of its own: it is told, it ends, and it is never taken for "nothing to do"."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.core.events import PullRequestOpened
from mentorbot.core.people import Association
from mentorbot.core.plan import Plan, leave_alone
from mentorbot.db.store import Store
from mentorbot.domain.contributions import ReviewSeen, ThreadSeen
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.engine.completeness import CHANGES, CONVERSATIONS, OPEN, REVIEWS, unknown_in
from mentorbot.feature_api.feature import Case, Every, Feature, On
from mentorbot.feature_api.ports import Ports
from mentorbot.github.error_mapping import NotAllowed, RequestDropped
from tests.builders import NOW, a_person, a_repository
from tests.engine.office import Greeting, Office, a_pull_by, an_office
from tests.engine.test_decide import due_now

BAD_GATEWAY = RequestDropped("GitHub answered 502.")


async def count(_section: Greeting, ports: Ports) -> AsyncIterator[Case[int]]:
    numbers = [timeline.number async for timeline in ports.timelines.open()]
    yield Case(0, len(numbers))


async def count_then(_event: PullRequestOpened, section: Greeting, ports: Ports) -> int:
    return len([timeline async for timeline in ports.timelines.open()])


def tell(found: int, _section: Greeting) -> Plan:
    return leave_alone(f"{found} are open" if found else "Nothing waits")


COUNTING = Feature(
    name="counting",
    summary="Counts.",
    config=Greeting,
    triggers=(
        Every("day 06:00", each=count, decide=tell),
        On(PullRequestOpened, ask=count_then, decide=tell),
    ),
)


def an_open_pull(number: int) -> PullRequestTimeline:
    return PullRequestTimeline(
        number=number, author=a_person("ada"), opened_at=NOW - timedelta(days=9), opened_title="Heat it"
    )


async def an_office_with_a_past(store: Store, *numbers: int) -> Office:
    """A repository with these open pull requests, of which nothing was read yet."""
    office = an_office(store, COUNTING)
    here = office.app.here
    here.config = "counting:\n"
    here.timelines = {number: an_open_pull(number) for number in numbers}
    here.past = [
        [
            ThreadSeen(
                number=number,
                is_pull_request=True,
                author=a_person("ada"),
                association=Association.NONE,
                title="Heat it",
                opened_at=NOW - timedelta(days=9),
            )
            for number in numbers
        ]
    ]
    await store.repositories.put(5, [a_repository(owner=a_person("acme"))], as_of=NOW)
    return office


async def seed(office: Office, *, tries: int = 12) -> None:
    """Read the past, as jobs do: what fails is tried again, and again."""
    await office.engine._components.installations.start_backfill(a_repository(owner=a_person("acme")))
    for _ in range(tries):
        await office.work()
        await due_now(office.store)
    await office.work()


async def unread(office: Office) -> set[str]:
    return {one.what for one in await office.store.read_failures.of(1)}


async def swept(office: Office) -> list[tuple[bool, str]]:
    return [(one.plan.unknown, one.plan.because) for one in await office.engine.sweep("acme/rockets")]


async def test_while_open_pull_requests_are_not_read_a_sweep_says_unknown_not_nothing(store: Store) -> None:
    office = await an_office_with_a_past(store)

    told = await swept(office)

    assert [is_unknown for is_unknown, _ in told] == [True, True]
    assert "Its past is not read yet (about to begin)." in told[0][1]
    assert "Nothing waits" not in str(told)


async def test_graphql_that_fails_at_first_is_waited_for_and_what_fails_is_told(store: Store) -> None:
    office = await an_office_with_a_past(store, 3)
    office.app.here.graphql_down = BAD_GATEWAY

    await seed(office, tries=2)

    unknown = await unknown_in(store, 1)
    assert unknown == (
        "Its past is not read yet (reading its reviews: 1 page read). Could not read who reviewed and "
        f"answered in the past (since {NOW:%Y-%m-%d %H:%M} UTC): GitHub answered 502."
    )
    status = await office.engine.status()
    assert [place.repository.full_name for place in status.reading] == ["acme/rockets"]
    assert set(status.unread) == {1}

    office.app.here.graphql_down = None
    await seed(office, tries=2)
    assert await unknown_in(store, 1) == ""


async def test_graphql_that_fails_for_ever_is_replaced_by_rest_and_what_it_does_not_tell_is_told(
    store: Store,
) -> None:
    office = await an_office_with_a_past(store, 3, 5)
    office.app.here.graphql_down = BAD_GATEWAY

    await seed(office)

    assert await store.timelines.open_numbers(1) == {3, 5}
    assert await unread(office) == {REVIEWS, CONVERSATIONS}
    told = await swept(office)
    assert told[0] == (False, "2 are open")
    assert told[1][0]
    assert "which conversations on lines of its pull requests are over" in told[1][1]


@pytest.mark.parametrize(
    "refusal", [Impossible("There is no GraphQL here."), NotAllowed("Resource not accessible.")]
)
async def test_graphql_that_refuses_is_replaced_at_once(store: Store, refusal: Exception) -> None:
    office = await an_office_with_a_past(store, 3)
    office.app.here.graphql_down = refusal

    await seed(office, tries=0)

    assert await store.timelines.open_numbers(1) == {3}
    assert await unread(office) == {REVIEWS, CONVERSATIONS}


async def test_reading_one_by_one_goes_on_where_a_limit_stopped_it(store: Store) -> None:
    office = await an_office_with_a_past(store, 3, 5, 7)
    here = office.app.here
    here.graphql_down = Impossible("There is no GraphQL here.")
    here.rest_left = 2
    await seed(office, tries=0)
    assert await unread(office) == {REVIEWS, OPEN}
    here.rest_left = None
    here.asked.clear()

    await due_now(store)
    await office.work()

    assert [one for one in here.asked if "over REST" in one] == ["timeline 7 over REST"]
    assert await store.timelines.open_numbers(1) == {3, 5, 7}


async def test_where_neither_way_works_the_open_ones_stay_unknown(store: Store) -> None:
    office = await an_office_with_a_past(store, 3)
    office.app.here.graphql_down = Impossible("There is no GraphQL here.")
    office.app.here.rest_down = NotAllowed("Resource not accessible by integration.")

    await seed(office, tries=0)

    assert OPEN in await unread(office)
    assert all(is_unknown for is_unknown, _ in await swept(office))


async def test_a_lost_repository_is_noted_and_its_reading_goes_on_when_it_is_back(store: Store) -> None:
    office = await an_office_with_a_past(store, 3)
    await office.engine.configuration("acme/rockets")
    office.app.here.down = AccessLost("The App may not see it.")
    await seed(office, tries=0)
    assert "The App may not see it" in await unknown_in(store, 1)
    office.app.here.down = None

    await office.engine._components.catch_up.reconcile_all()
    await office.work()

    assert await unknown_in(store, 1) == ""


async def test_a_limit_is_no_refusal(store: Store) -> None:
    office = await an_office_with_a_past(store, 3)
    office.app.here.down = LimitReached("limit", retry_at=NOW + timedelta(minutes=5))

    await seed(office, tries=0)

    assert await unread(office) == set()


async def test_the_nightly_comparison_tells_when_it_fails_and_mends_what_was_unread(store: Store) -> None:
    office = await an_office_with_a_past(store, 3)
    here = office.app.here
    here.graphql_down = Impossible("There is no GraphQL here.")
    await seed(office, tries=0)
    components = office.engine._components

    here.graphql_down = BAD_GATEWAY
    place = await store.repositories.get(1)
    assert place is not None
    with pytest.raises(GitHubUnavailable):
        await components.backfill.reconcile(place)
    assert await unread(office) == {REVIEWS, CONVERSATIONS, CHANGES}

    here.graphql_down = None
    here.past_of_reviews = [
        [ReviewSeen(number=3, by=a_person("grace"), at=NOW - timedelta(days=day))] for day in (1, 2)
    ]
    await components.backfill.reconcile(place)

    assert await unread(office) == set()
    known = await store.people.contributor_history(1, a_person("grace"), before=NOW, number=9)
    assert known.contributor_history.reviews == 2


async def test_news_is_decided_with_what_is_known(store: Store) -> None:
    office = await an_office_with_a_past(store)
    await office.hear("pull_request", a_pull_by("grace", number=9))
    await office.work()

    assert await office.why(9) == ["1 are open"]


@pytest.mark.parametrize("dry_run", [False, True])
async def test_a_sweep_that_github_does_not_answer_is_unknown(store: Store, *, dry_run: bool) -> None:
    office = await an_office_with_a_past(store)
    await seed(office, tries=0)

    async def down(_section: Greeting, ports: Ports) -> AsyncIterator[Case[int]]:
        async for timeline in ports.github.open_pull_requests():
            yield Case(timeline.number, timeline.number)

    asking = Feature(
        name="asking",
        summary="Asks.",
        config=Greeting,
        triggers=(Every("day 06:00", each=down, decide=tell),),
    )
    other = an_office(store, asking, COUNTING, app=office.app)
    other.app.here.config = "asking:\ncounting:\n"
    other.app.here.graphql_down = BAD_GATEWAY
    await store.configs.mark_stale(repository_id=1)

    told = [(one.feature, one.plan.because) for one in await other.engine.sweep(dry_run=dry_run)]

    assert told == [
        ("asking", "Could not look at everything: GitHub answered 502."),
        ("counting", "Nothing waits"),
    ]
