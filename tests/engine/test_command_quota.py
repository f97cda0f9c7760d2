"""One person cannot use up what is there for everybody: few words, then reactions, then silence."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from mentorbot.core.actions import AddLabel, Answer, Comment, React
from mentorbot.core.events import CommandGiven
from mentorbot.core.journal import JournalEntry
from mentorbot.core.plan import Plan, plan
from mentorbot.db.store import Store
from mentorbot.engine.command_quota import (
    COMMANDS_AN_HOUR,
    REPLIES_LATELY,
    TEXT_REPLIES_LATELY,
    TEXT_REPLIES_PER_THREAD,
)
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Feature
from mentorbot.feature_api.ports import Ports
from tests.engine.office import GREETER, Greeting, Office, a_pull_by, an_office
from tests.github import hooks
from tests.stored_effects import effects_of

NONSENSE = "/mentorbot nonsense"


async def ask(event: CommandGiven, _section: Greeting, _ports: Ports) -> CommandGiven:
    return event


def decide(event: CommandGiven, _section: Greeting) -> Plan:
    label = AddLabel(key=event.text, number=event.thread.number, label=event.text)
    return plan(label, Answer(text=f"It is {event.text}."), because=f"@{event.by.login} wants {event.text}")


LABELLER = Feature(
    name="labeller",
    summary="Labels.",
    config=Greeting,
    triggers=(Command(usage="label <name>", help="…", who=Who.ANYONE, ask=ask, decide=decide),),
)


def an_office_that_labels(store: Store) -> Office:
    office = an_office(store, LABELLER, GREETER)
    office.app.here.config = "labeller:\ngreeter:\n"
    return office


class Writer:
    """Somebody who writes comment after comment."""

    def __init__(self, office: Office, account: dict[str, Any] = hooks.GRACE) -> None:
        self.office, self.account, self.id = office, account, 5000

    async def write(self, body: str, *, number: int = 4) -> None:
        self.id += 1
        comment = hooks.a_comment(id=self.id, user=self.account, body=body)
        payload = hooks.an_issue_hook(
            "created", issue=hooks.an_issue(number=number), comment=comment, sender=self.account
        )
        id_ = f"{self.account['login']} {self.id}"
        await self.office.hear("issue_comment", payload, id_=id_)


def count(office: Office, kind: type) -> int:
    return sum(isinstance(action, kind) for action in office.app.pen.done)


async def newest(office: Office, number: int = 4) -> JournalEntry:
    return (await office.store.journal.about(1, number, limit=1))[0]


async def test_a_newcomer_elsewhere_is_greeted_behind_all_the_nonsense_of_one_person(store: Store) -> None:
    office = an_office_that_labels(store)
    grace = Writer(office)
    for n in range(200):
        await grace.write(NONSENSE, number=10 + n % 20)
    for n in range(60):
        await grace.write(f"/label l{n}", number=10 + n % 20)
    await office.hear("pull_request", a_pull_by("newcomer", id_=700, number=99))

    await office.work()

    assert "Hello @newcomer" in office.said, "at once: nothing is left that waits for the pace"
    assert count(office, React) <= REPLIES_LATELY + 2
    assert count(office, Comment) <= TEXT_REPLIES_LATELY + 3
    assert len(office.app.pen.done) <= 2 * COMMANDS_AN_HOUR


async def test_in_one_thread_words_become_reactions_and_it_is_said_once(store: Store) -> None:
    office = an_office_that_labels(store)
    grace = Writer(office)
    for n in range(TEXT_REPLIES_PER_THREAD + 4):
        await grace.write(f"/label l{n}")
        await office.work()

    assert count(office, Comment) == TEXT_REPLIES_PER_THREAD + 1
    assert office.said[-1].startswith("I have said a lot to you lately.")
    assert count(office, React) == count(office, AddLabel) == TEXT_REPLIES_PER_THREAD + 4, (
        "all of them are carried out"
    )
    assert (await newest(office)).because == (
        "@grace wants l8; not answered in words, as @grace had 5 answers here within 10 minutes"
    )


async def test_what_was_asked_before_the_clock_was_set_back_counts_no_more(store: Store) -> None:
    office = an_office_that_labels(store)
    grace = Writer(office)
    for n in range(TEXT_REPLIES_PER_THREAD + 1):
        await grace.write(f"/label l{n}")
        await office.work()

    office.wait(timedelta(days=-1))
    await grace.write("/label after")
    await office.work()

    assert office.said[-1] == "It is after."


async def test_it_is_said_once_also_where_several_commands_are_in_a_comment(store: Store) -> None:
    office = an_office_that_labels(store)
    grace = Writer(office)
    for n in range(TEXT_REPLIES_PER_THREAD):
        await grace.write(f"/label l{n}")
        await office.work()
    await grace.write("/label a\n\n/label b\n\n/label c")
    await office.work()

    assert office.said[-1].count("I have said a lot to you lately.") == 1


async def test_over_all_threads_words_become_reactions(store: Store) -> None:
    office = an_office_that_labels(store)
    grace = Writer(office)
    for n in range(TEXT_REPLIES_LATELY + 4):
        await grace.write(f"/label l{n}", number=10 + n)
    await office.work()

    assert count(office, Comment) == TEXT_REPLIES_LATELY + 1
    assert count(office, React) == count(office, AddLabel) == TEXT_REPLIES_LATELY + 4


async def test_then_commands_are_carried_out_without_an_answer_and_in_the_end_not_at_all(
    store: Store,
) -> None:
    office = an_office_that_labels(store)
    grace = Writer(office)
    for n in range(COMMANDS_AN_HOUR):
        await grace.write(f"/label l{n}", number=10 + n)
    await office.work()
    for n in range(5):
        await grace.write(f"/label m{n}", number=200 + n)
    await office.work()

    # Some wait for the pace of writes, but they are decided.
    effects = await effects_of(store, 1)
    decided = Counter(effect.kind for effect in effects)
    words = [effect.action.body for effect in effects if isinstance(effect.action, Comment)]
    one_last_word = 1
    assert decided["AddLabel"] == COMMANDS_AN_HOUR
    assert decided["React"] == REPLIES_LATELY + one_last_word + one_last_word
    assert sum(said.startswith("You have asked a lot of me lately.") for said in words) == 1
    assert sum(said.startswith("You gave me 60 commands within an hour.") for said in words) == 1
    told = [await newest(office, 200 + n) for n in range(5)]
    assert all(
        one.because.endswith("; not carried out, as @grace gave 60 commands within an hour") for one in told
    )
    assert sum(one.verb == "left it alone" for one in told) == 5 - one_last_word


async def test_after_a_while_they_are_answered_again(store: Store) -> None:
    office = an_office_that_labels(store)
    grace = Writer(office)
    for n in range(TEXT_REPLIES_PER_THREAD + 4):
        await grace.write(f"/label l{n}")
    await office.work()
    office.wait(timedelta(minutes=11))

    await grace.write("/label again")
    await office.work()

    assert office.said[-1] == "It is again."


async def test_others_are_answered_meanwhile(store: Store) -> None:
    office = an_office_that_labels(store)
    grace, ada = Writer(office), Writer(office, hooks.ADA)
    for n in range(TEXT_REPLIES_PER_THREAD + 4):
        await grace.write(f"/label l{n}")
    await ada.write("/label hers")

    await office.work()

    assert "It is hers." in office.said


async def test_several_commands_in_one_comment_count_as_one_answer(store: Store) -> None:
    office = an_office_that_labels(store)
    grace = Writer(office)
    for n in range(3):
        await grace.write(f"/label a{n}\n\n/label b{n}\n\n/label c{n}")
    await office.work()

    assert count(office, Comment) == 3
    assert "It is c2." in office.said[-1]


async def test_whoever_is_forgotten_is_forgotten_here_too(store: Store) -> None:
    office = an_office_that_labels(store)
    await Writer(office).write("/label it")
    await office.work()

    grace = await store.people.named("grace")
    assert grace is not None
    touched = await store.forgetting.forget(grace)

    assert touched["requests"] == 1
