"""What was put aside can be tried again, by hand or after an upgrade; what would come too late is dropped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.actions import AddLabel, Comment, Occasion, RemoveLabel
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.events import PullRequestOpened
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.db.connection import text
from mentorbot.db.effects import Effect
from mentorbot.db.store import Store
from mentorbot.engine.parked import Retried
from mentorbot.engine.priorities import Rank
from mentorbot.engine.retries import BACKOFF_SECONDS
from mentorbot.feature_api.feature import Feature, On
from mentorbot.feature_api.ports import Ports
from tests.builders import NOW, a_person
from tests.engine.office import Greeting, Office, a_pull_by, an_office, working
from tests.engine.test_act import a_nudge, an_office_with, decide, state_of
from tests.engine.test_commands import an_office_that_talks
from tests.engine.test_decide import due_now
from tests.engine.test_installations import an_installation
from tests.github import hooks
from tests.patience import PATIENCE


class Fussy:
    """Greets and labels; what it says may change, and it may be broken for a while."""

    def __init__(self) -> None:
        self.says: str | None = "Hello"
        self.broken = False

    async def ask(self, event: PullRequestOpened, _section: Greeting, _ports: Ports) -> PullRequestOpened:
        if self.broken:
            raise KeyError("bug")
        return event

    def decide(self, event: PullRequestOpened, _section: Greeting) -> Plan:
        if self.says is None:
            return leave_alone("somebody else greeted them")
        number = event.thread.number
        return plan(
            Comment(key="hello", number=number, body=self.says, occasion=Occasion.CELEBRATION),
            AddLabel(key="label", number=number, label="new"),
            because=f"@{event.by.login} is new",
        )

    def card(self) -> Feature[Greeting]:
        trigger = On(PullRequestOpened, ask=self.ask, decide=self.decide)
        return Feature(name="fussy", summary="Greets.", config=Greeting, triggers=(trigger,))


def an_office_that_fusses(store: Store, fussy: Fussy) -> Office:
    office = an_office(store, fussy.card())
    office.app.here.config = "fussy:\n"
    return office


async def a_parked_delivery(office: Office, fussy: Fussy, *, id_: str = "d-parked") -> str:
    """One that failed until it was put aside."""
    fussy.broken = True
    delivery = await office.hear("pull_request", a_pull_by("ada"), id_=id_)
    for _ in range(len(BACKOFF_SECONDS) + 2):
        await office.work()
        await due_now(office.store)
    assert (await office.state_of(delivery))[0] == "parked"
    fussy.broken = False
    return delivery


async def a_parked_effect(office: Office) -> str:
    """GitHub refuses the comment; the label is put on."""
    office.app.pen.down = Impossible("the conversation is locked")
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    office.app.pen.down = None
    return next(work.id for work in await office.engine.parked.all() if work.kind == "Comment of fussy")


async def test_what_is_parked_is_listed_with_where_age_and_reason(store: Store) -> None:
    fussy = Fussy()
    office = an_office_that_fusses(store, fussy)
    await a_parked_delivery(office, fussy)

    (work,) = await office.engine.parked.all()

    assert (work.id, work.kind, work.where) == ("delivery-d-parked", "pull_request opened", "acme/rockets#4")
    assert work.at == NOW
    assert work.reason == "0 fussy 0: KeyError: 'bug'"


async def test_an_effect_is_listed_with_what_would_be_written(store: Store) -> None:
    office = an_office_that_fusses(store, Fussy())
    id_ = await a_parked_effect(office)

    parked = {work.id: work for work in await office.engine.parked.all()}

    assert id_.startswith("effect-")
    assert (parked[id_].where, parked[id_].text) == ("acme/rockets#4", "Hello")
    assert parked[id_].reason == "GitHub said no: the conversation is locked"


async def test_only_what_is_named_is_tried_again(store: Store) -> None:
    fussy = Fussy()
    office = an_office_that_fusses(store, fussy)
    await a_parked_delivery(office, fussy)

    assert (await office.engine.parked.retry(["effect-1", "d-parked", "delivery-other"])).again == ()
    assert (await office.engine.parked.retry(["delivery-d-parked"])).again == ("delivery-d-parked",)
    await office.work()

    assert office.said == ["Hello"]


@pytest.mark.parametrize(
    ("late", "said"),
    [
        pytest.param(timedelta(days=6), ["Hello"], id="in time"),
        pytest.param(timedelta(days=8), [], id="too late"),
    ],
)
async def test_of_a_delivery_that_comes_too_late_only_what_it_teaches_is_kept(
    store: Store, late: timedelta, said: list[str]
) -> None:
    fussy = Fussy()
    office = an_office_that_fusses(store, fussy)
    delivery = await a_parked_delivery(office, fussy)
    office.wait(late)

    retried = await office.engine.parked.retry()
    await office.work()

    assert await office.state_of(delivery) == ("done", None)
    assert office.said == said
    assert await store.people.named("ada") == a_person("ada")
    if not said:
        assert retried.dropped == ("delivery-d-parked",)
        assert await office.why(4) == [
            "this could not be worked off in time, and 8 days later it is too late"
        ]


@pytest.mark.parametrize(
    ("late", "said"),
    [
        pytest.param(timedelta(hours=23), ["turn: please"], id="in time"),
        pytest.param(timedelta(hours=25), [], id="too late"),
    ],
)
async def test_a_command_that_is_more_than_a_day_old_is_not_answered(
    store: Store, late: timedelta, said: list[str]
) -> None:
    office = an_office_that_talks(store)
    await park(store, await parked_command(office))
    office.wait(late)

    await office.engine.parked.retry()
    await office.work()

    assert office.said == said


async def park(store: Store, delivery: str) -> None:
    async with store.transaction() as connection:
        await store.deliveries.park(connection, delivery, reason="a bug of ours", now=NOW)


async def parked_command(office: Office) -> str:
    """A command that nobody has worked off."""
    issue = hooks.an_issue(number=4, pull_request={"url": "…"})
    comment = hooks.a_comment(user=hooks.GRACE, body="/turn please")
    payload = hooks.an_issue_hook("created", issue=issue, comment=comment, sender=hooks.GRACE)
    return await office.hear("issue_comment", payload)


async def test_what_nobody_understands_is_parked_again(store: Store) -> None:
    office = an_office(store)
    odd: dict[str, Any] = {"action": "opened", "repository": {"id": 1}}
    delivery = await office.hear("pull_request", odd)
    await office.work()
    office.wait(timedelta(days=2))

    await office.engine.parked.retry()
    await office.work()

    assert (await office.state_of(delivery))[0] == "parked"


async def test_a_delivery_that_is_about_no_repository_is_tried_again(store: Store) -> None:
    office = an_office(store)
    delivery = await office.hear("installation", an_installation("created"))
    await park(store, delivery)
    office.wait(timedelta(days=2))

    await office.engine.parked.retry()
    await office.work()

    assert (await office.state_of(delivery))[0] == "done"


async def test_one_that_cannot_be_tried_now_stays_and_does_not_stop_the_others(store: Store) -> None:
    office = an_office_that_talks(store)
    await park(store, await parked_command(office))
    _, pen = await an_office_with(store)
    await decide(office, AddLabel(key="l", number=4, label="new"))
    pen.down = Impossible("no")
    office.app.pen = pen
    await office.work()
    pen.down = None
    await store.configs.mark_stale(repository_id=1)
    office.app.here.down = GitHubUnavailable("down")
    office.wait(timedelta(days=2))

    retried = await office.engine.parked.retry()

    assert len(retried.failed) == 1
    assert len(retried.again) == 1
    assert [work.id for work in await office.engine.parked.all()] == list(retried.failed)


async def test_a_comment_is_decided_anew(store: Store) -> None:
    fussy = Fussy()
    office = an_office_that_fusses(store, fussy)
    await a_parked_effect(office)
    fussy.says = "Hello again"

    await office.engine.parked.retry()
    await office.work()

    assert office.said == ["Hello again"]


@pytest.mark.parametrize("change", ["says", "off", "gone"])
async def test_a_comment_that_nobody_wants_any_more_is_dropped(store: Store, change: str) -> None:
    fussy = Fussy()
    office = an_office_that_fusses(store, fussy)
    id_ = await a_parked_effect(office)
    why = "what it was about is not kept any more"
    if change == "says":
        fussy.says, why = None, "somebody else greeted them"
    elif change == "off":
        office.app.here.config, why = "calendar:\n", "this is switched off here now"
        await store.configs.mark_stale(repository_id=1)
    else:
        async with store.transaction() as connection:
            await connection.execute(text("UPDATE deliveries SET payload = NULL"))

    await office.engine.parked.retry([id_])
    await office.work()

    assert office.said == []
    if change in {"says", "off"}:
        effect = await store.effects.get(int(id_.removeprefix("effect-")))
        assert effect is not None
        assert (effect.state, effect.why) == ("dropped", f"decided anew: {why}")


@pytest.mark.parametrize(
    ("occasion", "late", "state"),
    [
        pytest.param(Occasion.ANSWER, timedelta(hours=23), "done", id="an answer in time"),
        pytest.param(Occasion.ANSWER, timedelta(hours=25), "dropped", id="an answer too late"),
        pytest.param(Occasion.CELEBRATION, timedelta(days=6), "done", id="a comment in time"),
        pytest.param(Occasion.CELEBRATION, timedelta(days=8), "dropped", id="a comment too late"),
        pytest.param(None, timedelta(days=80), "done", id="a label is never too late"),
    ],
)
async def test_an_effect_that_would_come_too_late_is_dropped(
    store: Store, occasion: Occasion | None, late: timedelta, state: str
) -> None:
    office, pen = await an_office_with(store, Impossible("locked"))
    action = (
        AddLabel(key="k", number=4, label="new")
        if occasion is None
        else Comment(key="k", number=4, body="k", occasion=occasion)
    )
    await decide(office, action)
    await office.work()
    assert (await state_of(store, "k"))[0] == "parked"
    office.wait(late)

    await office.engine.parked.retry()
    await office.work()

    assert (await state_of(store, "k"))[0] == state
    assert len(pen.done) == (state == "done")
    if state == "dropped":
        assert f"{late.days} day" in (await office.why(4))[0]


async def test_a_label_that_was_changed_meanwhile_stays_as_it_is(store: Store) -> None:
    office, pen = await an_office_with(store, Impossible("locked"))
    await decide(office, AddLabel(key="old", number=4, label="awaiting review"))
    await office.work()
    taken_off = RemoveLabel(key="new", number=4, label="awaiting review")
    await decide(office, taken_off)
    await office.work()

    retried = await office.engine.parked.retry()
    await office.work()

    assert len(retried.dropped) == 1
    assert pen.done == [taken_off]
    assert await state_of(store, "old") == ("dropped", "a later change to the same thing came first")


async def test_what_was_answered_before_a_delivery_was_parked_is_said(store: Store) -> None:
    office, _ = await an_office_with(store)
    delivery = await parked_command(office)
    answer = Comment(key="answer", number=4, body="Here.", occasion=Occasion.ANSWER)
    async with store.transaction() as connection:
        effect = Effect(
            key="answers/1/answer",
            feature="talker",
            installation_id=5,
            repository_id=1,
            action=answer,
            because="somebody asked",
            delivery=delivery,
            priority=Rank.ANSWER,
        )
        await store.command_replies.collect(connection, effect, now=NOW)

    (stored,) = (await store.deliveries.load([delivery])).values()
    await office.engine._components.deliveries._retries.park(stored, "a bug of ours")
    await office.work()

    assert office.said == ["Here."]


async def test_how_late_something_is_counts_from_when_it_was_wanted_last(store: Store) -> None:
    office, pen = await an_office_with(store, AccessLost("suspended"))
    await decide(office, a_nudge("k"))
    await office.work()
    assert (await state_of(store, "k"))[0] == "dropped"
    office.wait(timedelta(days=20))
    pen.refusals = [Impossible("locked")]
    await decide(office, a_nudge("k"))
    await office.work()
    assert (await state_of(store, "k"))[0] == "parked"

    await office.engine.parked.retry()
    await office.work()

    assert office.said == ["k"]


async def test_a_nudge_of_a_schedule_still_has_to_be_wanted(store: Store) -> None:
    office, _ = await an_office_with(store, Impossible("locked"))
    await decide(office, a_nudge("k"))
    await office.work()

    await office.engine.parked.retry()
    await office.work()

    assert office.said == ["k"]


async def test_after_an_upgrade_everything_parked_is_tried_again_once(store: Store) -> None:
    fussy = Fussy()
    office = an_office_that_fusses(store, fussy)
    await a_parked_delivery(office, fussy)
    await store.cursors.put("version", {"version": "0.0.1", "schema": "0001"})

    async with working(office):
        await office.engine.settled(within=PATIENCE)
        while not office.said:
            await office.engine.settled(within=PATIENCE)
    assert office.said == ["Hello"]

    await a_parked_delivery(office, fussy, id_="another")
    assert await office.engine._components.parked.after_upgrade() == Retried()
    assert [work.id for work in await office.engine.parked.all()] == ["delivery-another"]
