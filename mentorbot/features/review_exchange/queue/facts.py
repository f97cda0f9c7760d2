"""The queue of a repository, for the command line."""

from __future__ import annotations

from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.config import section_of
from mentorbot.features.review_exchange.queue.ranking import Placed, queue_of
from mentorbot.features.review_exchange.redeem.exchanges import exchanges_in


async def queue_in(ports: Ports) -> list[Placed]:
    return queue_of(await exchanges_in(ports.records), now=ports.now, price=section_of(ports).price)
