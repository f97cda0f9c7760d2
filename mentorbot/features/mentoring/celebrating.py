"""What a mentee has reached for the first time is remembered, and said aloud where the config wants it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from mentorbot.core.actions import Comment, Occasion, Remember
from mentorbot.core.events import ChecksFinished, IssueChanged
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, no_concern_of_ours, plan
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring import messages_reports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.gather import roster_of
from mentorbot.features.mentoring.language import Words
from mentorbot.features.mentoring.milestones import reached
from mentorbot.features.mentoring.pair import PAIR, Pair
from mentorbot.features.mentoring.progress import deeds_of

REACHED, CONFIRMED, GUIDED = "reached", "confirmed", "guided"
_ENGLISH = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How far a mentee has come, and what was known of that; None: nothing, as they are new here."""

    pair: Pair
    now: tuple[str, ...]
    before: frozenset[str] | None
    say: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Somebody else gave a mentee's issue a label: it is taken seriously."""

    author: Person | None
    takes_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A check failed on a mentee's pull request for which there is a guide they haven't been shown."""

    mentee: Person | None
    number: int = 0
    name: str = ""
    pattern: str = ""
    say: Words = _ENGLISH


async def ways(config: Mentoring, ports: Ports) -> AsyncIterator[Case[Way]]:
    """Every mentee with a mentor, and what they have reached."""
    past = await ports.people.expertise()
    roster = await roster_of(config, ports, past)
    say = Words(config.language, ports.calendar)
    told: set[int] = set()
    for pair in roster.pairs:
        if not pair.has_seat or pair.mentee.id in told or pair.mentee.id in roster.opted_out:
            continue
        told.add(pair.mentee.id)
        deeds = await deeds_of(pair.mentee, roster, past, ports)
        confirmed = len(await ports.records.all(CONFIRMED, starting=f"{pair.mentee.id}/"))
        known = await ports.records.get(REACHED, str(pair.mentee.id))
        before = frozenset(known.value["names"]) if known is not None else None
        yield Case(
            pair.thread, Way(pair=pair, now=reached(deeds, confirmed=confirmed), before=before, say=say)
        )


def celebrate(facts: Way, config: Mentoring) -> Plan:
    """Each milestone once; what somebody had reached before they had a mentor is not news."""
    mentee = facts.pair.mentee
    new = [name for name in facts.now if facts.before is not None and name not in facts.before]
    if facts.before is not None and not new:
        return no_concern_of_ours(f"@{mentee.login} has reached nothing new")
    names = sorted(set(facts.now) | (facts.before or frozenset()))
    remember = Remember(kind=REACHED, key=str(mentee.id), value={"names": names}, whose=mentee.id)
    aloud = [name for name in new if name in config.milestones]
    if not aloud:
        return plan(remember, because=f"@{mentee.login}: {', '.join(new) or 'what was reached before'}")
    comment = Comment(
        key=f"milestones {mentee.id}/{', '.join(aloud)}",
        number=facts.pair.thread,
        body=messages_reports.congratulation(facts.say, facts.pair, aloud),
        occasion=Occasion.CELEBRATION,
        mentions=(mentee,),
    )
    return plan(remember, comment, because=f"@{mentee.login}: {', '.join(aloud)}")


async def labelled(event: IssueChanged, _config: Mentoring, ports: Ports) -> Confirmed:
    """Whether somebody else has labelled a mentee's issue."""
    author = event.thread.author
    if author is None or event.by == author or event.by.is_bot or not event.thread.labels:
        return Confirmed(author=None, takes_part=False)
    return Confirmed(author=author, takes_part=bool(await ports.records.all(PAIR, starting=f"{author.id}/")))


def confirm(facts: Confirmed, _config: Mentoring) -> Plan:
    """An issue that others label is confirmed."""
    if facts.author is None or not facts.takes_part:
        return no_concern_of_ours("no issue of a mentee's")
    remember = Remember(kind=CONFIRMED, key=f"{facts.author.id}/issue", value={}, whose=facts.author.id)
    return Plan(actions=(remember,), because="an issue of a mentee's is confirmed", concerns=False)


async def failed_check(event: ChecksFinished, config: Mentoring, ports: Ports) -> Obstacle:
    """Whether a guide helps whoever is mentored and has met this obstacle for the first time."""
    pattern = next((one for one in config.guides if fnmatchcase(event.name, one)), "")
    if event.outcome != "failure" or not pattern:
        return Obstacle(mentee=None)
    for timeline in await ports.timelines.with_head(event.head_sha):
        author = timeline.author
        if author is None or not await ports.records.all(PAIR, starting=f"{author.id}/"):
            continue
        if await ports.records.get(GUIDED, f"{author.id}/{pattern}") is None:
            say = Words(config.language, ports.calendar)
            return Obstacle(mentee=author, number=timeline.number, name=event.name, pattern=pattern, say=say)
    return Obstacle(mentee=None)


def offer_guide(facts: Obstacle, config: Mentoring) -> Plan:
    """The guide that answers a mentee's obstacle is shown to them once, ever."""
    if facts.mentee is None:
        return no_concern_of_ours("no obstacle of a mentee's that a guide answers")
    text = messages_reports.guide(
        facts.say, facts.mentee, check=facts.name, address=config.guides[facts.pattern]
    )
    return plan(
        Remember(kind=GUIDED, key=f"{facts.mentee.id}/{facts.pattern}", value={}, whose=facts.mentee.id),
        Comment(
            key=f"guide {facts.mentee.id}/{facts.pattern}",
            number=facts.number,
            body=text,
            occasion=Occasion.NUDGE,
            mentions=(facts.mentee,),
        ),
        because=f"{facts.name} failed for @{facts.mentee.login} for the first time, and there is a guide",
    )
