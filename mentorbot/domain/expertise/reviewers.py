"""Who should review a pull request: people ranked by what they did here, each with reasons in plain words."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.people import Person
from mentorbot.domain.expertise.decay import DecayingCount
from mentorbot.domain.expertise.index import Expertise
from mentorbot.domain.expertise.observations import OpenedPullRequest, is_human
from mentorbot.domain.expertise.predictors import DOUBT, Predictors
from mentorbot.domain.expertise.reasons import Reason, Why
from mentorbot.domain.expertise.subjects import SubjectKind, kind_of

SEEN_WITHIN = timedelta(days=365)  # who was away for longer is not proposed
_LITTLE = 0.01  # a share this small is as good as none
_FEW_ACTS = 0.1
_DAYS_PRESENT = 30.0  # after so many days away somebody counts as half present
_MOST, _MUCH = 0.6, 0.25
_WEEK = 7
_REVIEWED = {
    SubjectKind.WORD: Why.REVIEWED_SUBJECT,
    SubjectKind.FILES: Why.REVIEWED_FILES,
    SubjectKind.LABEL: Why.REVIEWED_LABEL,
}
_WROTE = {
    SubjectKind.WORD: Why.WROTE_SUBJECT,
    SubjectKind.FILES: Why.WROTE_FILES,
    SubjectKind.LABEL: Why.WROTE_LABEL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part of a score counts; 0 switches it off. Set by hand, the same for every project."""

    active: float = 0.25
    present: float = 1.6
    reviewing: float = 0.8
    author: float = 0.25
    subject: float = 0.75
    wrote: float = 0.5
    linked: float = 0.6
    named: float = 1.0
    newcomers: float = 0.1


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score; without a reason where it says nothing that helps its reader."""

    name: str
    score: float
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody proposed, with the parts that brought them here; the score is their sum."""

    person: Person
    parts: tuple[ScorePart, ...]

    @property
    def score(self) -> float:
        return math.fsum(part.score for part in self.parts)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, what counted most first."""
        telling = sorted((part for part in self.parts if part.reason), key=lambda part: -part.score)
        return tuple(part.reason for part in telling if part.reason)


def rank_reviewers(
    pull: OpenedPullRequest,
    past: Expertise,
    *,
    now: datetime,
    candidates: Iterable[Person] | None = None,
    exclude: Collection[Person] = (),
    weights: Weights = WEIGHTS,
) -> list[Ranked]:
    """Who fits best to review this pull request, best first; only what happened before `now` is considered.

    `candidates` are those who may be asked (default: everybody seen within a year). Its author, bots and
    `exclude` are left out. The same facts always give the same order.
    """
    predictors = Predictors.about(pull, past, now)
    asked = past.people(now, seen_within=SEEN_WITHIN) if candidates is None else candidates
    allowed = {person for person in asked if person != pull.author and is_human(person)} - set(exclude)
    return in_ranks(Ranked(person, parts_for(person, predictors, weights)) for person in allowed)


def in_ranks(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Best first; of equals the older account, so that the order never depends on chance."""
    return sorted(ranked, key=lambda one: (-one.score, one.person.id))


def parts_for(person: Person, predictors: Predictors, weights: Weights) -> tuple[ScorePart, ...]:
    """What speaks for this person; parts that compare them with their usual may be negative."""
    past, now = predictors.past, predictors.now
    acts, reviews = past.acts.get(person), past.reviews.get(person)
    share = _amount(reviews, now) / predictors.opened_lately
    found = (
        ScorePart("active", weights.active * math.log1p(_amount(acts, now) / _FEW_ACTS)),
        _present(acts, now, weights.present),
        _reviewing(reviews, now, share, weights.reviewing),
        _author(person, predictors, share, weights.author),
        _subject(person, predictors, share, weights.subject),
        _wrote(person, predictors, weights.wrote),
        _linked(person, predictors, weights.linked),
        _named(person, predictors, weights.named),
        _newcomers(person, predictors, share, weights.newcomers),
    )
    return tuple(part for part in found if part.score)


def _present(acts: DecayingCount | None, now: datetime, weight: float) -> ScorePart:
    last = acts.last(now) if acts is not None else None
    if last is None:
        return ScorePart("present", 0.0)
    days = (now - last) / timedelta(days=1)
    why = Why.ACTIVE_TODAY if days <= 1 else Why.ACTIVE_THIS_WEEK if days <= _WEEK else None
    score = weight * 0.5 ** (days / _DAYS_PRESENT)
    return ScorePart("present", score, Reason(why=why, latest=last) if why is not None else None)


