"""In shadow everything is decided, nothing is written, and going live begins anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from mentorbot.core.actions import (
    Action,
    AddLabel,
    Answer,
    Comment,
    EditComment,
    EditIssue,
    LeaveAlone,
    MinimizeComment,
    Occasion,
    OpenIssue,
    PublishCheckRun,
    RemoveLabel,
    RequestReview,
)
from mentorbot.core.events import CommandGiven, PullRequestOpened
from mentorbot.core.journal import Outcome
from mentorbot.core.people import Association
from mentorbot.core.plan import Plan, plan
from mentorbot.db.ingest import ingest
from mentorbot.db.store import Store
from mentorbot.domain.contributions import IngestBatch, ThreadSeen
from mentorbot.domain.thread_marks import ThreadMarks
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.engine.decide import Decision
from mentorbot.engine.engine import Engine
from mentorbot.engine.jobs import duplicate_check_job
from mentorbot.engine.observer import Unobserved
from mentorbot.engine.persist import persist
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Feature, On
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import Record, remember
from tests.builders import NOW
from tests.engine.office import BOT, GREETER, Greeting, Office, a_pull_by, an_office, greet, working
from tests.engine.test_act import ADA, HERE, a_nudge
from tests.github import hooks

SHADOW = "mode: shadow\ngreeter:\nconfig_check:\n"
LIVE = "mode: live\ngreeter:\nconfig_check:\n"


@dataclass(frozen=True, slots=True)
class Count:
    """How many came."""

    KIND: ClassVar[str] = "count"
    count: int


async def _count(event: PullRequestOpened, _section: Greeting, ports: Ports) -> Any:
    return event, await ports.records.get(Count, "here")


def count(facts: tuple[PullRequestOpened, Record[Count] | None], section: Greeting) -> Plan:
    event, before = facts
    so_far = before.value.count if before else 0
    said = greet(event, section)
    return plan(
        *said.actions,
        remember(Count(so_far + 1), key="here", expected=before.version if before else 0),
        because=f"number {so_far + 1}",
    )


async def _given(event: CommandGiven, _section: Greeting, _ports: Ports) -> CommandGiven:
    return event


def _answered(event: CommandGiven, _section: Greeting) -> Plan:
    return plan(
        Answer(text="Done."),
        remember(Count(100), key="asked"),
        Comment(key="asked", number=event.thread.number, body="Hello!", occasion=Occasion.NUDGE),
        because="they asked for it",
    )


def _left_alone(event: CommandGiven, _section: Greeting) -> Plan:
    return plan(Answer(), LeaveAlone(person=event.by, wanted=True, said_at=event.at), because="a wish")


COUNTER = Feature(
    name="greeter",
    summary="Greets and counts.",
    config=Greeting,
    triggers=(
        On(PullRequestOpened, ask=_count, decide=count),
        Command(usage="do it", help="Does it.", who=Who.ANYONE, ask=_given, decide=_answered),
        Command(usage="hush", help="Hushes.", who=Who.ANYONE, ask=_given, decide=_left_alone),
    ),
)
CHECKER = Feature(
    name="config_check",
    summary="Checks.",
    config=Greeting,
    triggers=(),
    written_in_shadow=(PublishCheckRun,),
)


async def an_office_in(store: Store, config: str, *features: Feature[Any]) -> Office:
    office = an_office(store, *(features or (GREETER, CHECKER)))
    await store.repositories.put(5, [HERE], as_of=NOW)
    await set_config(office, config)
    return office


async def set_config(office: Office, config: str) -> None:
    """Change the file, as a push does that is heard at once."""
    office.app.here.config = config
    await office.store.configs.mark_stale(repository_id=1)
    await office.engine.configuration("acme/rockets")


async def decide(
    office: Office, *actions: Action, feature: str = "greeter", shadow: bool | None = None
) -> None:
    """Have it decided, in the mode there is."""
    if shadow is None:
        shadow = bool(await office.store.configs.is_in_shadow(1)) and feature == "greeter"
    decision = Decision(
        feature=feature,
        repository=HERE,
        installation_id=5,
        plan=plan(*actions, because="somebody wanted it"),
        at=office.now[0],
        number=actions[0].number,
        delivery="d",
        shadow=shadow,
    )
    async with office.store.transaction() as connection:
        await persist(connection, office.store, [decision], now=office.now[0])


async def do(office: Office, *actions: Action, feature: str = "greeter") -> None:
    await decide(office, *actions, feature=feature)
    await office.work()


async def state_of(office: Office, key: str, feature: str = "greeter") -> str:
    effect = await office.store.effects.keyed(f"{feature}/1/{key}")
    assert effect is not None
    return effect.state


def a_greeting(key: str = "person 7", *, number: int = 4) -> Comment:
    return Comment(key=key, number=number, body="Hi @ada", occasion=Occasion.GREETING, mentions=(ADA,))


EVERY_KIND: list[Action] = [
    a_greeting(),
    a_nudge("nudge"),
    AddLabel(key="label", number=4, label="stalled"),
    RequestReview(key="ask", number=4, reviewer=ADA),
    OpenIssue(key="issue", title="A list", body="- one"),
    EditComment(key="edit", number=4, comment="person 7", body="Hi again"),
    MinimizeComment(key="fold", number=4, comment="person 7"),
    PublishCheckRun(
        key="check", number=4, head_sha="a" * 40, name="mine", conclusion="success", title="", summary=""
    ),
]


async def test_in_shadow_no_kind_of_action_reaches_github(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    for action in EVERY_KIND:
        await do(office, action)
    assert office.app.pen.done == []
    assert {await state_of(office, one.key) for one in EVERY_KIND} == {"shadowed"}
    backlog = await store.jobs.backlog()
    assert (backlog.waiting, backlog.running) == (0, 0), "nothing is tried for ever"


async def test_the_check_of_the_config_file_alone_is_written_in_shadow(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    check = EVERY_KIND[-1]
    issue = OpenIssue(key="issue", title="The file is broken", body="Mend it.")
    await do(office, check, feature="config_check")
    await do(office, issue, feature="config_check")
    assert office.app.pen.done == [check]
    assert await state_of(office, "issue", "config_check") == "shadowed"


async def test_the_journal_tells_what_would_have_been_said(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    await do(office, a_greeting())
    (entry,) = await store.journal.about(1, 4, limit=5)
    assert (entry.outcome, entry.verb, entry.why) == (Outcome.SHADOWED, "would have said it", None)
    assert not entry.acted
    await do(office, a_greeting())
    again, _ = await store.journal.about(1, 4, limit=5)
    assert (again.outcome, again.why) == (Outcome.NOTHING, "I would have said that already")


async def test_what_waits_when_the_shadow_begins_is_not_said(store: Store) -> None:
    office = await an_office_in(store, LIVE)
    await decide(office, a_greeting())
    await set_config(office, SHADOW)
    await office.work()
    assert office.said == []
    assert await state_of(office, "person 7") == "shadowed"


async def test_what_waits_when_the_shadow_ends_is_not_said(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    await decide(office, a_greeting())
    await set_config(office, LIVE)
    await office.work()
    assert office.said == []
    assert await state_of(office, "person 7") == "shadowed"


@pytest.mark.parametrize("occasion", [Occasion.GREETING, Occasion.CELEBRATION])
async def test_an_occasion_that_came_in_shadow_is_past_once_live(store: Store, occasion: Occasion) -> None:
    office = await an_office_in(store, SHADOW)
    said = Comment(key="person 7", number=4, body="Hello @ada", occasion=occasion, mentions=(ADA,))
    await do(office, said)
    await set_config(office, LIVE)
    await do(office, said)
    assert office.said == []


async def test_what_still_is_so_once_live_is_done_then(store: Store) -> None:
    """Labels, folding, reminders and lists are about the present: what decides anew finds them missing."""
    office = await an_office_in(store, LIVE)
    await do(office, a_greeting())
    await set_config(office, SHADOW)
    present = [one for one in EVERY_KIND if one.key in {"nudge", "label", "fold", "issue", "ask", "edit"}]
    for action in present:
        await do(office, action)
    assert office.said == ["Hi @ada"]
    await set_config(office, LIVE)
    for action in present:
        await do(office, action)
    assert office.app.pen.done[1:] == present
    entries = await store.journal.about(1, 4, limit=50)
    assert sorted({entry.verb for entry in entries}) == ["acted", "would have said it"]


async def test_a_label_is_not_put_on_twice_in_shadow(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    for _ in range(2):
        await do(office, AddLabel(key="label", number=4, label="stalled"))
    found = await store.shadow.said(1, since=NOW - timedelta(days=1))
    assert [one.kind for one in found] == ["AddLabel"]


async def test_records_of_the_shadow_are_seen_in_it_and_go_with_it(store: Store) -> None:
    office = await an_office_in(store, LIVE, COUNTER)
    await office.hear("pull_request", a_pull_by("ada", number=4))
    await office.work()
    office.wait(timedelta(minutes=1))
    await set_config(office, SHADOW)
    for number, login in ((5, "bob"), (6, "eve")):
        await office.hear("pull_request", a_pull_by(login, number=number, at=office.now[0]))
        await office.work()
    assert await office.why(6) == ["number 3"]
    assert office.said == ["Hello @ada"]
    office.wait(timedelta(minutes=1))
    await set_config(office, LIVE)
    office.wait(timedelta(minutes=1))
    await office.hear("pull_request", a_pull_by("zoe", number=7, at=office.now[0]))
    await office.work()
    assert await office.why(7) == ["number 2"], "as if nobody had come meanwhile"
    assert office.said == ["Hello @ada", "Hello @zoe"]


async def test_what_happened_in_shadow_and_is_heard_of_once_live_is_past(store: Store) -> None:
    office = await an_office_in(store, SHADOW, COUNTER)
    opened = a_pull_by("ada", number=4, at=office.now[0])
    office.wait(timedelta(minutes=1))
    await set_config(office, LIVE)
    await office.hear("pull_request", opened)
    await office.work()
    assert office.said == []
    assert [entry.verb for entry in await store.journal.about(1, 4, limit=5)] == ["would have said it"]
    assert await store.records.get("greeter", 1, "count", "here") is None


async def says(office: Office, body: str) -> None:
    """Ada writes a comment in her issue."""
    comment = hooks.a_comment(user=hooks.ADA, body=body)
    await office.hear("issue_comment", hooks.an_issue_hook("created", comment=comment, sender=hooks.ADA))
    await office.work()


async def test_commands_get_no_answer_in_shadow_and_nothing_comes_of_them(store: Store) -> None:
    office = await an_office_in(store, SHADOW, COUNTER)
    await says(office, "/mentorbot do it")
    assert office.app.pen.done == []
    assert await store.shadow.said(1, since=NOW - timedelta(days=1)) == []
    assert await store.records.all("greeter", 1, "count", shadow_of=1) == []
    (entry,) = await store.journal.latest(repository_ids=[1])
    assert entry[1].because == "they asked for it; I answer no commands in shadow mode"
    assert entry[1].outcome is Outcome.NOTHING
    await set_config(office, LIVE)
    await office.work()
    assert office.app.pen.done == []


async def test_whoever_wants_to_be_left_alone_is_heard_in_shadow(store: Store) -> None:
    office = await an_office_in(store, SHADOW, COUNTER)
    await says(office, "/mentorbot hush")
    assert office.app.pen.done == []
    ada = int(str(hooks.ADA["id"]))
    assert await store.silence.left_alone_among([ada]) == {ada}


async def test_in_shadow_the_limits_on_nudges_hold_and_live_they_know_nothing_of_it(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    await do(office, a_nudge("one"))
    await do(office, a_nudge("two"))
    assert await state_of(office, "one") == "shadowed"
    assert await state_of(office, "two") == "dropped", "one in seven business days, in shadow as well"
    for number in (5, 6):
        await do(office, a_nudge(f"in {number}", number=number))
    await do(office, a_nudge("in 7", number=7))
    assert await state_of(office, "in 6") == "shadowed"
    assert await state_of(office, "in 7") == "dropped", "three mentions a day, in shadow as well"
    assert await store.write_counts.mentions_of(ADA, since=NOW - timedelta(days=1)) == 0
    await set_config(office, LIVE)
    await do(office, a_nudge("three"))
    assert office.said == ["three"]


async def test_nobody_waits_for_the_pace_in_shadow_and_no_neighbour_for_it(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    for number in range(70):
        await decide(office, a_greeting(f"person {number + 10}", number=number + 10))
    await office.work()
    found = await store.shadow.said(1, since=NOW - timedelta(days=1))
    assert len(found) == 70
    await set_config(office, LIVE)
    await do(office, a_nudge("at once"))
    assert office.said == ["at once"]


async def test_the_mode_and_since_when_outlive_a_restart(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    office.wait(timedelta(days=3))
    await set_config(office, LIVE)
    again = an_office(store, GREETER, CHECKER, app=office.app)
    configuration = await again.engine.configuration("acme/rockets")
    assert configuration.live_since == NOW + timedelta(days=3)
    ports = await again.engine.ports("acme/rockets", "greeter")
    assert ports.live_since == NOW + timedelta(days=3)


async def test_a_repository_that_was_never_in_shadow_has_always_been_live(store: Store) -> None:
    office = await an_office_in(store, LIVE)
    office.wait(timedelta(days=3))
    await set_config(office, LIVE + "# changed\n")
    assert (await office.engine.configuration("acme/rockets")).live_since is None


async def test_a_mode_that_nobody_knows_writes_nothing(store: Store) -> None:
    office = await an_office_in(store, "mode: shadwo\ngreeter:\n")
    await do(office, a_greeting())
    assert office.said == []


async def test_the_owners_file_can_put_all_repositories_in_shadow(store: Store) -> None:
    office = an_office(store, GREETER)
    office.app.here.owners_config = "mode: shadow\n"
    await store.repositories.put(5, [HERE], as_of=NOW)
    await set_config(office, "greeter:\n")
    await do(office, a_greeting())
    assert office.said == []
    await set_config(office, "mode: live\ngreeter:\n")
    await do(office, a_greeting("person 8", number=5))
    assert office.said == ["Hi @ada"]


async def test_features_see_in_timelines_what_they_would_have_written(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    pull = PullRequestTimeline(number=4, author=ADA, opened_at=NOW)
    office.app.here.timelines[4] = pull
    seen = ThreadSeen(
        number=4,
        is_pull_request=True,
        author=ADA,
        association=Association.NONE,
        title="",
        opened_at=NOW,
    )
    async with store.transaction() as connection:
        await ingest(
            connection, [IngestBatch(repository_id=1, as_of=NOW, sightings=[seen], timelines=[pull])]
        )
    for action in EVERY_KIND[1:4]:
        await do(office, action)
    ports = await office.engine.ports("acme/rockets", "greeter")
    kinds = {ActKind.COMMENTED, ActKind.LABELED, ActKind.REVIEW_REQUESTED}
    for timeline in (await ports.github.timeline(4), await ports.timelines.get(4)):
        assert timeline is not None
        assert {act.kind for act in timeline.acts} == kinds
        assert timeline.labels == {"stalled"}
    await set_config(office, LIVE)
    ports = await office.engine.ports("acme/rockets", "greeter")
    for timeline in (await ports.github.timeline(4), await ports.timelines.get(4)):
        assert timeline is not None
        assert timeline.acts == ()


async def test_two_workers_say_nothing_in_shadow_and_each_effect_ends_once(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    other = an_office(store, GREETER, CHECKER, app=office.app)
    for number in range(20):
        await decide(office, a_greeting(f"person {number + 10}", number=number + 10))
    async with working(office), working(other):
        await office.engine.settled()
    assert office.app.pen.done == []
    assert len(await store.shadow.said(1, since=NOW - timedelta(days=1))) == 20


async def test_going_live_in_the_middle_of_the_work_never_lets_anything_of_the_shadow_out(
    store: Store,
) -> None:
    office = await an_office_in(store, SHADOW)
    for number in range(30):
        await decide(office, a_greeting(f"person {number + 10}", number=number + 10))
    async with working(office):
        await set_config(office, LIVE)
        await set_config(office, SHADOW)
        await set_config(office, LIVE)
        await office.engine.settled()
    assert office.app.pen.done == []


async def test_a_greeting_that_is_held_back_in_shadow_is_past_once_live(store: Store) -> None:
    """Twenty-one newcomers in an hour: it shows that maintainers would have been asked, and nobody is."""
    office = await an_office_in(store, SHADOW)
    for number in range(1, 25):
        login = f"new{number}"
        await office.hear("pull_request", a_pull_by(login, number=number, id_=1000 + number))
    await office.work()
    for number in range(1, 25):
        await decide(office, a_greeting(f"hello {1000 + number}", number=number))
    await office.work()
    waiting = await store.held_greetings.waiting(1)
    assert waiting
    asked = [
        one for one in await store.shadow.said(1, since=NOW - timedelta(days=1)) if one.kind == "OpenIssue"
    ]
    assert len(asked) == 1
    await set_config(office, LIVE)
    await office.work()
    assert await store.held_greetings.waiting(1) == 0
    assert office.app.pen.done == []


async def test_a_twin_is_left_alone_in_shadow(store: Store) -> None:
    """What was written twice while live is not taken back once nothing is to be written."""
    office = await an_office_in(store, LIVE)
    await do(office, a_greeting())
    effect = await store.effects.keyed("greeter/1/person 7")
    assert effect is not None
    async with store.transaction() as connection:
        await store.effects.doubt(connection, effect.id)
        await store.jobs.defer(connection, [duplicate_check_job(effect, after=timedelta(0))])
    await set_config(office, SHADOW)
    await office.work()
    after = await store.effects.get(effect.id)
    assert after is not None
    assert (after.doubtful, after.result) == (False, effect.result)


async def test_nothing_that_was_never_written_is_changed_once_live(store: Store) -> None:
    office = await an_office_in(store, SHADOW)
    await do(office, a_greeting())
    await set_config(office, LIVE)
    await do(office, EditComment(key="edit", number=4, comment="person 7", body="Hi again"))
    assert office.app.pen.done == []
    assert await state_of(office, "edit") == "dropped"


async def test_figures_tell_what_was_shadowed(store: Store) -> None:
    watched: list[tuple[str, str, str]] = []

    class Watching(Unobserved):
        def effect(self, feature: str, kind: str, outcome: str) -> None:
            watched.append((feature, kind, outcome))

    office = await an_office_in(store, SHADOW)
    office.engine = Engine(
        store=store,
        app=office.app,
        catalog=FeatureCatalog((GREETER, CHECKER)),
        clock=lambda: office.now[0],
        observer=Watching(),
    )
    await do(office, a_greeting())
    assert watched == [("greeter", "Comment", "shadowed")]


async def test_what_was_put_off_while_live_is_past_after_a_shadow(store: Store) -> None:
    """It waited for its hour, or for maintainers, when the shadow began, and waited still when it ended."""
    office = await an_office_in(store, LIVE)
    await decide(office, a_greeting())
    await set_config(office, SHADOW)
    assert await state_of(office, "person 7") == "shadowed"
    await set_config(office, LIVE)
    await office.work()
    assert office.said == []


async def test_tidying_in_shadow_takes_back_what_was_written_before_and_writes_nothing_else(
    store: Store,
) -> None:
    """Whoever runs the bot asks for that by hand; what would have been written in shadow is not there."""
    office = await an_office_in(store, LIVE)
    await do(office, AddLabel(key="label", number=4, label="stalled"))
    await set_config(office, SHADOW)
    await do(office, AddLabel(key="other", number=5, label="stalled"))
    office.app.here.worn = {4: ThreadMarks(author=ADA, labels={"stalled": BOT})}
    office.app.pen.done.clear()
    place = await office.engine.workplace("acme/rockets")
    assert place is not None
    await office.engine.tidier.begin(place)
    await office.work()
    await do(office, a_greeting())
    assert office.app.pen.done == [RemoveLabel(key="tidy/label", number=4, label="stalled")]


async def test_an_issue_that_waited_when_the_shadow_began_can_be_rewritten_once_live(store: Store) -> None:
    """A list whose opening was put off by a pause: what builds on it is not dropped for ever."""
    office = await an_office_in(store, LIVE)
    await decide(office, OpenIssue(key="list", title="A list", body="- one"))
    await set_config(office, SHADOW)
    await office.work()
    await set_config(office, LIVE)
    await do(office, EditIssue(key="list/later", issue="list", title="A list", body="- two"))
    assert [type(one) for one in office.app.pen.done] == [OpenIssue, EditIssue]
