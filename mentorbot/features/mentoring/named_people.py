"""Says of what mentoring answers whom it names, so that it is found when they ask to be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps

from mentorbot.core.actions import Answer, Comment
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal
from mentorbot.domain.anonymization import contains_login
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import MentorCommand
from mentorbot.features.mentoring.pairs.pair import mentors_in_story
from mentorbot.features.mentoring.roster.roster import Roster

Rule = Callable[[MentorCommand, Mentoring], Plan]


def says_whom_it_names(rule: Rule) -> Rule:
    """The rule, whose answers, also those that say no, name nobody without saying so."""

    @wraps(rule)
    def saying(command: MentorCommand, config: Mentoring) -> Plan:
        try:
            return with_named_people(rule(command, config), _everybody(command))
        except Refusal as refusal:
            refusal.about = _named_in([refusal.text], _everybody(command))
            raise

    return saying


def with_named_people(plan: Plan, people: Iterable[Person]) -> Plan:
    """The plan, about those of these people whom its texts name."""
    texts = [plan.because]
    texts += [action.text for action in plan.actions if isinstance(action, Answer)]
    texts += [action.body for action in plan.actions if isinstance(action, Comment)]
    return replace(plan, about=(*plan.about, *_named_in(texts, people)))


def everybody_in(roster: Roster) -> Iterator[Person]:
    for pair in roster.pairs:
        yield from pair.people
    yield from (seats.person for seats in roster.mentors.values())


def _everybody(command: MentorCommand) -> Iterator[Person]:
    yield from everybody_in(command.roster)
    yield from command.named
    if command.author is not None:
        yield command.author
    for story in command.stories.values():
        yield from mentors_in_story(story)


def _named_in(texts: Iterable[str], people: Iterable[Person]) -> tuple[int, ...]:
    together = "\n".join(texts)
    return tuple(dict.fromkeys(one.id for one in people if contains_login(together, one.login)))