def _reviewing(reviews: DecayingCount | None, now: datetime, share: float, weight: float) -> ScorePart:
    why = Why.REVIEWS_MOST if share >= _MOST else Why.REVIEWS_MUCH if share >= _MUCH else Why.REVIEWED_HERE
    return ScorePart("reviewing", weight * math.log1p(share / _LITTLE), _told(why, reviews, now))


def _author(person: Person, predictors: Predictors, share: float, weight: float) -> ScorePart:
    author, past, now = predictors.pull.author, predictors.past, predictors.now
    if author is None or author not in past.opened_by:
        return ScorePart("author", 0.0)
    reviewed = past.reviews_for[author].get(person) if author in past.reviews_for else None
    more = _more_than_usual(_amount(reviewed, now), past.opened_by[author].amount(now), share)
    return ScorePart("author", weight * more, _told(Why.REVIEWED_AUTHOR, reviewed, now, author.login))


def _subject(person: Person, predictors: Predictors, share: float, weight: float) -> ScorePart:
    if not predictors.subjects:
        return ScorePart("subject", 0.0)
    expected, most, reason = 0.0, 0.0, None
    for subject in predictors.subjects:
        reviewed = subject.reviewers.get(person)
        amount = _amount(reviewed, predictors.now)
        expected += subject.says * (amount + DOUBT * share) / (subject.opened + DOUBT)
        if subject.says * amount > most:
            most = subject.says * amount
            kind, name = kind_of(subject.name)
            reason = _told(_REVIEWED[kind], reviewed, predictors.now, name)
    return ScorePart("subject", weight * math.log((expected + _LITTLE) / (share + _LITTLE)), reason)


def _wrote(person: Person, predictors: Predictors, weight: float) -> ScorePart:
    expected, most, reason = 0.0, 0.0, None
    for subject in predictors.subjects:
        wrote = subject.writers.get(person)
        part = subject.says * _amount(wrote, predictors.now) / (subject.opened + DOUBT)
        expected += part
        if part > most:
            kind, name = kind_of(subject.name)
            most, reason = part, _told(_WROTE[kind], wrote, predictors.now, name)
    return ScorePart("wrote", weight * math.log1p(expected / _LITTLE), reason)


def _linked(person: Person, predictors: Predictors, weight: float) -> ScorePart:
    for number, opener in predictors.linked_openers.items():
        if opener == person:
            return ScorePart("linked", 2 * weight, Reason(why=Why.OPENED_LINKED, what=f"#{number}"))
    for number, people in predictors.linked_people.items():
        if person in people:
            return ScorePart("linked", weight, Reason(why=Why.TOOK_PART_IN_LINKED, what=f"#{number}"))
    return ScorePart("linked", 0.0)


def _named(person: Person, predictors: Predictors, weight: float) -> ScorePart:
    if person in predictors.pull.requested:
        return ScorePart("named", 4 * weight, Reason(why=Why.REQUESTED))
    if person.login.lower() in predictors.mentioned:
        return ScorePart("named", weight, Reason(why=Why.MENTIONED))
    return ScorePart("named", 0.0)


def _newcomers(person: Person, predictors: Predictors, share: float, weight: float) -> ScorePart:
    if not predictors.is_by_newcomer:
        return ScorePart("newcomers", 0.0)
    past, now = predictors.past, predictors.now
    reviewed = past.reviews_of_newcomers.get(person)
    more = _more_than_usual(_amount(reviewed, now), past.opened_by_newcomers.amount(now), share)
    return ScorePart("newcomers", weight * more, _told(Why.REVIEWED_NEWCOMERS, reviewed, now))


def _told(why: Why, counted: DecayingCount | None, now: datetime, what: str = "") -> Reason | None:
    count = counted.count(now) if counted is not None else 0
    if counted is None or not count:
        return None
    return Reason(why=why, count=count, what=what, latest=counted.last(now))


def _more_than_usual(amount: float, out_of: float, share: float) -> float:
    """How much larger somebody's share is in one corner than everywhere: above 0 is more, below is less."""
    expected = (amount + DOUBT * share) / (out_of + DOUBT)
    return math.log((expected + _LITTLE) / (share + _LITTLE))


def _amount(counted: DecayingCount | None, now: datetime) -> float:
    return counted.amount(now) if counted is not None else 0.0
