"""Whether a check failed that there is a guide for, on the pull request of a mentee who hasn't seen it."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from mentorbot.core.events import ChecksFinished
from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.pairs.state_machine import SEATED
from mentorbot.features.mentoring.records import PairRecord, ShownGuide
from mentorbot.features.mentoring.roster.facts import takes_part


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedCheck:
    """A check, by `name`, and the `pattern` in the config that it fits; `has_mentor` is of the mentee."""

    mentee: Person
    number: int
    name: str
    pattern: str
    has_mentor: bool = False


async def failed_check(event: ChecksFinished, config: Mentoring, ports: Ports) -> FailedCheck | None:
    """The check that failed for a mentee for the first time, where a guide helps."""
    pattern = next((one for one in config.guides if fnmatchcase(event.name, one)), "")
    if event.outcome != "failure" or not pattern:
        return None
    for timeline in await ports.timelines.with_head(event.head_sha):
        author = timeline.author
        if author is None or not await takes_part(author, ports):
            continue
        if await ports.records.get(ShownGuide, f"{author.id}/{pattern}") is None:
            wishes = await ports.records.all(PairRecord, starting=f"{author.id}/")
            return FailedCheck(
                mentee=author,
                number=timeline.number,
                name=event.name,
                pattern=pattern,
                has_mentor=any(wish.value.state in SEATED for wish in wishes),
            )
    return None
