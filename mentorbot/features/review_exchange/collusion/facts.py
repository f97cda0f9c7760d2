"""Which closed circles of reviewers there are in a repository, once maintainers are told apart."""

from __future__ import annotations

from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.collusion.rings import CollusionRing, collusion_rings
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import Ledger
from mentorbot.features.review_exchange.ledger.ledger_store import LedgerStore, ledger_in


async def rings_in(ports: Ports) -> list[CollusionRing]:
    """Small closed groups of reviewers, for maintainers to look at."""
    return await _rings(await ledger_in(ports), ports)


async def suspects_in(store: LedgerStore, section: ReviewExchange, ports: Ports) -> frozenset[Person]:
    """Whose reviews of each other a maintainer has to confirm; nearly always nobody's."""
    if not section.guards.clusters:
        return frozenset()
    return frozenset(person for ring in await _rings(await store.whole(), ports) for person in ring.members)


async def _rings(ledger: Ledger, ports: Ports) -> list[CollusionRing]:
    """A group with a maintainer in it is none: small projects are like that, too."""
    found = []
    for ring in collusion_rings(ledger, now=ports.now):
        people = sorted(ring.members, key=lambda person: person.id)
        rights = [await ports.github.permission(person) for person in people]
        if not any(right.is_maintainer for right in rights):
            found.append(ring)
    return found
