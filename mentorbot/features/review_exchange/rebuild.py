"""The ledger made again from what GitHub remembers: the same rules, fed with the past in order of time.

Live and rebuilt ledgers are equal because nothing here decides anything: pull requests are shown to the rules
as they were at each moment, and what the rules say is kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.ports import GitHub, Ports, Reacted
from mentorbot.feature_api.replay import OPENING, Replay, ReplayedRecords, play
from mentorbot.features.review_exchange.account.facts import gift
from mentorbot.features.review_exchange.account.rules import give
from mentorbot.features.review_exchange.config import ExchangeLabels, ReviewExchange
from mentorbot.features.review_exchange.earning.facts import thanks, unconfirmed_reviews
from mentorbot.features.review_exchange.earning.pending_reviews import PendingReview
from mentorbot.features.review_exchange.earning.rules import confirm, thank
from mentorbot.features.review_exchange.ledger.ledger import Entry, Ledger
from mentorbot.features.review_exchange.reassignment.facts import owed_reviews
from mentorbot.features.review_exchange.reassignment.rules import reassign_or_refund
from mentorbot.features.review_exchange.redeem.exchanges import exchanges_in
from mentorbot.features.review_exchange.redeem.facts import redeem_request
from mentorbot.features.review_exchange.redeem.rules import redeem
from mentorbot.features.review_exchange.scoring.facts import activity_on
from mentorbot.features.review_exchange.scoring.rules import weigh

# A gift given in an issue could not be found again: see the card.
_WHO_MAY = {
    "exchange": Who.AUTHOR,
    "thanks": Who.AUTHOR_OR_MAINTAINERS,
    "credits give": Who.MAINTAINERS,
}

_READ_ANEW = frozenset(
    {
        ActKind.COMMENTED,
        ActKind.REVIEWED,
        ActKind.LINE_COMMENTED,
        ActKind.COMMENT_EDITED,
        ActKind.COMMENT_DELETED,
        ActKind.REVIEW_DISMISSED,
    }
)


@dataclass(slots=True)
class Past:
    """What happened in one repository; plays it to the rules. What they decide is in `replay.records`."""

    section: ReviewExchange
    replay: Replay
    _seen: set[tuple[str, int, datetime]] = field(default_factory=set)
    _moments: list[tuple[str, int, datetime]] = field(default_factory=list)
    _known_at: int = -1

    async def hear(self, timeline: PullRequestTimeline, act: Act) -> None:
        """What is said, pushed or closed, and the commands in it, do what they do live."""
        ports, number = self.replay.ports_at(act.at), timeline.number
        writer = act.subject if act.kind is ActKind.REVIEW_DISMISSED else act.by
        if act.about and act.kind in {ActKind.COMMENT_EDITED, ActKind.COMMENT_DELETED}:
            writer = next((other.by for other in timeline.acts if other.id == act.about), writer)
        if act.kind in _READ_ANEW and writer is not None and not writer.is_bot:
            self._take(await self._weighed(number, [writer], ports))
        elif act.is_push:
            self._take(await self._weighed(number, None, ports))
        elif act.kind in {ActKind.CLOSED, ActKind.MERGED}:
            merged = act.kind is ActKind.MERGED
            self._take(await self._weighed(number, None, ports, ended=act.at, merged=merged))
        if act.is_remark or act.id == OPENING or act.kind is ActKind.COMMENT_EDITED:
            for given in self.replay.commands(timeline, act, known=_WHO_MAY):
                if await self.replay.may(_WHO_MAY[given.name], given):
                    await self._obey(given, ports)

    async def next_due(self) -> datetime | None:
        """When something is to be decided next, by the clock or because somebody reacts; each once."""
        if self._known_at != self.replay.records.changes:
            self._moments, self._known_at = await self._moments_now(), self.replay.records.changes
        left = [moment for of in self._moments if of not in self._seen for moment in of[2:]]
        return min((max(moment, self.replay.now) for moment in left), default=None)

    async def look(self, due: datetime) -> None:
        """What the clock's rounds do at that moment."""
        self._seen |= {of for of in self._moments if of[2] <= due}
        ports = self.replay.ports_at(due)
        async for review in unconfirmed_reviews(self.section, ports):
            self._take(confirm(review.facts, self.section))
        async for owed in owed_reviews(self.section, ports):
            self._take(reassign_or_refund(owed.facts, self.section))

    async def _weighed(
        self,
        number: int,
        writers: Sequence[Person] | None,
        ports: Ports,
        *,
        ended: datetime | None = None,
        merged: bool = False,
    ) -> Plan:
        activity = await activity_on(number, writers, self.section, ports, ended=ended, merged=merged)
        return weigh(activity, self.section)

    async def _obey(self, given: CommandGiven, ports: Ports) -> None:
        section = self.section
        try:
            if given.name == "exchange":
                self._take(redeem(await redeem_request(given, section, ports), section))
            elif given.name == "thanks":
                self._take(thank(await thanks(given, section, ports), section))
            else:
                self._take(give(await gift(given, section, ports), section))
        except Refusal:
            return

    def _take(self, plan: Plan) -> None:
        self.replay.records.take(plan.actions)

    async def _moments_now(self) -> list[tuple[str, int, datetime]]:
        """When something may be decided by the clock, or because somebody reacts, and about what."""
        calendar, moments = self.replay.present.calendar, []
        for record in await self.replay.records.all(PendingReview):
            one = record.value
            whens = [
                self.section.silence.after(one.since, calendar),
                self.section.dispute.after(one.disputed_at or one.since, calendar),
                *(reacted.at for node in one.nodes for reacted in self.replay.reactions.get(node, ())),
            ]
            moments += [(record.key, record.version, when) for when in whens]
        for exchange in await exchanges_in(self.replay.records):
            if exchange.runs:
                late = self.section.review_within.after(exchange.since, calendar)
                moments.append((f"exchange {exchange.key} {exchange.what}", 0, late))
        return moments


def past_of(
    ports: Ports,
    section: ReviewExchange,
    timelines: Iterable[PullRequestTimeline],
    reactions: Mapping[str, Sequence[Reacted]],
) -> Past:
    """A repository's past until `ports.now`; nobody is asked for reviews in it, and nothing shown."""
    quiet = section.model_copy(
        update={
            "checklist": None,
            "check_run": False,
            "labels": ExchangeLabels(),
            "reviewers": (),
            "most_asked": 0,
        }
    )
    by_number = {timeline.number: timeline for timeline in timelines}
    return Past(quiet, Replay(ports, by_number, reactions, ReplayedRecords(ports.repository.id)))


async def rebuilt(*pasts: Past, kept: Iterable[Entry] = ()) -> Ledger:
    """The ledger of these repositories, as the rules would have kept it; the first one keeps it for all.

    `kept` is what is in it already, about other pull requests.
    """
    records = {past.replay.present.repository.full_name.lower(): past.replay.records for past in pasts}
    for one in records.values():
        one.others = records
    home = pasts[0].replay
    home.records.take(entry.remembered(expected=None) for entry in kept)
    await play(pasts, until=home.present.now)
    return Ledger(record.value for record in await home.records.all(Entry))


async def reactions_in(
    timelines: Iterable[PullRequestTimeline], github: GitHub
) -> Mapping[str, Sequence[Reacted]]:
    """Who reacted to what others than the authors wrote: a question to GitHub per hundred things."""
    nodes = [
        act.node
        for timeline in timelines
        for act in timeline.acts
        if act.is_remark and act.node and act.by != timeline.author
    ]
    return await github.reactions_to(nodes) if nodes else {}
