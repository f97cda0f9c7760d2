"""What is told once a week: to each mentor how their mentees are doing, to maintainers how the programme is.

It is written where only those concerned read it: in a private repository, which is either this one or its
`desk`. A desk is another repository, so this one leaves the text in its memory, and the desk fetches it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from mentorbot.config.desk import desk_in
from mentorbot.core.people import Person
from mentorbot.core.translator import say
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.mentees.facts import MenteeProgress, contribution_counts_of, progress_of
from mentorbot.features.mentoring.milestones.reached import rungs_met
from mentorbot.features.mentoring.records import PostedSummary, RungMet, SummaryForDesk
from mentorbot.features.mentoring.roster.facts import roster_of
from mentorbot.features.mentoring.roster.roster import Roster
from mentorbot.features.mentoring.weekly_summary import messages

MAINTAINERS = "maintainers"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySummary:
    """Something to be told once. `reader` is a mentor's number or "maintainers", `about` people's numbers.

    `rungs` are the ladder's that somebody newly meets, as person/rung.
    """

    reader: str
    week: str
    title: str
    body: str
    about: tuple[int, ...]
    rungs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryDelivery:
    """A summary on its way: `place` is whose programme it is about, `previous` the issue it replaces."""

    summary: WeeklySummary | None
    place: str
    desk: str = ""
    previous: str = ""
    why_not: str = ""


async def summaries(config: Mentoring, ports: Ports) -> AsyncIterator[Case[SummaryDelivery]]:
    place = str(ports.repository.id)
    desk, why_not = _destination(config, ports)
    if why_not:
        yield Case(None, SummaryDelivery(summary=None, place=place, why_not=why_not))
        return
    for summary in await _written(config, ports):
        previous = await ports.records.get(PostedSummary, f"{place}/{summary.reader}")
        issue = previous.value.issue if previous is not None else ""
        yield Case(None, SummaryDelivery(summary=summary, place=place, desk=desk, previous=issue))


async def summaries_at_desk(config: Mentoring, ports: Ports) -> AsyncIterator[Case[SummaryDelivery]]:
    """What other repositories left for this desk."""
    for full_name in dict.fromkeys((*config.desk_for, *desk_in(ports.configuration.sections).projects)):
        if not ports.repository.private:
            why_not = say("a desk has to be a private repository: everybody can read this one")
            yield Case(None, SummaryDelivery(summary=None, place=full_name, why_not=why_not))
            return
        theirs = await ports.records.elsewhere(full_name)
        if theirs is None:
            continue
        place = str(theirs.repository_id)
        for record in await theirs.all(SummaryForDesk):
            left = record.value
            if left.desk.lower() != ports.repository.full_name.lower():
                continue
            previous = await ports.records.get(PostedSummary, f"{place}/{record.key}")
            if previous is not None and previous.value.week == left.week:
                continue
            summary = WeeklySummary(
                reader=record.key,
                week=left.week,
                title=f"{left.title} ({full_name})",
                body=left.body,
                about=left.about,
            )
            issue = previous.value.issue if previous is not None else ""
            yield Case(None, SummaryDelivery(summary=summary, place=place, previous=issue))


def _destination(config: Mentoring, ports: Ports) -> tuple[str, str]:
    """The desk's name, empty for this repository; or why there is no place for what is private."""
    if config.digest == "off":
        return "", say("weekly summaries are switched off")
    if config.digest == "here" or ports.repository.private:
        return "", ""
    desk = config.desk or desk_in(ports.configuration.sections).at
    if not desk or desk.lower() == ports.repository.full_name.lower():
        return "", say(
            "everybody can read this repository: name a private one as `desk` for weekly summaries"
        )
    return desk, ""


async def _written(config: Mentoring, ports: Ports) -> Sequence[WeeklySummary]:
    roster = await roster_of(config, ports, await ports.people.expertise())
    week = f"{ports.calendar.local(ports.now):%G-W%V}"
    is_public = config.digest == "here" and not ports.repository.private
    mentors = {pair.mentor for pair in roster.pairs if pair.has_seat and pair.mentor is not None}
    written: list[WeeklySummary] = []
    everybody: list[MenteeProgress] = []
    for mentor in sorted(mentors, key=lambda one: one.id):
        progress = await progress_of(roster.mentees_of(mentor), roster, config, ports)
        everybody += progress
        if mentor.id in roster.opted_out:
            continue
        title, body = messages.mentors_summary(
            mentor, progress, now=ports.now, week=week, is_public=is_public
        )
        about = (mentor.id, *(one.pair.mentee.id for one in progress))
        written.append(WeeklySummary(reader=str(mentor.id), week=week, title=title, body=body, about=about))
    if roster.pairs and not is_public:
        written.append(await _for_maintainers(roster, everybody, config, ports, week=week))
    return written


async def _for_maintainers(
    roster: Roster,
    progress: Sequence[MenteeProgress],
    config: Mentoring,
    ports: Ports,
    *,
    week: str,
) -> WeeklySummary:
    """Who waits, how the mentors are loaded, and who newly meets a rung of the ladder, with the evidence."""
    known = {record.key for record in await ports.records.all(RungMet)}
    past = await ports.people.expertise()
    people: dict[int, Person] = {one.pair.mentee.id: one.pair.mentee for one in progress}
    people |= {seats.person.id: seats.person for seats in roster.mentors.values()}
    met: list[str] = []
    evidence: list[str] = []
    for person in people.values() if config.ladder else ():
        if person.id in roster.opted_out:
            continue
        counts = await contribution_counts_of(person, roster, past, ports)
        for rung in rungs_met(counts, config.ladder):
            if (key := f"{person.id}/{rung.name}") not in known:
                met.append(key)
                evidence.append(messages.rung_met(person, rung, counts))
    title, body = messages.maintainers_summary(roster, evidence, now=ports.now, week=week)
    return WeeklySummary(
        reader=MAINTAINERS,
        week=week,
        title=title,
        body=body,
        about=(*people, *(pair.mentee.id for pair in roster.pairs)),
        rungs=tuple(met),
    )
