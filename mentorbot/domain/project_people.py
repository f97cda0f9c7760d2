"""Who has a name in a repository by what they did there: more telling than what GitHub calls them.

`author_association` says CONTRIBUTOR of many a maintainer, and in saved histories it is of the day of saving.
Who merges, closes or labels other people's work may do so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline

DEEDS = frozenset({ActKind.MERGED, ActKind.CLOSED, ActKind.LABELED, ActKind.UNLABELED})
"""What only those do to other people's pull requests who may."""


@dataclass(frozen=True, slots=True)
class ProjectPeople:
    """Ids of people: `merged` of whom something was merged, `trusted` who did any of `DEEDS`."""

    merged: frozenset[int] = frozenset()
    trusted: frozenset[int] = frozenset()


NOBODY = ProjectPeople()


class PastOfPeople:
    """The same for any moment of a past that is known as a whole: saved histories, simulations."""

    def __init__(self, pasts: Iterable[PullRequestTimeline]) -> None:
        self._merged: dict[int, datetime] = {}
        self._trusted: dict[int, datetime] = {}
        for past in pasts:
            for act in past.acts:
                if act.kind is ActKind.MERGED and past.author is not None:
                    _keep_first(self._merged, past.author, act)
                if act.kind in DEEDS and act.by is not None and act.by != past.author and not act.by.is_bot:
                    _keep_first(self._trusted, act.by, act)

    def until(self, moment: datetime) -> ProjectPeople:
        return ProjectPeople(
            merged=frozenset(id_ for id_, at in self._merged.items() if at < moment),
            trusted=frozenset(id_ for id_, at in self._trusted.items() if at < moment),
        )


def _keep_first(firsts: dict[int, datetime], person: Person, act: Act) -> None:
    firsts[person.id] = min(firsts.get(person.id, act.at), act.at)
