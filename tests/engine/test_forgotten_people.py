"""Whoever asked to be forgotten is left alone by all that works, until they want something themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.actions import Action, Answer, Comment, Doable, Occasion, Remember, RequestReview
from mentorbot.core.errors import GitHubUnavailable, Impossible, LimitReached
from mentorbot.core.events import CommandGiven, PullRequestClosed
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, plan
from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.engine.ports import hide_forgotten_people
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Case, Command, Every, Feature, On
from mentorbot.feature_api.ports import Ports, Reacted
from tests.builders import NOW, a_repository
from tests.engine.office import GREETER, FakeApp, FakeReader, Greeting, Office, a_pull_by, an_office
from tests.engine.test_act import HERE, a_nudge, decide
from tests.engine.test_decide import due_now
from tests.fakes import FakeWriter
from tests.github import hooks
from tests.stored_effects import effects_of

EVE, ADA = Person(4711, "eve"), Person(11, "ada")
_EVE = {"id": EVE.id, "login": EVE.login, "type": "User"}
NOBODY = "somebody who asked to be forgotten"


async def _event(event: Any, _section: Greeting, ports: Ports) -> tuple[Any, Ports]:
    return event, ports


def praise(facts: tuple[PullRequestClosed, Ports], _section: Greeting) -> Plan:
    event, _ = facts
    author = event.thread.author
    assert author is not None
    number = event.thread.number
    both: tuple[Doable, ...] = (
        Comment(key=f"person {author.id}", number=number, body=f"Well done, @{author.login}!",
                occasion=Occasion.CELEBRATION, mentions=(author,)),
        RequestReview(key=f"next/ask {author.id}", number=number, reviewer=author),
        Comment(key="told", number=number, body=f"{author.login} did it", occasion=Occasion.CELEBRATION),
        Remember(kind="done", key=str(author.id), value={}, whose=author.id),
    )  # fmt: skip
    return plan(*both, because=f"@{event.by.login} merged the work of @{author.login}")


def answer(facts: tuple[CommandGiven, Ports], _section: Greeting) -> Plan:
    event, _ = facts
    return plan(Answer(text="Here."), because=f"@{event.by.login} said {event.line}")


PRAISER = Feature(
    name="praiser",
    summary="Praises.",
    config=Greeting,
    triggers=(
        On(PullRequestClosed, ask=_event, decide=praise),
        Command(usage="turn", help="…", who=Who.ANYONE, ask=_event, decide=answer),
    ),
)


async def an_office_that_forgot_eve(store: Store, *features: Feature[Any]) -> Office:
    office = an_office(store, *(features or (GREETER, PRAISER)))
    office.app.here.config = "".join(f"{feature.name}:\n" for feature in features or (GREETER, PRAISER))
    await store.forgetting.forget(EVE, now=NOW - timedelta(days=1))
    return office


async def say(office: Office, body: str, *, by: dict[str, Any]) -> None:
    issue = hooks.an_issue(number=4, pull_request={"url": "…"})
    comment = hooks.a_comment(user=by, body=body)
    await office.hear(
        "issue_comment", hooks.an_issue_hook("created", issue=issue, comment=comment, sender=by)
    )
    await office.work()


async def test_what_they_do_is_not_acted_upon_and_not_kept(store: Store) -> None:
    office = await an_office_that_forgot_eve(store)

    delivery = await office.hear("pull_request", a_pull_by("eve", id_=EVE.id))
    await office.work()

    assert office.said == []
    [entry] = await store.journal.about(1, 4, limit=10)
    assert (entry.because, entry.person_id) == (f"it was done by {NOBODY}", None)
    assert await store.people.named("eve") is None
    assert (await store.deliveries.load([delivery]))[delivery].payload is None


async def test_what_others_do_leads_to_nothing_about_them(store: Store) -> None:
    office = await an_office_that_forgot_eve(store)
    pull = hooks.a_pull(user=_EVE, state="closed", merged=True, closed_at="2026-03-02T08:00:00Z")

    await office.hear("pull_request", hooks.a_pull_hook("closed", pull=pull, sender=hooks.ADA))
    await office.work()

    assert office.said == [f"{NOBODY} did it"]
    [entry] = await store.journal.about(1, 4, limit=10)
    assert entry.because == f"@ada merged the work of {NOBODY}; left out, as it would be about {NOBODY}"
    assert entry.person_id == ADA.id
    assert await store.records.all("praiser", 1, "done") == []
    assert [effect.people for effect in await effects_of(store, 1)] == [(ADA.id,)]


async def test_whoever_gives_a_command_is_answered_and_remembered_again(store: Store) -> None:
    office = await an_office_that_forgot_eve(store)

    await say(office, "/turn", by=_EVE)
    assert office.said == ["Here."]
    await office.hear("pull_request", a_pull_by("eve", id_=EVE.id, number=5))
    await office.work()

    assert office.said == ["Here.", "Hello @eve"]
    assert await store.people.named("eve") == EVE


async def test_words_that_are_no_command_leave_them_forgotten(store: Store) -> None:
    office = await an_office_that_forgot_eve(store)

    await say(office, "/mentorbot nonsense", by=_EVE)
    await say(office, "Hello", by=_EVE)

    assert office.app.pen.done == []
    assert await store.forgetting.forgotten_among([EVE.id]) == {EVE.id}


class Minding:
    """Asks Ada for a look first, and by the last look Eve."""

    def __init__(self, asked: Person) -> None:
        self.asked = asked

    async def each(self, _section: Greeting, _ports: Ports) -> AsyncIterator[Case[Person]]:
        yield Case(4, self.asked)

    async def fresh(self, _number: int, _section: Greeting, _ports: Ports) -> Person:
        return self.asked

    def nudge(self, asked: Person, _section: Greeting) -> Plan:
        comment = Comment(
            key="nudge", number=4, body=f"@{asked.login}?", occasion=Occasion.NUDGE, mentions=(asked,)
        )
        return plan(comment, because=f"asked @{asked.login}")

    def card(self) -> Feature[Greeting]:
        every = Every("day 06:00", each=self.each, decide=self.nudge, fresh=self.fresh)
        return Feature(name="minding", summary="Minds.", config=Greeting, triggers=(every,))


async def test_the_last_look_before_acting_does_not_turn_to_them(store: Store) -> None:
    minding = Minding(ADA)
    office = await an_office_that_forgot_eve(store, minding.card())
    await store.repositories.put(5, [a_repository(owner=Person(2, "acme"))], as_of=NOW)
    await office.engine.sweep("acme/rockets")
    minding.asked = EVE

    await office.work()

    assert office.said == []
    assert any(f"it would be about {NOBODY}" in why for why in await office.why(4))


async def test_github_does_not_tell_of_them(store: Store) -> None:
    await store.forgetting.forget(EVE)
    acts = (Act(kind=ActKind.COMMENTED, at=NOW, id="comment-1", by=EVE, body="My words"),)
    known = PullRequestTimeline(number=4, author=ADA, opened_at=NOW, acts=acts)
    github = hide_forgotten_people(Telling(timelines={4: known}, accounts={"eve": EVE, "ada": ADA}), store, 1)

    assert await github.account("eve") is None
    assert await github.account("ada") == ADA
    assert await github.account("nobody") is None
    assert await github.team_members("triage") == (ADA,)
    assert await github.reactions("issue", 4) == [(ADA, "+1")]
    assert await github.reactions_to(["I_1"]) == {"I_1": [Reacted(by=ADA, content="+1", at=NOW)]}
    assert await github.timeline(5) is None
    timeline = await github.timeline(4)
    assert timeline is not None
    assert timeline.author == ADA
    [act] = timeline.acts
    assert act.by is not None
    assert (act.by.is_nameless, act.body) == (True, "")
    assert [one.acts async for one in github.open_pull_requests()] == [timeline.acts]


class Telling(FakeReader):
    """A GitHub where Eve and Ada are everywhere."""

    async def team_members(self, slug: str) -> tuple[Person, ...]:
        return (EVE, ADA)

    async def reactions(self, kind: str, id_: int) -> list[tuple[Person, str]]:
        return [(EVE, "+1"), (ADA, "+1")]

    async def reactions_to(self, nodes: Any) -> dict[str, list[Reacted]]:
        return {node: [Reacted(by=one, content="+1", at=NOW) for one in (EVE, ADA)] for node in nodes}

    async def open_pull_requests(self) -> AsyncIterator[PullRequestTimeline]:
        for timeline in self.timelines.values():
            yield timeline


async def test_what_was_said_before_asking_to_be_forgotten_brings_nobody_back(
    store: Store,
) -> None:
    office = await an_office_that_forgot_eve(store)
    await store.forgetting.forget(EVE, now=NOW + timedelta(minutes=1))

    await say(office, "/turn", by=_EVE)

    assert await store.forgetting.forgotten_among([EVE.id]) == {EVE.id}
    assert await store.people.named("eve") is None
    assert office.said == []


@dataclass
class Forgetful(FakeWriter):
    """Somebody asks to be forgotten just as something is done; then GitHub answers."""

    store: Store | None = None
    person: Person = ADA
    answer: Exception | None = None

    async def perform(self, action: Action, **how: Any) -> Mapping[str, Any]:
        assert self.store is not None
        await self.store.forgetting.forget(self.person)
        if self.answer is not None:
            raise self.answer
        return await super().perform(action, **how)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        pytest.param(GitHubUnavailable("the line dropped"), "dropped", id="an unclear answer"),
        pytest.param(LimitReached("limit"), "dropped", id="a limit"),
        pytest.param(KeyError("bug"), "dropped", id="a bug"),
        pytest.param(Impossible("locked"), "dropped", id="no"),
        pytest.param(None, "done", id="done"),
    ],
)
@pytest.mark.parametrize("key", ["a thread", f"person {ADA.id}"])
async def test_whoever_is_forgotten_while_they_are_written_to_is_not_written_to_again(
    store: Store, answer: Exception | None, state: str, key: str
) -> None:
    pen = Forgetful(store=store, answer=answer)
    office = an_office(store, app=FakeApp(pen=pen))
    await store.repositories.put(5, [HERE], as_of=NOW)
    await decide(office, a_nudge(key, mentions=(ADA,)))

    await office.work()
    pen.answer = None
    await due_now(store)
    await office.work()

    assert len(pen.done) == (state == "done")
    async with store.transaction() as connection:
        assert (await connection.execute(text("SELECT state, result IS NULL FROM effects"))).all() == [
            (state, state == "dropped" or key != "a thread")
        ]


async def test_whoever_is_forgotten_just_before_is_not_written_to(store: Store) -> None:
    office = an_office(store)
    await store.repositories.put(5, [HERE], as_of=NOW)
    await decide(office, a_nudge("a thread", mentions=(ADA,)))
    effect = await store.effects.keyed("greeter/1/a thread")
    assert effect is not None
    await store.forgetting.forget(ADA)

    async with store.transaction() as connection:
        assert await store.effects.begin(connection, effect, now=NOW) is None

    assert await store.write_counts.mentions_of(ADA, since=NOW) == 0
