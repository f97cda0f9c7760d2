"""A mentoring programme without a GitHub: commands and the clock, through the card, on plain fakes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.core.actions import Action, Answer, Comment
from mentorbot.core.entities import Issue
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Permission
from mentorbot.core.plan import Plan, Refusal, refuse
from mentorbot.feature_api.feature import Command, Every
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring import FEATURE
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.roster.facts import roster_of
from mentorbot.features.mentoring.roster.roster import Roster
from tests.builders import NOW, a_person, a_repository, an_event, an_issue
from tests.fakes import FakeGitHub, FakePeople, FakeRecords, some_ports

CATALOG = FeatureCatalog((FEATURE,))


def settings(text: str) -> Mentoring:
    """The section as a maintainer writes it."""
    source = Source("repository", "acme/rockets", CONFIG_PATH, f"mentoring: {text}")
    read = read_configuration([source], sections=CATALOG.sections(), last_good={})
    assert read.problems == ()
    section = read.section("mentoring")
    assert isinstance(section, Mentoring)
    return section


@dataclass
class Programme:
    """People give commands in threads of their own; `comments` is what was written, answers included."""

    config: Mentoring
    logins: tuple[str, ...]
    now: datetime = NOW
    records: FakeRecords = field(default_factory=FakeRecords)
    people: FakePeople = field(default_factory=FakePeople)
    github: FakeGitHub = field(default_factory=FakeGitHub)
    comments: list[tuple[int, str]] = field(default_factory=list)
    private: bool = False

    def __post_init__(self) -> None:
        self.people.met.update({login: a_person(login) for login in self.logins})
        self.github.permissions["olga"] = Permission.ADMIN

    def ports(self) -> Ports:
        return some_ports(
            now=self.now,
            repository=a_repository(private=self.private),
            records=self.records,
            people=self.people,
            github=self.github,
            catalog=CATALOG,
            configuration=Configuration(exists=True, sections={"mentoring": self.config}),
        )

    def roster(self) -> Roster:
        ports = self.ports()
        return asyncio.run(roster_of(self.config, ports, self.people.past))

    def thread(self, login: str) -> Issue:
        return an_issue(number=1 + self.logins.index(login), author=login)

    def decide(self, by: str, line: str, *, in_thread_of: str = "") -> Plan:
        """What would be done; nothing is remembered yet."""
        listed = max(
            (one for one in CATALOG.commands() if line.startswith(one.command.name)),
            key=lambda one: len(one.command.name),
        )
        words = tuple(line.removeprefix(listed.command.name).split())
        event = an_event(
            CommandGiven,
            name=listed.command.name,
            words=words,
            by=a_person(by),
            thread=self.thread(in_thread_of or by),
            at=self.now,
        )
        try:
            return asyncio.run(self._decided(listed.command, event))
        except Refusal as no:
            return refuse(no.text, because=no.text, allowed=no.allowed)

    async def _decided(self, command: Command[Any, Any], event: CommandGiven) -> Plan:
        return command.decide(await command.ask(event, self.config, self.ports()), self.config)

    def keep(self, plan: Plan, *, number: int) -> None:
        """Remember and write what was decided. Raises AssertionError where it was built on old records."""
        before = dict(self.records.kept)
        try:
            self.records.remember(plan.actions)
        except AssertionError:  # all or nothing, as in a transaction
            self.records.kept = before
            raise
        for action in plan.actions:
            if isinstance(action, Comment):
                self.comments.append((action.number, action.body))
            elif isinstance(action, Answer) and action.text:
                self.comments.append((number, action.text))

    def do(self, by: str, line: str, *, in_thread_of: str = "") -> str:
        """Give a command; its reaction."""
        plan = self.decide(by, line, in_thread_of=in_thread_of)
        self.keep(plan, number=self.thread(in_thread_of or by).number)
        return next(action.reaction for action in plan.actions if isinstance(action, Answer))

    def sweep(self, by: timedelta = timedelta(0)) -> list[Plan]:
        """Let time pass, and let the clock strike."""
        self.now += by
        plans = asyncio.run(self._swept())
        for number, plan in plans:
            self.keep(plan, number=number)
        return [plan for _, plan in plans]

    async def _swept(self) -> list[tuple[int, Plan]]:
        rounds: Iterable[Every[Any, Any]] = (one for one in FEATURE.triggers if isinstance(one, Every))
        found = []
        for one in rounds:
            if one.cadence != "hour":
                continue
            cases = [case async for case in one.each(self.config, self.ports())]
            found += [(case.number or 0, one.decide(case.facts, self.config)) for case in cases]
        return found

    def pair(self, mentee: str, area: str = "") -> MentoringPair:
        return self.roster().pair(a_person(mentee), area)

    def said(self) -> str:
        return self.comments[-1][1]


def actions_of(plan: Plan) -> list[Action]:
    return [action for action in plan.actions if isinstance(action, Action)]
