"""The ledger made again from what GitHub remembers: the same rules, fed with the past in order of time.

Live and rebuilt ledgers are equal because nothing here decides anything: pull requests are shown to the rules
as they were at each moment, and what the rules say is kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from mentorbot.core.events import CommandGiven, Reactable
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal
from mentorbot.domain.command_parser import commands_in
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.ports import GitHub, Journal, People, Ports, Reacted, Timelines
from mentorbot.features.review_exchange import (
    balances,
    confirming,
    facts,
    owing,
    rules,
    spending,
    thanking,
)
from mentorbot.features.review_exchange.as_it_was import Memory, Then, as_pull_request
from mentorbot.features.review_exchange.config import Labels, ReviewExchange
from mentorbot.features.review_exchange.exchanges import EXCHANGE, Exchange
from mentorbot.features.review_exchange.ledger import Ledger
from mentorbot.features.review_exchange.waiting import WAITING, Waiting

# A gift given in an issue could not be found again: see the card.
COMMANDS = ("exchange", "thanks", "credits give")
_MAY = {"exchange": "author", "thanks": "author or maintainer", "credits give": "maintainer"}
_KINDS = {"comment": "issue_comment", "line": "review_comment", "review": "review"}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened in one repository until `ports.now`: its pull requests, and who reacted to what.

    `ports` answers what the past doesn't tell: who may do what, who was new. `reactions` are by the ids of
    what was written. What the rules keep is in `memory`; repositories with one ledger share the first one's.
    """

    ports: Ports
    section: ReviewExchange
    timelines: Sequence[PullRequestTimeline]
    reactions: Mapping[str, Sequence[Reacted]]
    memory: Memory


def past_of(
    ports: Ports,
    section: ReviewExchange,
    timelines: Iterable[PullRequestTimeline],
    reactions: Mapping[str, Sequence[Reacted]],
    *,
    ledger: Ledger | None = None,
) -> Past:
    """A repository's past, with books of its own or (`ledger`) those of another one."""
    memory = Memory(ports.repository.id, ledger=ledger if ledger is not None else Ledger())
    return Past(ports=ports, section=section, timelines=tuple(timelines), reactions=reactions, memory=memory)


async def rebuilt(*pasts: Past) -> Ledger:
    """The ledger of these repositories, as the rules would have kept it. They share the first one's books."""
    simulations = [_simulation_of(past) for past in pasts]
    happened = sorted(
        (
            (act.at, place, timeline.number, act)
            for place, past in enumerate(pasts)
            for timeline in past.timelines
            for act in _acts(timeline)
            if act.at <= past.ports.now
        ),
        key=lambda of: (*of[:3], of[3].place),
    )
    for at, place, number, act in happened:
        await _let_pass(simulations, until=at)
        await simulations[place].hear(number, act)
    await _let_pass(simulations, until=pasts[0].ports.now)
    return pasts[0].memory.ledger


async def _let_pass(simulations: Sequence[_Simulation], *, until: datetime) -> None:
    """Time passes: what is due by then is confirmed or comes back, each at its own moment and once."""
    while True:
        dues = [(due, place) for place, one in enumerate(simulations) if (due := await one.next_due())]
        if not dues or min(dues)[0] > until:
            return
        due, place = min(dues)
        await simulations[place].round(due)


def _simulation_of(past: Past) -> _Simulation:
    quiet = past.section.model_copy(
        update={"checklist": None, "check_run": False, "labels": Labels(), "reviewers": ()}
    )
    start = min((timeline.opened_at for timeline in past.timelines), default=past.ports.now)
    by_number = {timeline.number: timeline for timeline in past.timelines}
    return _Simulation(quiet, Then(past.ports, by_number, past.reactions, start), past.memory)


def _acts(timeline: PullRequestTimeline) -> Iterator[Act]:
    """What happened, and first of all the opening, whose text may hold commands."""
    yield Act(
        kind=ActKind.RETITLED, at=timeline.opened_at, id="opening", by=timeline.author, body=timeline.body
    )
    yield from (act for act in timeline.acts if act.at >= timeline.opened_at)


