"""What the command line does with the books: read them, add to them, make them again, look for circles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mentorbot.core.actions import Forget, Remember
from mentorbot.core.people import Person
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.books import books_of
from mentorbot.features.review_exchange.clusters import Cluster, clusters
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.exchanges import EXCHANGE, Exchange
from mentorbot.features.review_exchange.ledger import ENTRY, Entry, Ledger
from mentorbot.features.review_exchange.queue import Placed, queue_of
from mentorbot.features.review_exchange.rebuilding import Past, past_of, reactions_in, rebuilt
from mentorbot.features.review_exchange.waiting import WAITING, Waiting

NAME = "review_exchange"


class NotKeptHere(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The ledger is in another repository's books; the message names it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a ledger differs from the one that is kept, and what to remember and forget to make it so."""

    added: Sequence[Entry]
    gone: Sequence[Entry]
    records: Sequence[Remember | Forget]


def section_of(ports: Ports) -> ReviewExchange:
    """The section in force. Raises TypeError where the configuration knows another one by that name."""
    section = ports.configuration.section(NAME)
    if not isinstance(section, ReviewExchange):
        raise TypeError(f"{NAME} has a section of type {type(section).__name__}")
    return section


async def queue_in(ports: Ports) -> list[Placed]:
    """The queue of a repository."""
    exchanges = [Exchange.of(record) for record in await ports.records.all(EXCHANGE)]
    return queue_of(exchanges, now=ports.now, price=section_of(ports).price)


async def ledger_in(ports: Ports) -> Ledger:
    """The ledger that speaks for a repository. Raises Refusal where a shared home can't be found."""
    return await (await books_of(section_of(ports), ports)).whole()


async def circles_in(ports: Ports) -> list[Cluster]:
    """Small closed groups of reviewers without a maintainer among them."""
    found = []
    for cluster in clusters(await ledger_in(ports), now=ports.now):
        people = sorted(cluster.members, key=_id)
        rights = [await ports.github.permission(person) for person in people]
        if not any(right.is_maintainer for right in rights):
            found.append(cluster)
    return found


async def added(entries: Iterable[Entry], ports: Ports) -> Changes:
    """What taking these entries in would change. Raises NotKeptHere; ValueError where it would not add up."""
    ledger = await _own(ports)
    new = [entry for entry in entries if entry.key not in ledger]
    together = Ledger([*ledger.entries(), *new])
    if problems := together.problems():
        raise ValueError("; ".join(problems))
    return Changes(new, (), [_kept(entry) for entry in new])


async def made_again(
    ports_of: Mapping[str, Ports],
    timelines: Mapping[str, Sequence[PullRequestTimeline]],
    *,
    tell: Callable[[str], None],
) -> Changes:
    """How the ledger of these repositories (the first one keeps it) would be, made again from GitHub.

    Entries about other pull requests stay. Raises NotKeptHere.
    """
    first = next(iter(ports_of.values()))
    kept = await _own(first)
    looked_at = {
        (ports.repository.id, timeline.number)
        for name, ports in ports_of.items()
        for timeline in timelines[name]
    }
    base = [entry for entry in kept.entries() if not _is_about(entry, looked_at)]
    pasts: list[Past] = []
    for name, ports in ports_of.items():
        tell(f"Reading who reacted to what in {name} …")
        reactions = await reactions_in(timelines[name], ports.github)
        ledger = pasts[0].memory.ledger if pasts else Ledger(base)
        pasts.append(past_of(ports, section_of(ports), timelines[name], reactions, ledger=ledger))
    tell("Applying the rules …")
    again = await rebuilt(*pasts)
    new = [entry for entry in again.entries() if entry.key not in kept or _differs(entry, kept)]
    gone = [entry for entry in kept.entries() if entry.key not in again]
    return Changes(
        new, gone, [*_rewritten(new, gone), *[one for past in pasts for one in await _index(past)]]
    )


async def _own(ports: Ports) -> Ledger:
    books = await books_of(section_of(ports), ports)
    if books.home is not None:
        raise NotKeptHere(
            f"{ports.repository.full_name} shares its ledger: use {section_of(ports).shared_by[0]}."
        )
    return await books.whole()


def _rewritten(new: Iterable[Entry], gone: Iterable[Entry]) -> list[Remember | Forget]:
    return [
        *(entry.remembered(expected=None) for entry in new),
        *(Forget(kind=ENTRY, key=entry.key) for entry in gone),
    ]


async def _index(past: Past) -> list[Remember | Forget]:
    """The reviews that wait, and exchanges that nobody had noted; noted ones know whom they asked."""
    home = past.ports.repository.id
    looked_at = {timeline.number for timeline in past.timelines}
    known = await past.ports.records.all(WAITING)
    again = {record.key: record for record in await past.memory.all(WAITING)}
    noted = {record.key for record in await past.ports.records.all(EXCHANGE)}
    return [
        *(
            Forget(kind=WAITING, key=record.key, repository_id=home)
            for record in known
            if record.key not in again and record.value["number"] in looked_at
        ),
        *(replace(Waiting.of(record).remembered(), repository_id=home) for record in again.values()),
        *(
            replace(Exchange.of(record).remembered(), expected=None, repository_id=home)
            for record in await past.memory.all(EXCHANGE)
            if record.key not in noted
        ),
    ]


def _kept(entry: Entry) -> Remember:
    return entry.remembered(expected=0)


def _is_about(entry: Entry, looked_at: Collection[tuple[int, int]]) -> bool:
    return (entry.place.repository_id, entry.place.number) in looked_at


def _differs(entry: Entry, kept: Ledger) -> bool:
    """True where the kept entry says something else that matters."""
    return not any(
        other.key == entry.key and (other.at, other.amount) == (entry.at, entry.amount)
        for other in kept.of(entry.person, entry.kind, place=entry.place)
    )


def _id(person: Person) -> int:
    return person.id
