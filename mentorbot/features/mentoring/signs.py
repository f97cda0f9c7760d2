"""Notices signs of life that the shared memory of who answered whom leaves out: work in one's own threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.actions import Remember
from mentorbot.core.events import Commented, PullRequestPushed, ReviewSubmitted
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, no_concern_of_ours
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.pair import PAIR
from mentorbot.features.mentoring.steps import LAST_ASKED

SEEN = "seen"
_OFTEN_ENOUGH = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Somebody did something at a moment; `takes_part` tells whether that interests mentoring."""

    by: Person
    at: datetime
    takes_part: bool
    seen_at: datetime | None = None


async def sign_of_life(
    event: Commented | PullRequestPushed | ReviewSubmitted, _config: Mentoring, ports: Ports
) -> Sign:
    """Whether whoever did this takes part in the programme; asked only where it was in their own thread."""
    by = event.by
    if by.is_bot or event.thread.author != by:
        return Sign(by=by, at=event.at, takes_part=False)
    takes_part = bool(await ports.records.all(PAIR, starting=f"{by.id}/")) or bool(
        await ports.records.get(LAST_ASKED, str(by.id))
    )
    seen = await ports.records.get(SEEN, str(by.id)) if takes_part else None
    seen_at = datetime.fromisoformat(seen.value["at"]) if seen is not None else None
    return Sign(by=by, at=event.at, takes_part=takes_part, seen_at=seen_at)


def notice(sign: Sign, _config: Mentoring) -> Plan:
    """Who works on their own things is not silent."""
    if not sign.takes_part:
        return no_concern_of_ours("nobody in the mentoring programme, or seen by others already")
    if sign.seen_at is not None and sign.at - sign.seen_at < _OFTEN_ENOUGH:
        return no_concern_of_ours("seen within the hour already")
    remember = Remember(kind=SEEN, key=str(sign.by.id), value={"at": sign.at.isoformat()}, whose=sign.by.id)
    return Plan(actions=(remember,), because=f"@{sign.by.login} was seen", concerns=False)
