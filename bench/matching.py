"""What both matching benches need: a history as cases, the hits of a ranking, and the figures as a table."""

from __future__ import annotations

import hashlib
import heapq
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from mentorbot.core.people import Person
from mentorbot.domain.expertise import (
    Expertise,
    Observation,
    OpenedPullRequest,
    Ranked,
    Weights,
    in_order,
    is_human,
    is_review,
    observations_of,
    observations_of_issue,
    opening_of,
)
from mentorbot.domain.expertise.reviewers import SEEN_WITHIN
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.github.archive import ArchivedItem, stream

SHOWN = (3, 5)
_DRAWS = 20  # chance is tried so often, so that its figure doesn't hang on one draw
_PROGRESS_EVERY = 500

Proposals = list[Person]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A pull request at the moment it was opened, and who reviewed it later.

    `strict` leaves out those who merely approved in a comment. `nth` is 1 for its author's first one here.
    """

    opening: OpenedPullRequest
    nth: int
    reviewers: frozenset[Person]
    strict: frozenset[Person]

    @property
    def half(self) -> str:
        """Two halves by chance that never change: weights were chosen by looking at `development` only."""
        drawn = hashlib.sha256(str(self.opening.number).encode()).digest()[0] % 2
        return "unseen" if drawn else "development"


@dataclass(slots=True)
class Hits:
    """Counts how often somebody of the right people was among the first 3 and 5 proposed."""

    n: int = 0
    found: Counter[int] = field(default_factory=Counter)

    def add(self, proposed: Sequence[Person], right: frozenset[Person]) -> None:
        """One more case."""
        self.n += 1
        for shown in SHOWN:
            self.found[shown] += not right.isdisjoint(proposed[:shown])

    def figures(self) -> dict[str, float]:
        """The shares, rounded."""
        return {f"hit_at_{shown}": round(self.found[shown] / max(self.n, 1), 4) for shown in SHOWN}


def read_history(path: Path) -> tuple[Expertise, list[Case]]:
    """The archive as an index of what people did, and its reviewed pull requests in order of time."""
    observations: list[Observation] = []
    pulls: list[PullRequestTimeline] = []
    for one in stream(path):
        observations.extend(_seen(one))
        if isinstance(one, PullRequestTimeline) and is_human(one.author):
            pulls.append(one)
    return Expertise(in_order(observations)), list(_cases(pulls))


def _seen(one: ArchivedItem) -> Iterable[Observation]:
    if isinstance(one, PullRequestTimeline):
        return observations_of(one)
    return observations_of_issue(number=one.number, author=one.author, opened_at=one.opened_at, acts=one.acts)


def _cases(pulls: Iterable[PullRequestTimeline]) -> Iterable[Case]:
    opened: Counter[Person | None] = Counter()
    for pull in sorted(pulls, key=lambda pull: (pull.opened_at, pull.number)):
        opened[pull.author] += 1
        reviewers = frozenset(act.by for act in pull.acts if act.by and is_review(act, pull.author))
        strict = frozenset(act.by for act in pull.acts if act.by and is_review(act, pull.author, strict=True))
        if reviewers:
            yield Case(opening=opening_of(pull), nth=opened[pull.author], reviewers=reviewers, strict=strict)


def pool(past: Expertise, case: Case) -> list[Person]:
    """Whom the baselines choose from, the same people as the ranking; the most recently active first."""
    return [p for p in past.people(case.opening.at, seen_within=SEEN_WITHIN) if p != case.opening.author]


def most_recently_active(past: Expertise, case: Case) -> Proposals:
    """Who did anything here last."""
    now = case.opening.at
    return sorted(pool(past, case), key=lambda p: (past.acts[p].last(now) or now, -p.id), reverse=True)


def most_active(past: Expertise, case: Case) -> Proposals:
    """Who did most here so far."""
    return sorted(pool(past, case), key=lambda p: (-past.acts[p].count(case.opening.at), p.id))


def most_active_lately(past: Expertise, case: Case) -> Proposals:
    """Who did most here in the last months: the best guess without looking at the pull request."""
    return sorted(pool(past, case), key=lambda p: (-past.acts[p].amount(case.opening.at), p.id))


def by_chance(past: Expertise, case: Case, draws: int) -> list[Proposals]:
    """Anybody, drawn so often; the same case always gives the same people."""
    chance = random.Random(case.opening.number)  # noqa: S311 - a baseline, no secret
    people = sorted(pool(past, case), key=lambda person: person.id)
    return [chance.sample(people, k=min(max(SHOWN), len(people))) for _ in range(draws)]


def without(ranked: Sequence[Ranked], part: str) -> Proposals:
    """Who comes first when one part of the same ranking is left out."""
    scored = [(-sum(p.score for p in one.parts if p.name != part), one.person) for one in ranked]
    first = heapq.nsmallest(max(SHOWN), scored, key=lambda pair: (pair[0], pair[1].id))
    return [person for _, person in first]


class Scoreboard:
    """The hits of everything that is compared, for one meaning of "the right people"."""

    def __init__(self, middle: datetime) -> None:
        self._middle = middle
        self._hits: dict[str, defaultdict[str, Hits]] = {
            group: defaultdict(Hits) for group in ("ranking", "baselines", "halves", "without")
        }

    def add(self, case: Case, answers: Answers, right: frozenset[Person]) -> None:
        """One more case."""
        self._hits["ranking"][""].add(answers.ranking, right)
        for half in (case.half, "earlier" if case.opening.at < self._middle else "later"):
            self._hits["halves"][half].add(answers.ranking, right)
        for name, proposed in answers.baselines.items():
            self._hits["baselines"][name].add(proposed, right)
        for proposed in answers.draws:
            self._hits["baselines"]["random"].add(proposed, right)
        for part, proposed in answers.without.items():
            self._hits["without"][part].add(proposed, right)

    def figures(self) -> dict[str, Any]:
        """Everything as JSON has it."""
        ranking = self._hits["ranking"][""]
        return {
            **ranking.figures(),
            "n": ranking.n,
            **{name: hits.figures() for name, hits in self._hits["baselines"].items()},
            "halves": {
                name: {**hits.figures(), "n": hits.n} for name, hits in sorted(self._hits["halves"].items())
            },
            "without": {part: hits.figures() for part, hits in self._hits["without"].items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What everything that is compared proposes for one case."""

    ranking: Proposals
    baselines: Mapping[str, Proposals]
    draws: Sequence[Proposals]
    without: Mapping[str, Proposals]


