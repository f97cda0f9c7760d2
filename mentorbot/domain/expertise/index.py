"""Who knows what here: an index of what people did, asked as of any moment."""

from __future__ import annotations

import copy
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mentorbot.core.people import Person
from mentorbot.domain.expertise.decay import DecayingCount
from mentorbot.domain.expertise.observations import (
    Learned,
    Observation,
    OpenedIssue,
    OpenedPullRequest,
    Reviewed,
    TookPart,
    is_human,
)
from mentorbot.domain.expertise.subjects import subjects_of_labels, subjects_of_paths, subjects_of_title

NEWCOMER_PULL_REQUESTS = 3
_PRESENCE_HALF_LIFE = timedelta(days=60)
_MEMORY_HALF_LIFE = timedelta(days=365)
_Tallies = dict[Person, DecayingCount]


def _subjects_of(pull: OpenedPullRequest) -> frozenset[str]:
    return subjects_of_title(pull.title) | subjects_of_paths(pull.paths) | subjects_of_labels(pull.labels)


@dataclass(slots=True)
class _Thread:
    """What is remembered of one issue or pull request."""

    author: Person | None
    opened_at: datetime
    by_newcomer: bool = False
    subjects: set[str] = field(default_factory=set)
    reviewers: dict[Person, datetime] = field(default_factory=dict)
    people: dict[Person, datetime] = field(default_factory=dict)


class Expertise:
    """What a repository's people did, asked as of any moment: nothing that came at or after it is seen.

    Feed it observations in order of time, all at once or one by one as they happen. Questions take `now`.
    A review counts once per person and pull request, however many comments it has.
    """

    def __init__(self, observations: Iterable[Observation] = ()) -> None:
        self._last: datetime | None = None
        self._no_subjects = frozenset[str]()
        self._threads: dict[int, _Thread] = {}
        self._latest: dict[Person, datetime] = {}  # the last seen at the end
        self.opened = DecayingCount(_PRESENCE_HALF_LIFE)
        self.opened_by_newcomers = DecayingCount(_MEMORY_HALF_LIFE)
        self.opened_by: _Tallies = defaultdict(_remembering)
        self.opened_about: dict[str, DecayingCount] = defaultdict(_remembering)
        self.acts: _Tallies = defaultdict(_present)
        self.reviews: _Tallies = defaultdict(_present)
        self.reviews_of_newcomers: _Tallies = defaultdict(_remembering)
        self.reviews_for: dict[Person, _Tallies] = defaultdict(_tallies)
        self.reviews_about: dict[str, _Tallies] = defaultdict(_tallies)
        self.wrote_about: dict[str, _Tallies] = defaultdict(_tallies)
        for seen in observations:
            self.add(seen)

    def add(self, seen: Observation) -> None:
        """Takes in one more observation. Raises ValueError when it lies before the last one."""
        if self._last is not None and seen.at < self._last:
            raise ValueError("Expertise is told things in order of time: sort with `in_order` before adding.")
        self._last = seen.at
        match seen:
            case OpenedPullRequest():
                self._open(seen)
            case OpenedIssue():
                self._threads.setdefault(seen.number, _Thread(seen.author, seen.at))
                self._act(seen.number, seen.author, seen.at)
            case Learned():
                self._learn(seen)
            case Reviewed():
                self._review(seen)
            case TookPart():
                self._act(seen.number, seen.by, seen.at)

    def people(self, now: datetime, *, seen_within: timedelta) -> list[Person]:
        """Everybody who did something in that span before now; the latest first as far as known today."""
        found = []
        for person in reversed(self._latest):
            if self._latest[person] < now - seen_within:
                break  # everybody further on was last seen even longer ago
            last = self.acts[person].last(now)
            if last is not None and last >= now - seen_within:
                found.append(person)
        return found

    def author_of(self, number: int, now: datetime) -> Person | None:
        thread = self._threads.get(number)
        return thread.author if thread is not None and thread.opened_at < now else None

    def people_of(self, number: int, now: datetime) -> frozenset[Person]:
        thread = self._threads.get(number)
        return frozenset() if thread is None else frozenset(p for p, at in thread.people.items() if at < now)

    def is_newcomer(self, author: Person, now: datetime) -> bool:
        opened = self.opened_by.get(author)
        return opened is None or opened.count(now) < NEWCOMER_PULL_REQUESTS

    def without_labels(self, labels: Iterable[str]) -> Expertise:
        """The same past, in which these labels say nothing about anything; it shares all that it knows."""
        found = copy.copy(self)
        found._no_subjects = subjects_of_labels(labels)  # noqa: SLF001 - of the same class
        return found

    def subjects_of(self, pull: OpenedPullRequest) -> frozenset[str]:
        """What a pull request is about as far as its opening tells."""
        return _subjects_of(pull) - self._no_subjects

    def rarity(self, subject: str, now: datetime) -> float:
        """How much a subject says: 0 for what every pull request is about, more the rarer it is."""
        about = self.opened_about.get(subject)
        return math.log((1 + self.opened.count(now)) / (1 + (about.count(now) if about is not None else 0)))

    def _open(self, pull: OpenedPullRequest) -> None:
        thread = self._threads.setdefault(pull.number, _Thread(pull.author, pull.at))
        self.opened.add(pull.at)
        if pull.author is None or not is_human(pull.author):
            self._tell_subjects(thread, _subjects_of(pull), pull.at)
            return
        thread.by_newcomer = self.is_newcomer(pull.author, pull.at)
        if thread.by_newcomer:
            self.opened_by_newcomers.add(pull.at)
        self.opened_by[pull.author].add(pull.at)
        self._tell_subjects(thread, _subjects_of(pull), pull.at)
        self._act(pull.number, pull.author, pull.at)

    def _learn(self, news: Learned) -> None:
        thread = self._threads.get(news.number)
        if thread is not None:
            subjects = subjects_of_paths(news.paths) | subjects_of_labels(news.labels)
            self._tell_subjects(thread, subjects, news.at)

    def _tell_subjects(self, thread: _Thread, subjects: Iterable[str], at: datetime) -> None:
        for subject in sorted(set(subjects) - thread.subjects):
            thread.subjects.add(subject)
            self.opened_about[subject].add(at)
            if thread.author is not None and is_human(thread.author):
                self.wrote_about[subject][thread.author].add(at)
            for reviewer in thread.reviewers:
                self.reviews_about[subject][reviewer].add(at)

    def _review(self, review: Reviewed) -> None:
        self._act(review.number, review.by, review.at)
        thread = self._threads.get(review.number)
        if thread is None or review.by in thread.reviewers:
            return
        thread.reviewers[review.by] = review.at
        self.reviews[review.by].add(review.at)
        if thread.author is not None:
            self.reviews_for[thread.author][review.by].add(review.at)
        if thread.by_newcomer:
            self.reviews_of_newcomers[review.by].add(review.at)
        for subject in thread.subjects:
            self.reviews_about[subject][review.by].add(review.at)

    def _act(self, number: int, by: Person, at: datetime) -> None:
        thread = self._threads.get(number)
        if thread is not None:
            thread.people.setdefault(by, at)
        self._latest.pop(by, None)
        self._latest[by] = at
        self.acts[by].add(at)


def _present() -> DecayingCount:
    return DecayingCount(_PRESENCE_HALF_LIFE)


def _remembering() -> DecayingCount:
    return DecayingCount(_MEMORY_HALF_LIFE)


def _tallies() -> _Tallies:
    return defaultdict(_remembering)
