"""A pull request as a ranking sees it: what is asked of every candidate, worked out once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from mentorbot.core.people import MENTION, Person
from mentorbot.domain.expertise.decay import DecayingCount
from mentorbot.domain.expertise.index import Expertise
from mentorbot.domain.expertise.observations import OpenedPullRequest
from mentorbot.domain.turns.comment_parser import own_words

DOUBT = 2.0  # a share is believed as if two more pull requests had gone as usual
_SUBJECTS_READ = 40  # a pull request of a thousand files is about its rarest subjects
_NUMBER = re.compile(r"(?<![\w/])#(\d{1,9})\b")
_NUMBER_URL = re.compile(r"(https?://[^\s/]+/[^\s/]+/[^\s/]+)/(?:pull|issues)/(\d{1,9})\b[^\s)]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One of the things a pull request is about. `says` is its share of all that the subjects say, 0 to 1.

    `opened` is how much of it was opened lately; `reviewers` and `writers` are who knows it.
    """

    name: str
    says: float
    opened: float
    reviewers: Mapping[Person, DecayingCount]
    writers: Mapping[Person, DecayingCount]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictors:
    """Who fits this pull request? Asked with what could be known at `now`."""

    pull: OpenedPullRequest
    past: Expertise
    now: datetime
    opened_lately: float
    is_by_newcomer: bool
    subjects: tuple[Subject, ...]
    linked_openers: Mapping[int, Person | None]
    linked_people: Mapping[int, frozenset[Person]]
    mentioned: frozenset[str]

    @classmethod
    def about(cls, pull: OpenedPullRequest, past: Expertise, now: datetime) -> Self:
        linked = linked_numbers(pull)
        return cls(
            pull=pull,
            past=past,
            now=now,
            opened_lately=past.opened.amount(now) + 1.0,
            is_by_newcomer=pull.author is not None and past.is_newcomer(pull.author, now),
            subjects=_subjects(pull, past, now),
            linked_openers={number: past.author_of(number, now) for number in linked},
            linked_people={number: past.people_of(number, now) for number in linked},
            mentioned=frozenset(login.lower() for login in MENTION.findall(own_words(pull.body))),
        )


def linked_numbers(pull: OpenedPullRequest) -> tuple[int, ...]:
    """The issues and pull requests of the same repository that the opening mentions."""
    here = pull.url.partition("/pull/")[0]
    told = _NUMBER_URL.sub(
        lambda url: f"#{url[2]}" if here and url[1] == here else "", f"{pull.title}\n{pull.body}"
    )
    return tuple(sorted({int(number) for number in _NUMBER.findall(own_words(told))} - {pull.number}))


def _subjects(pull: OpenedPullRequest, past: Expertise, now: datetime) -> tuple[Subject, ...]:
    rarities = sorted(((past.rarity(name, now), name) for name in past.subjects_of(pull)), reverse=True)
    telling = [(rarity, name) for rarity, name in rarities[:_SUBJECTS_READ] if rarity > 0]
    total = sum(rarity for rarity, _ in telling)
    return tuple(
        Subject(
            name=name,
            says=rarity / total,
            opened=past.opened_about[name].amount(now) if name in past.opened_about else 0.0,
            reviewers=past.reviews_about.get(name, {}),
            writers=past.wrote_about.get(name, {}),
        )
        for rarity, name in telling
    )
