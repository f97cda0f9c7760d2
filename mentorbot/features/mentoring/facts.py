"""What is asked when somebody gives a command of mentoring: who they are, whom they mean, how it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentorbot.config.calendar import Calendar, known_timezones
from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.gather import is_eligible, knowledge_of, roster_of
from mentorbot.features.mentoring.language import Words
from mentorbot.features.mentoring.matching import Knowledge
from mentorbot.features.mentoring.pair import STORY, Chapter, chapters_in
from mentorbot.features.mentoring.roster import Roster

_LOGIN = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]{0,38})[.,;:!?]?", re.ASCII)
_MOST_PATHS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A command, with all that decides about it.

    - `named` are the people in its words that exist, `unknown` the logins of those that don't.
    - `area` is the area named, `timezone` the time zone; `words` what is left then.
    - `touched` are the areas of what is worked on in this thread, `paths` its files.
    - `stories` are what happened to the pairs of whoever wrote, or who is written about, by pair.
    """

    by: Person
    thread: Issue | PullRequest
    repository: Repository
    now: datetime
    say: Words
    roster: Roster
    known: Knowledge
    text: str = ""
    words: tuple[str, ...] = ()
    area: str = ""
    timezone: str = ""
    named: tuple[Person, ...] = ()
    unknown: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    is_maintainer: bool = False
    is_eligible: bool = False
    stories: dict[str, tuple[Chapter, ...]] = field(default_factory=dict)
    slash: str = "/"

    @property
    def calendar(self) -> Calendar:
        """Which days count."""
        return self.say.calendar

    @property
    def author(self) -> Person | None:
        """Who opened the thread."""
        return self.thread.author

    def names(self, person: Person) -> bool:
        """True where the command names this person, or nobody."""
        return not self.named or person in self.named


async def given(event: CommandGiven, config: Mentoring, ports: Ports) -> Given:
    """What most commands need."""
    past = await ports.people.expertise()
    roster = await roster_of(config, ports, past)
    known = await knowledge_of(config, ports, past, roster)
    named, unknown = await _named(event, ports)
    area, timezone, words = _sorted_out(event.words, config)
    paths = await _paths(event, ports)
    stories = {
        pair.key: chapters_in(await ports.records.all(STORY, starting=f"{pair.key}/"))
        for pair in roster.pairs
        if event.by in {pair.mentee, pair.mentor} or pair.thread == event.thread.number
    }
    return Given(
        by=event.by,
        thread=event.thread,
        repository=ports.repository,
        now=ports.now,
        say=Words(config.language, ports.calendar),
        roster=roster,
        known=known,
        text=event.text,
        words=words,
        area=area,
        timezone=timezone,
        named=named,
        unknown=unknown,
        touched=touched_areas(config, labels=event.thread.labels, paths=paths),
        paths=tuple(paths[:_MOST_PATHS]),
        stories=stories,
        slash=slash_of(ports),
    )


async def given_with_rights(event: CommandGiven, config: Mentoring, ports: Ports) -> Given:
    """The same, with what whoever wrote may do here and has done here."""
    found = await given(event, config, ports)
    permission = await ports.github.permission(event.by)
    eligible = await is_eligible(event.by, config.eligible, ports)
    return replace(found, is_maintainer=permission.is_maintainer, is_eligible=eligible)


def touched_areas(config: Mentoring, *, labels: frozenset[str], paths: Sequence[str]) -> tuple[str, ...]:
    """The areas that these labels and files belong to."""
    return tuple(name for name in config.areas if config.area(name).covers(labels, paths))


async def _named(event: CommandGiven, ports: Ports) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    logins = [found[1] for word in event.words if (found := _LOGIN.fullmatch(word))]
    named: list[Person] = []
    unknown: list[str] = []
    for login in logins[:2]:
        person = await ports.people.named(login) or await ports.github.account(login)
        if person is None:
            unknown.append(login)
        else:
            named.append(person)
    return tuple(named), tuple(unknown)


def _sorted_out(words: tuple[str, ...], config: Mentoring) -> tuple[str, str, tuple[str, ...]]:
    """The area and the time zone among these words, and what is left without logins."""
    rest = [word for word in words if not _LOGIN.fullmatch(word)]
    timezone = next((word for word in rest if "/" in word and word in known_timezones()), "")
    area = next((name for word in rest if (name := word.lower().rstrip(".,")) in config.areas), "")
    left = (word for word in rest if word != timezone and word.lower().rstrip(".,") != area)
    return area, timezone, tuple(left)


async def _paths(event: CommandGiven, ports: Ports) -> list[str]:
    if not event.thread.is_pull_request:
        return []
    return [file.path for file in await ports.github.files(event.thread.number)]


def slash_of(ports: Ports) -> str:
    """How commands start here."""
    short = getattr(ports.configuration.sections.get("help"), "short_commands", True)
    return "/" if short else "/mentorbot "
