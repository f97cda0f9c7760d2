"""What the bot decides and answers where people want it to be quiet, or not any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.core.actions import Answer, DecideGreetings, Forget, LeaveAlone
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Permission
from mentorbot.core.plan import Plan
from mentorbot.feature_api.authorization import Authorization, Who
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.muting import Pause
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import remember
from mentorbot.features.help import FEATURE
from mentorbot.features.help.config import Help
from tests.builders import NOW, a_person, an_event, an_issue
from tests.fakes import FakeJournal, FakeRecords, some_ports

CATALOG = FeatureCatalog((FEATURE,))
BY = a_person("olga")


async def decided(name: str, ports: Ports, *words: str) -> Plan:
    listed = CATALOG.command(name)
    assert listed is not None
    event = an_event(CommandGiven, name=name, words=words, thread=an_issue(number=7), by=BY)
    return listed.command.decide(await listed.command.ask(event, Help(), ports), Help())


def answer(decision: Plan) -> Answer:
    (given,) = (action for action in decision.actions if isinstance(action, Answer))
    return given


async def paused(until: datetime) -> Ports:
    records = FakeRecords()
    records.remember([remember(Pause(until), key=Pause.KEY)])
    return some_ports(records=records)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("leave me alone", Who.ANYONE),
        ("talk to me", Who.ANYONE),
        ("pause", Who.MERGERS),
        ("resume", Who.MERGERS),
        ("greet", Who.MAINTAINERS),
    ],
)
def test_who_may_ask_for_it(name: str, who: Who) -> None:
    listed = CATALOG.command(name)
    assert listed is not None
    assert listed.command.who is who
    assert not listed.command.short


@pytest.mark.parametrize("permission", list(Permission))
def test_who_may_merge_may_pause(permission: Permission) -> None:
    assert Authorization(permission=permission).may(Who.MERGERS) is (permission >= Permission.WRITE)


async def test_whoever_wants_it_is_left_alone_and_told_how_to_come_back() -> None:
    decision = await decided("leave me alone", some_ports())
    assert decision.actions[0] == LeaveAlone(person=BY, wanted=True, said_at=NOW)
    assert "`/mentorbot talk to me` ends this." in answer(decision).text
    assert decision.because == "@olga wants to be left alone"


async def test_whoever_wants_it_is_talked_to_again() -> None:
    decision = await decided("talk to me", some_ports())
    assert decision.actions[0] == LeaveAlone(person=BY, wanted=False, said_at=NOW)
    assert "`/mentorbot leave me alone`" in answer(decision).text
    assert decision.because == "@olga wants to be talked to"


@pytest.mark.parametrize(
    ("words", "until"),
    [
        (("1", "week"), datetime(2026, 3, 9, 10, tzinfo=UTC)),
        (("For", "2", "hours"), datetime(2026, 3, 2, 12, tzinfo=UTC)),
    ],
)
async def test_a_repository_pauses_for_as_long_as_was_asked(words: tuple[str, ...], until: datetime) -> None:
    decision = await decided("pause", some_ports(), *words)
    assert decision.actions[0] == remember(Pause(until), key="repository")
    told = f"{until.day} March 2026, {until.hour}:00 UTC"
    assert f"until {told}. " in answer(decision).text
    assert "`/mentorbot resume` ends this." in answer(decision).text
    assert decision.because == f"@olga wants a pause here until {told}"


@pytest.mark.parametrize("words", [(), ("7",), ("forever",), ("@everyone",)])
async def test_a_pause_of_unclear_length_is_not_guessed(words: tuple[str, ...]) -> None:
    decision = await decided("pause", some_ports(), *words)
    assert answer(decision) == Answer(
        reaction="confused", text="Please say for how long, for instance `/mentorbot pause 1 week`."
    )
    assert decision.because == "@olga wants a pause, but said no time that I know"


async def test_a_pause_can_be_ended() -> None:
    decision = await decided("resume", await paused(NOW + timedelta(days=1)))
    assert decision.actions == (Forget(kind="pause", key="repository"), Answer())
    assert decision.because == "@olga ended the pause here"


@pytest.mark.parametrize("over", [False, True])
async def test_there_is_no_pause_to_end_where_there_is_none(*, over: bool) -> None:
    ports = await paused(NOW) if over else some_ports()
    decision = await decided("resume", ports)
    assert answer(decision).text == "There is no pause here, so there is nothing to end."
    assert decision.because == "@olga wants to end a pause that there is not"


@pytest.mark.parametrize(
    ("word", "waiting", "told", "because"),
    [
        ("all", 1, "I send one greeting now.", "@olga wants those greeted who wait"),
        ("All", 25, "I send 25 greetings now.", "@olga wants those greeted who wait"),
        ("none", 25, "I greet nobody of those who wait.", "@olga wants nobody greeted who waits"),
    ],
)
async def test_maintainers_decide_what_becomes_of_greetings(
    word: str, waiting: int, told: str, because: str
) -> None:
    decision = await decided("greet", some_ports(journal=FakeJournal(held=waiting)), word)
    wanted = DecideGreetings(send=word.lower() == "all", word=told, because=because)
    assert decision.actions == (wanted, Answer())
    assert decision.because == because


@pytest.mark.parametrize(
    ("word", "waiting", "told", "because"),
    [
        (
            "ada",
            25,
            "Please write `/mentorbot greet all` or `/mentorbot greet none`.",
            "@olga did not say which greetings to send",
        ),
        ("all", 0, "No greeting waits here.", "@olga decided about greetings, but none waits"),
    ],
)
async def test_what_cannot_be_decided_about_greetings(
    word: str, waiting: int, told: str, because: str
) -> None:
    decision = await decided("greet", some_ports(journal=FakeJournal(held=waiting)), word)
    assert decision.actions == (Answer(reaction="confused", text=told),)
    assert decision.because == because
