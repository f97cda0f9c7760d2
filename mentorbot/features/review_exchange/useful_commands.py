"""Which commands of the review exchange do something for somebody in a thread now."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.events import CommandGiven
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.config import ReviewExchange


async def useful_commands(
    event: CommandGiven, authorization: Authorization, _config: ReviewExchange, _ports: Ports
) -> Sequence[str]:
    """Its author wants a review and thanks for one; everybody else can give one."""
    is_open_pull_request = event.thread.is_pull_request and event.thread.state == "open"
    if authorization.is_author and is_open_pull_request:
        return ("exchange", "thanks", "suggest reviews", "credits")
    if authorization.permission.is_maintainer and event.thread.is_pull_request:
        return ("suggest reviews", "credits give", "credits")
    return ("suggest reviews", "credits")
