"""Which commands about the turn do something for somebody in a pull request now."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.events import CommandGiven
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled.config import Stalled


async def useful_commands(
    event: CommandGiven, authorization: Authorization, _config: Stalled, _ports: Ports
) -> Sequence[str]:
    """Whose turn it is, for everybody; to correct it, as long as it is open, for who knows better."""
    if not event.thread.is_pull_request:
        return ()
    if event.thread.state != "open":
        return ("turn",)
    if authorization.permission.is_maintainer:
        return ("turn", "waiting", "snooze", "blocked", "ready")
    return ("turn", "ready", "snooze", "blocked")
