"""What the web and the command line ask of the engine, and what features get to see through their ports."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.core.actions import Remember
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.events import PullRequestOpened
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal, leave_alone
from mentorbot.db.store import Store
from mentorbot.engine.retries import BACKOFF_SECONDS
from mentorbot.engine.unknown_names import UnknownPerson
from mentorbot.feature_api.feature import Feature, On
from mentorbot.feature_api.muting import FOR_EVER
from mentorbot.feature_api.ports import Ports
from tests.builders import NOW, a_person
from tests.engine.office import BOT, Greeting, Office, a_pull_by, an_office
from tests.engine.test_act import a_comment, a_nudge, an_office_with, decide, state_of
from tests.engine.test_decide import due_now
from tests.github import hooks


class Curious:
    """Keeps the ports it was shown."""

    def __init__(self, error: Exception | None = None) -> None:
        self.ports: list[Ports] = []
        self.error = error

    async def ask(self, _event: PullRequestOpened, _section: Greeting, ports: Ports) -> None:
        self.ports.append(ports)
        if self.error:
            raise self.error

    def decide(self, _facts: None, _section: Greeting) -> Plan:
        return leave_alone("seen")

    def card(self) -> Feature[Greeting]:
        trigger = On(PullRequestOpened, ask=self.ask, decide=self.decide)
        return Feature(name="curious", summary="Looks.", config=Greeting, triggers=(trigger,))


async def ports_in(office: Office, curious: Curious) -> Ports:
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    return curious.ports[-1]


def an_office_that_looks(store: Store, curious: Curious) -> Office:
    office = an_office(store, curious.card())
    office.app.here.config = "curious:\ncalendar:\n  timezone: Europe/Berlin\n"
    return office


async def test_a_feature_sees_its_own_repository_and_moment(store: Store) -> None:
    curious = Curious()
    ports = await ports_in(an_office_that_looks(store, curious), curious)

    assert ports.now == NOW
    assert ports.bot == BOT
    assert ports.repository.full_name == "acme/rockets"
    assert ports.calendar.timezone == "Europe/Berlin"
    assert ports.public_url == "https://mentorbot.example"


async def test_a_feature_sees_people_timelines_records_and_journal(store: Store) -> None:
    curious = Curious()
    ports = await ports_in(an_office_that_looks(store, curious), curious)

    assert await ports.people.named("@ADA") == a_person("ada")
    assert await ports.people.named("nobody") is None
    assert [wait.opened_at for wait in await ports.people.waits(since=NOW - timedelta(days=1))] == []
    timeline = await ports.timelines.get(4)
    assert timeline is not None
    assert timeline.author == a_person("ada")
    assert [found.number async for found in ports.timelines.open()] == [4]
    assert await ports.records.get("kind", "key") is None
    assert await ports.records.all("kind") == []
    assert [entry.because for entry in await ports.journal.about(4)] == ["seen"]
    assert await ports.journal.muted_until(4) is None
    assert await ports.journal.mentions_since(a_person("ada"), NOW) == 0


async def test_silence_for_good_has_an_end_far_away(store: Store) -> None:
    curious = Curious()
    ports = await ports_in(an_office_that_looks(store, curious), curious)
    async with store.transaction() as connection:
        await store.records.remember(
            connection, "help", 1, Remember(kind="mute", key="4", value={"until": None})
        )

    assert await ports.journal.muted_until(4) == FOR_EVER


async def test_somebody_whose_past_github_does_not_tell_is_not_certainly_new(store: Store) -> None:
    curious = Curious()
    office = an_office_that_looks(store, curious)
    ports = await ports_in(office, curious)
    async with store.transaction() as connection:
        await store.repositories.progress(connection, 1, stage="threads", cursor=None, pages=1)

    async def refuse(_person: Person) -> tuple[()]:
        raise Impossible("no such user")

    office.app.here.earlier_threads = refuse  # type: ignore[method-assign, assignment]  # the fake reader's
    found = await ports.people.contributor_history(a_person("eve"), before=NOW, number=9)

    assert not found.certain


async def test_a_refusal_nobody_asked_for_is_only_a_note(store: Store) -> None:
    office = an_office_that_looks(store, Curious(Refusal("no")))
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    assert await office.why(4) == ["no"]
    assert office.app.pen.done == []


async def test_a_person_is_forgotten_by_login(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    assert (await office.engine.forget("Ada"))["people"] == 1
    with pytest.raises(UnknownPerson, match="Nobody called ada"):
        await office.engine.forget("ada")


async def test_the_journal_of_a_repository_is_told_newest_first(store: Store) -> None:
    office = an_office(store)
    for number in (4, 5):
        await office.hear("pull_request", a_pull_by("ada", number=number))
        await office.work()
        office.wait(timedelta(minutes=1))

    entries = await office.engine.journal_of("acme/rockets")

    assert [entry.number for entry in entries] == [5, 4]
    assert (await office.engine.known_configuration("acme/rockets")) is not None


async def test_settling_takes_no_longer_than_it_may(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))

    with pytest.raises(TimeoutError, match="is a worker running"):
        await office.engine.settled(within=0.05)


async def test_where_the_app_was_uninstalled_a_delivery_ends_quietly(store: Store) -> None:
    office = an_office(store)

    async def gone() -> None:
        raise AccessLost("uninstalled")

    office.app.here.config_sources = gone  # type: ignore[assignment, method-assign]  # a fake's question
    delivery = await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    assert await office.state_of(delivery) == ("done", None)


async def test_a_delivery_that_never_works_is_parked_in_the_end(store: Store) -> None:
    office = an_office(store)

    async def broken() -> None:
        raise KeyError("bug")

    office.app.here.config_sources = broken  # type: ignore[assignment, method-assign]  # a fake's question
    delivery = await office.hear("pull_request", a_pull_by("ada"))
    for _ in range(len(BACKOFF_SECONDS) + 1):
        await office.work()
        await due_now(store)
    await office.work()

    assert await office.state_of(delivery) == ("parked", "KeyError: 'bug'")


async def test_a_part_that_was_put_back_and_may_not_look_any_more_is_left(store: Store) -> None:
    curious = Curious(GitHubUnavailable("down"))
    office = an_office_that_looks(store, curious)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    curious.error = AccessLost("uninstalled")
    await due_now(store)
    await office.work()

    assert await office.why(4) == ["I may not work here any more: uninstalled"]
    assert (await store.jobs.backlog()).later == 0


async def test_an_effect_that_breaks_the_writer_is_parked_after_some_tries(store: Store) -> None:
    office, _ = await an_office_with(store, *[KeyError("bug")] * (len(BACKOFF_SECONDS) + 1))
    await decide(office, a_comment())
    for _ in range(len(BACKOFF_SECONDS) + 1):
        await office.work()
        await due_now(store)

    assert await state_of(store, "k") == ("parked", "something went wrong on my side (KeyError)")


async def test_an_effect_another_worker_holds_waits_for_it(store: Store) -> None:
    office, pen = await an_office_with(store)
    await decide(office, a_nudge("k"))
    [effect] = await store.effects.in_repository(1)

    async with store.effects.held(effect.id):
        await office.work()
        assert pen.done == []
    await due_now(store)
    await office.work()

    assert office.said == ["k"]


async def test_in_an_archived_repository_nothing_is_written(store: Store) -> None:
    office = an_office(store)
    archived = {**hooks.REPOSITORY, "archived": True}
    await office.hear("pull_request", {**a_pull_by("ada"), "repository": archived})
    await office.work()

    assert office.app.pen.done == []
    assert (await office.why(4))[0].endswith("the repository is archived: nothing can be written to it")
