"""What there is to learn from a delivery or a page of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.domain.contributions import Sighting
from mentorbot.domain.timeline import Act, PullRequestTimeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was learned about one repository, true as of a moment: later lessons overrule earlier ones.

    `beginnings` are pull requests as one delivery shows them, `timelines` are read as a whole. `acts` come
    with the number of their pull request, `acts_on_heads` with the commit they concern.
    """

    repository_id: int
    as_of: datetime
    sightings: Sequence[Sighting] = ()
    beginnings: Sequence[PullRequestTimeline] = ()
    timelines: Sequence[PullRequestTimeline] = ()
    acts: Sequence[tuple[int, Act]] = ()
    acts_on_heads: Sequence[tuple[str, Act]] = ()

    def __bool__(self) -> bool:
        return any((self.sightings, self.beginnings, self.timelines, self.acts, self.acts_on_heads))
