"""How the ledger differs from one that is imported or made again from GitHub, and what makes it so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mentorbot.core.actions import Forget, Remember
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.config import section_of
from mentorbot.features.review_exchange.earning.pending_reviews import PendingReview
from mentorbot.features.review_exchange.ledger.ledger import Entry, Ledger
from mentorbot.features.review_exchange.ledger.ledger_store import ledger_store_of
from mentorbot.features.review_exchange.rebuild import Past, past_of, reactions_in, rebuilt
from mentorbot.features.review_exchange.redeem.exchanges import exchanges_in


class NotKeptHere(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The ledger is kept with another repository; the message names it."""


@dataclass(frozen=True, slots=True)
class LedgerChanges:
    """How a ledger differs from the one that is kept, and what to remember and forget to make it so."""

    added: Sequence[Entry]
    gone: Sequence[Entry]
    records: Sequence[Remember | Forget]


async def added(entries: Iterable[Entry], ports: Ports) -> LedgerChanges:
    """What taking these entries in would change. Raises NotKeptHere; ValueError where it would not add up."""
    ledger = await _own(ports)
    new = [entry for entry in entries if entry.key not in ledger]
    together = Ledger([*ledger.entries(), *new])
    if problems := together.problems():
        raise ValueError("; ".join(problems))
    return LedgerChanges(new, (), [entry.remembered(expected=0) for entry in new])


async def rebuilt_changes(
    ports_of: Mapping[str, Ports],
    timelines: Mapping[str, Sequence[PullRequestTimeline]],
    *,
    tell: Callable[[str], None],
) -> LedgerChanges:
    """How the ledger of these repositories (the first one keeps it) would be, made again from GitHub.

    Entries about other pull requests stay. Raises NotKeptHere.
    """
    first = next(iter(ports_of.values()))
    before = await _own(first)
    looked_at = {
        (ports.repository.id, timeline.number)
        for name, ports in ports_of.items()
        for timeline in timelines[name]
    }
    pasts: list[Past] = []
    for name, ports in ports_of.items():
        tell(f"Reading who reacted to what in {name} …")
        reactions = await reactions_in(timelines[name], ports.github)
        pasts.append(past_of(ports, section_of(ports), timelines[name], reactions))
    tell("Applying the rules …")
    others = [
        entry
        for entry in before.entries()
        if (entry.place.repository_id, entry.place.number) not in looked_at
    ]
    again = await rebuilt(*pasts, kept=others)
    new = [entry for entry in again.entries() if entry.key not in before or _differs(entry, before)]
    gone = [entry for entry in before.entries() if entry.key not in again]
    changes: list[Remember | Forget] = [entry.remembered(expected=None) for entry in new]
    changes += [Forget(kind=Entry.KIND, key=entry.key) for entry in gone]
    for past in pasts:
        changes += await _indexed(past)
    return LedgerChanges(new, gone, changes)


async def _own(ports: Ports) -> Ledger:
    store = await ledger_store_of(section_of(ports), ports)
    if store.home is not None:
        raise NotKeptHere(
            f"{ports.repository.full_name} shares its ledger: use {section_of(ports).shared_by[0]}."
        )
    return await store.whole()


async def _indexed(past: Past) -> list[Remember | Forget]:
    """The reviews that wait, and exchanges that nobody had noted; noted ones know whom they asked."""
    replay = past.replay
    home = replay.present.repository.id
    known = await replay.present.records.all(PendingReview)
    again = {record.key: record.value for record in await replay.records.all(PendingReview)}
    noted = {exchange.key for exchange in await exchanges_in(replay.present.records)}
    return [
        *(
            Forget(kind=PendingReview.KIND, key=record.key, repository_id=home)
            for record in known
            if record.key not in again and record.value.number in replay.timelines
        ),
        *(replace(review.remembered(), repository_id=home) for review in again.values()),
        *(
            replace(exchange.remembered(), expected=None, repository_id=home)
            for exchange in await exchanges_in(replay.records)
            if exchange.key not in noted
        ),
    ]


def _differs(entry: Entry, kept: Ledger) -> bool:
    """True where the kept entry says something else that matters."""
    return not any(
        other.key == entry.key and (other.at, other.amount) == (entry.at, entry.amount)
        for other in kept.of(entry.person, entry.kind, place=entry.place)
    )