def measure(
    past: Expertise,
    cases: Sequence[Case],
    *,
    rank: Callable[[Case], list[Ranked]],
    rights: Mapping[str, Callable[[Case], frozenset[Person]]],
    baselines: Mapping[str, Callable[[Expertise, Case], Proposals]],
) -> dict[str, dict[str, Any]]:
    """The figures for each meaning of "the right people"; a case counts where it has any."""
    boards = {name: Scoreboard(_middle(cases)) for name in rights}
    for done, case in enumerate(cases, start=1):
        ranked = rank(case)
        answers = Answers(
            ranking=[one.person for one in ranked[: max(SHOWN)]],
            baselines={name: baseline(past, case) for name, baseline in baselines.items()},
            draws=by_chance(past, case, _DRAWS),
            without={part.name: without(ranked, part.name) for part in fields(Weights)},
        )
        for name, right in rights.items():
            if people := right(case):
                boards[name].add(case, answers, people)
        if done % _PROGRESS_EVERY == 0:
            print(f"{done} of {len(cases)} …", file=sys.stderr, flush=True)
    return {name: board.figures() for name, board in boards.items()}


def _middle(cases: Sequence[Case]) -> datetime:
    if not cases:
        raise SystemExit("No pull request in this archive was reviewed by somebody else: nothing to measure.")
    return cases[len(cases) // 2].opening.at


def show(title: str, figures: dict[str, Any]) -> None:
    """The figures as a table for people."""
    print(f"\n{title} (n={figures['n']})")
    rows = {"this ranking": figures}
    rows |= {name.replace("_", " "): value for name, value in figures.items() if _is_row(value)}
    rows |= {f"half: {name} (n={value['n']})": value for name, value in figures.get("halves", {}).items()}
    rows |= {f"without: {name}": value for name, value in figures.get("without", {}).items()}
    for name, value in rows.items():
        print(f"  {name:32} " + "  ".join(f"hit@{k} {value[f'hit_at_{k}']:.3f}" for k in SHOWN))


def _is_row(value: object) -> bool:
    return isinstance(value, dict) and "hit_at_3" in value
