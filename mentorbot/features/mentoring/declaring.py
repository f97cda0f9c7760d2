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
from mentorbot.features.mentoring.facts import Given
from mentorbot.features.mentoring.pair import Chapter
from mentorbot.features.mentoring.roster import Roster

Rule = Callable[[Given, Mentoring], Plan]


def declares(rule: Rule) -> Rule:
    """The rule, whose answers, also those that say no, name nobody without saying so."""

    @wraps(rule)
    def declared(given: Given, config: Mentoring) -> Plan:
        try:
            return told(rule(given, config), _everybody(given))
        except Refusal as refusal:
            refusal.about = named_in([refusal.text], _everybody(given))
            raise

    return declared


def told(plan: Plan, people: Iterable[Person]) -> Plan:
    """The plan, about those of these people whom its texts name."""
    texts = [plan.because]
    texts += [action.text for action in plan.actions if isinstance(action, Answer)]
    texts += [action.body for action in plan.actions if isinstance(action, Comment)]
    return replace(plan, about=(*plan.about, *named_in(texts, people)))


def named_in(texts: Iterable[str], people: Iterable[Person]) -> tuple[int, ...]:
    """Who of these people is named in one of the texts, by id."""
    together = "\n".join(texts)
    return tuple(dict.fromkeys(one.id for one in people if contains_login(together, one.login)))


def everybody_in(roster: Roster) -> Iterator[Person]:
    """Everybody in the programme."""
    for pair in roster.pairs:
        yield pair.mentee
        if pair.mentor is not None:
            yield pair.mentor
    yield from (seats.person for seats in roster.mentors.values())


def mentors_in(story: Iterable[Chapter]) -> Iterator[Person]:
    """Who was a mentor in what happened to a pair, by the name they had then."""
    for chapter in story:
        if chapter.mentor is not None:
            yield Person(chapter.mentor, chapter.mentor_login)


def _everybody(given: Given) -> Iterator[Person]:
    yield from everybody_in(given.roster)
    yield from given.named
    if given.author is not None:
        yield given.author
    for story in given.stories.values():
        yield from mentors_in(story)
