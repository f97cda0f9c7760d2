"""What was learned in a repository: which nudges stand there, which people corrected, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from mentorbot.domain.turns import Holder
from mentorbot.domain.turns.second_opinion import second_opinion
from mentorbot.feature_api.ports import Records
from mentorbot.feature_api.records import Record
from mentorbot.features.stalled.nudge_history import PastNudge
from mentorbot.features.stalled.records import AuthorNudges, LabelledMoment, WrittenNudge

LAST_NUDGES = 20
"""Among so many nudges of authors, the latest, corrections are counted."""

TOO_MANY = 2
"""So many of them corrected, and authors are not nudged any more."""

VOTES_READ_FOR = timedelta(weeks=4)
"""For how long after a nudge it is looked for a 👎 on it."""

LABELS_KEPT = 1_000


def certainty_demanded() -> float:
    """How likely it has to be that it is the author's turn.

    Where this rises, what was corrected when less was demanded does not count any more.
    """
    return second_opinion().fairly_sure


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedTurns:
    """The nudges that are remembered, the labels people gave, and whether authors are nudged here."""

    nudges: tuple[WrittenNudge, ...] = ()
    labels: tuple[LabelledMoment, ...] = ()
    state: Record[AuthorNudges] | None = None
    demanded: float = field(default_factory=certainty_demanded)

    @classmethod
    async def of(cls, records: Records) -> LearnedTurns:
        """All of it: three questions to the store."""
        nudges = [record.value for record in await records.all(WrittenNudge)]
        labels = [record.value for record in await records.all(LabelledMoment)]
        return cls(
            nudges=tuple(sorted(nudges, key=lambda one: (one.at, one.key))),
            labels=tuple(sorted(labels, key=lambda one: (one.at, one.pull))),
            state=await records.get(AuthorNudges, AuthorNudges.KEY),
        )

    @property
    def standing(self) -> AuthorNudges:
        return self.state.value if self.state is not None else AuthorNudges()

    @property
    def disputed(self) -> frozenset[str]:
        """The keys of the nudges that people corrected."""
        return frozenset(label.nudge for label in self.labels if label.nudge)

    def with_label(self, label: LabelledMoment, *nudges: WrittenNudge) -> LearnedTurns:
        """The same, having been corrected once more."""
        known = {one.key: one for one in (*self.nudges, *nudges)}
        labels = {one.key: one for one in (*self.labels, label)}
        return replace(
            self,
            nudges=tuple(sorted(known.values(), key=lambda one: (one.at, one.key))),
            labels=tuple(labels.values()),
        )

    def change(self, now: datetime) -> AuthorNudges | None:
        """Whether authors are to be nudged here from now on; None where that is as it was."""
        latest, disputed = self._latest_nudges(), self.disputed
        corrected = sum(one.key in disputed for one in latest)
        is_stopped = self.standing.stopped_at is not None
        if not is_stopped and corrected >= TOO_MANY:
            return AuthorNudges(stopped_at=now, corrected=corrected, written=len(latest))
        if is_stopped and corrected < TOO_MANY:
            return AuthorNudges(went_on_at=now)
        return None

    def awaiting_votes(self, now: datetime) -> tuple[WrittenNudge, ...]:
        """The nudges on which a 👎 would be news."""
        disputed = self.disputed
        return tuple(
            one
            for one in self.nudges
            if one.node and one.at > now - VOTES_READ_FOR and one.key not in disputed
        )

    def surplus(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """Kind and key of what needs not be remembered any more."""
        authors = [one for one in self.nudges if one.holder == Holder.AUTHOR]
        needed = {one.key for one in authors[-LAST_NUDGES:]}
        old = [one for one in self.nudges if one.at <= now - VOTES_READ_FOR and one.key not in needed]
        return (
            *((WrittenNudge.KIND, one.key) for one in old),
            *((LabelledMoment.KIND, one.key) for one in self.labels[:-LABELS_KEPT]),
        )

    def _latest_nudges(self) -> tuple[WrittenNudge, ...]:
        """The last nudges of authors, since they went on, that were as certain as is demanded now."""
        went_on_at = self.standing.went_on_at
        counted = [
            one
            for one in self.nudges
            if one.holder == Holder.AUTHOR
            and one.demanded >= self.demanded
            and (went_on_at is None or one.at > went_on_at)
        ]
        return tuple(counted[-LAST_NUDGES:])


def written_nudge(nudge: PastNudge) -> WrittenNudge:
    return WrittenNudge(
        number=nudge.number,
        key=nudge.key,
        holder=str(nudge.holder),
        at=nudge.at,
        node=nudge.node,
        demanded=certainty_demanded(),
    )
