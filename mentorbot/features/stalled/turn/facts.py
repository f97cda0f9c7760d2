"""What is asked to tell whose turn it is here: our own store alone, nothing of GitHub."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.config.ignore import IgnoreSection
from mentorbot.config.other_bots.reading import Habit
from mentorbot.core.people import Person
from mentorbot.domain.project_people import NOBODY, ProjectPeople
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns import OUR_NAME, TurnSettings
from mentorbot.feature_api.command_spelling import command_prefix
from mentorbot.feature_api.guidance import guidance
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.learning.learned import LearnedTurns
from mentorbot.features.stalled.records import Corrections, Released, RememberedRecords
from mentorbot.features.stalled.turn.rules.turn_decision import (
    DecidedTurn,
    decide_turn,
    moment_of,
    numbers_waited_for,
    with_closed,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryFacts:
    """What is the same for all pull requests of a repository at a moment.

    `slash` is how commands start here, `mentor_command` the one that asks for a mentor where there is one;
    `guided` are those to whom it is not offered. `owner` is whose teams there are, `people` who has a name
    here by what they did. `reminding_bot` is the file of another bot that reminds authors here, if one does;
    `ignore` names the labels where nothing is said, whatever feature wants to say it.
    """

    bot: Person
    now: datetime
    calendar: Calendar = DEFAULT_CALENDAR
    owner: str = ""
    slash: str = "/"
    mentor_command: str = ""
    guided: frozenset[int] = frozenset()
    people: ProjectPeople = NOBODY
    reminding_bot: str = ""
    ignore: IgnoreSection = field(default_factory=IgnoreSection)

    def mentor_command_for(self, author: Person | None) -> str:
        """The one that asks for a mentor; empty for whoever has one, waits for one or is one."""
        return "" if author is not None and author.id in self.guided else self.mentor_command

    def turn_rules(self, config: Stalled) -> TurnSettings:
        """The config's, with those whose word counts by what they did here, and the bot's name."""
        slug = self.bot.login.removesuffix("[bot]")
        return replace(
            config.turn_rules(), maintainers=self.people.trusted, bot_names=frozenset({OUR_NAME, slug})
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryContext:
    """A repository at a moment: its config, what is remembered, and where to look.

    `learned` and `released` are empty for `about`, which is asked at each event, unless they are asked for.
    """

    config: Stalled
    rules: TurnSettings
    ports: Ports
    records: RememberedRecords
    repository: RepositoryFacts
    learned: LearnedTurns = field(default_factory=LearnedTurns)
    released: Released = field(default_factory=Released)

    @classmethod
    async def about(cls, number: int, config: Stalled, ports: Ports) -> RepositoryContext:
        return await cls._of(config, ports, await RememberedRecords.about(number, ports.records))

    @classmethod
    async def about_all(cls, config: Stalled, ports: Ports) -> RepositoryContext:
        context = await cls._of(config, ports, await RememberedRecords.about_all(ports.records))
        return await context.with_learned()

    async def with_learned(self) -> RepositoryContext:
        """The same, knowing what people corrected and released here, and who needs no mentor offered."""
        repository, released = self.repository, await self.ports.records.get(Released, Released.KEY)
        if repository.mentor_command:
            repository = replace(repository, guided=await self.ports.guided.people())
        return replace(
            self,
            learned=await LearnedTurns.of(self.ports.records),
            released=released.value if released is not None else self.released,
            repository=repository,
        )

    @classmethod
    async def _of(cls, config: Stalled, ports: Ports, records: RememberedRecords) -> RepositoryContext:
        other = ports.configuration.left_to(Habit.NUDGES_PULL_REQUESTS)
        repository = RepositoryFacts(
            bot=ports.bot,
            now=ports.now,
            calendar=ports.calendar,
            owner=ports.repository.full_name.partition("/")[0],
            slash=command_prefix(ports.configuration),
            mentor_command=guidance(ports.configuration, labels=(), paths=()).mentor_command,
            people=await ports.people.project_people(),
            reminding_bot=other.path if other is not None else "",
            ignore=ports.configuration.ignore,
        )
        return cls(
            config=config,
            rules=repository.turn_rules(config),
            ports=ports,
            records=records,
            repository=repository,
        )


async def turn_decision_of(timeline: PullRequestTimeline, context: RepositoryContext) -> DecidedTurn:
    """Whose turn it is, what commands said and what is closed by now taken into account."""
    record = context.records.get(Corrections, timeline.number)
    said = record.value.acts if record is not None else ()
    now = moment_of(timeline, context.ports.now)
    decision = decide_turn(timeline, said, context.config, rules=context.rules, now=now)
    numbers = numbers_waited_for(decision)
    if not numbers:
        return decision
    closed = await context.ports.timelines.closed(numbers)
    return with_closed(decision, closed, rules=context.rules, now=now)