@dataclass(slots=True)
class _Simulation:
    """Plays the past to the rules."""

    section: ReviewExchange
    then: Then
    memory: Memory
    seen: set[tuple[str, int, datetime]] = field(default_factory=set)
    moments: list[tuple[str, int, datetime]] = field(default_factory=list)
    known_at: int = -1

    def _ports(self, now: datetime) -> Ports:
        self.then.now = now
        # Each stands in for the part of its port that these rules ask for; the others would be of no use.
        return replace(
            self.then.ports,
            now=now,
            records=self.memory,
            timelines=cast("Timelines", self.then),
            github=cast("GitHub", self.then),
            people=cast("People", self.then),
            journal=cast("Journal", self.then),
        )

    async def hear(self, number: int, act: Act) -> None:
        """Something happened."""
        ports = self._ports(act.at)
        timeline = self.then.timelines[number]
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
        if act.is_remark or act.id == "opening" or act.kind is ActKind.COMMENT_EDITED:
            await self._obey(timeline, act, ports)

    async def next_due(self) -> datetime | None:
        """When something is to be decided next, by the clock or because somebody reacts; each once."""
        if self.known_at != self.memory.changes:
            self.moments, self.known_at = await self._moments(), self.memory.changes
        left = [moment for of in self.moments if of not in self.seen for moment in of[2:]]
        return min((max(moment, self.then.now) for moment in left), default=None)

    async def round(self, due: datetime) -> None:
        """What the clock's rounds do at that moment."""
        self.seen |= {of for of in self.moments if of[2] <= due}
        ports = self._ports(due)
        async for waiting in confirming.unconfirmed(self.section, ports):
            self._take(confirming.confirm(waiting.facts, self.section))
        async for owed in owing.owed(self.section, ports):
            self._take(owing.see_to_it(owed.facts, self.section))

    async def _weighed(
        self,
        number: int,
        writers: Sequence[Person] | None,
        ports: Ports,
        *,
        ended: datetime | None = None,
        merged: bool = False,
    ) -> Plan:
        heard = await facts.heard(number, writers, self.section, ports, ended=ended, merged=merged)
        return rules.weigh(heard, self.section)

    async def _obey(self, timeline: PullRequestTimeline, act: Act, ports: Ports) -> None:
        if act.by is None or act.by.is_bot or "/" not in act.body or not _are_own_words(timeline, act):
            return
        before = _words_before(timeline, act)
        for command in commands_in(act.body, known=COMMANDS, short=COMMANDS, before=before):
            if command.name and await self._may(command.name, timeline, act.by, ports):
                given = _given(timeline, act, command.name, command.words, command.line, ports)
                self._take(await self._answer(given, ports))

    async def _may(self, name: str, timeline: PullRequestTimeline, by: Person, ports: Ports) -> bool:
        if "author" in _MAY[name] and by == timeline.author:
            return True
        return "maintainer" in _MAY[name] and (await ports.github.permission(by)).is_maintainer

    async def _answer(self, given: CommandGiven, ports: Ports) -> Plan | None:
        try:
            if given.name == "exchange":
                return spending.spend(await spending.wish(given, self.section, ports), self.section)
            if given.name == "thanks":
                return thanking.thank(await thanking.thanks(given, self.section, ports), self.section)
            return balances.give(await balances.gift(given, self.section, ports), self.section)
        except Refusal:
            return None

    def _take(self, plan: Plan | None) -> None:
        if plan is not None:
            self.memory.take(plan.actions)

    async def _moments(self) -> list[tuple[str, int, datetime]]:
        """When something may be decided by the clock, or because somebody reacts, and about what."""
        calendar, moments = self.then.ports.calendar, []
        for record in await self.memory.all(WAITING):
            one = Waiting.of(record)
            whens = [
                self.section.silence.after(one.since, calendar),
                self.section.dispute.after(one.disputed_at or one.since, calendar),
                *(reacted.at for node in one.nodes for reacted in self.then.reactions.get(node, ())),
            ]
            moments += [(record.key, record.version, when) for when in whens]
        for record in await self.memory.all(EXCHANGE):
            exchange = Exchange.of(record)
            if exchange.runs:
                late = self.section.review_within.after(exchange.since, calendar)
                moments.append((f"exchange {record.key} {exchange.what}", 0, late))
        return moments


def _are_own_words(timeline: PullRequestTimeline, act: Act) -> bool:
    """False where somebody edited what another one wrote: that runs nobody's commands."""
    if act.kind is not ActKind.COMMENT_EDITED:
        return True
    return any(one.id == act.about and one.by == act.by for one in timeline.acts)


def _words_before(timeline: PullRequestTimeline, act: Act) -> str | None:
    """What an edit replaced; None for anything that is no edit."""
    if act.kind is not ActKind.COMMENT_EDITED:
        return None
    told = [one for one in timeline.acts if one.at < act.at and act.about in {one.id, one.about} and one.body]
    return told[-1].body if told else ""


def _given(
    timeline: PullRequestTimeline, act: Act, name: str, words: tuple[str, ...], line: str, ports: Ports
) -> CommandGiven:
    kind, _, id_ = (act.about or act.id).partition("-")
    return CommandGiven(
        at=act.at,
        delivery="",
        installation_id=0,
        repository=ports.repository,
        by=act.by or timeline.author or ports.bot,
        thread=as_pull_request(timeline),
        name=name,
        words=words,
        line=line,
        source=Reactable(
            kind=_KINDS.get(kind, "issue"),
            id=int(id_) if id_.isdigit() else timeline.number,
            node_id=act.node,
            url=act.url,
        ),
    )


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
