"""What is told once a week: to each mentor how their mentees are doing, to maintainers how the programme is.

It is written where only those concerned read it: in a private repository, which is either this one or its
`desk`. A desk is another repository, so this one leaves the text in its memory, and the desk fetches it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from mentorbot.core.actions import CloseIssue, Doable, OpenIssue, Remember
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring import messages_reports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.gather import roster_of
from mentorbot.features.mentoring.language import Words
from mentorbot.features.mentoring.milestones import rungs_met
from mentorbot.features.mentoring.progress import Need, Progress, deeds_of, progress_of
from mentorbot.features.mentoring.roster import Roster

FOR_THE_DESK, POSTED, RUNG = "for the desk", "posted", "rung"
MAINTAINERS = "maintainers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to be told once. `reader` is a mentor's number or "maintainers", `about` people's numbers."""

    reader: str
    week: str
    title: str
    body: str
    about: tuple[int, ...]

    def to_json(self, desk: str) -> dict[str, object]:
        """As it waits for the desk; `about` sees to it that it goes when somebody in it is forgotten."""
        return {
            "week": self.week,
            "title": self.title,
            "body": self.body,
            "about": list(self.about),
            "desk": desk,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A notice on its way: `place` is whose programme it is about, `previous` the issue it replaces."""

    notice: Notice | None
    place: str
    desk: str = ""
    previous: str = ""
    met: tuple[str, ...] = ()
    why_not: str = ""


async def notices(config: Mentoring, ports: Ports) -> AsyncIterator[Case[Delivery]]:
    """This week's notices, each with where it goes."""
    place = str(ports.repository.id)
    desk, why_not = _destination(config, ports)
    if why_not:
        yield Case(None, Delivery(notice=None, place=place, why_not=why_not))
        return
    past = await ports.people.expertise()
    roster = await roster_of(config, ports, past)
    say = Words(config.language, ports.calendar)
    for notice, met in await _written(roster, say, config, ports):
        previous = await ports.records.get(POSTED, f"{place}/{notice.reader}")
        yield Case(
            None,
            Delivery(
                notice=notice,
                place=place,
                desk=desk,
                previous=str(previous.value["issue"]) if previous is not None else "",
                met=met,
            ),
        )


async def at_the_desk(config: Mentoring, ports: Ports) -> AsyncIterator[Case[Delivery]]:
    """What other repositories left for this desk."""
    for full_name in config.desk_for:
        if not ports.repository.private:
            why_not = "a desk has to be a private repository: everybody can read this one"
            yield Case(None, Delivery(notice=None, place=full_name, why_not=why_not))
            return
        theirs = await ports.records.elsewhere(full_name)
        for record in await theirs.all(FOR_THE_DESK) if theirs is not None else ():
            if str(record.value["desk"]).lower() != ports.repository.full_name.lower():
                continue
            place = str(theirs.repository_id) if theirs is not None else full_name
            previous = await ports.records.get(POSTED, f"{place}/{record.key}")
            if previous is not None and previous.value["week"] == record.value["week"]:
                continue
            notice = Notice(
                reader=record.key,
                week=str(record.value["week"]),
                title=f"{record.value['title']} ({full_name})",
                body=str(record.value["body"]),
                about=tuple(record.value["about"]),
            )
            issue = str(previous.value["issue"]) if previous is not None else ""
            yield Case(None, Delivery(notice=notice, place=place, previous=issue))


def deliver(facts: Delivery, _config: Mentoring) -> Plan:
    """A notice is an issue of its own, so that its reader is notified; it closes that of the week before."""
    notice = facts.notice
    if notice is None:
        return leave_alone(facts.why_not)
    rungs = tuple(_rung_met(key) for key in facts.met)
    if facts.desk:
        left = Remember(
            kind=FOR_THE_DESK, key=notice.reader, value=notice.to_json(facts.desk), about=notice.about
        )
        return plan(left, *rungs, because=f"the week's notice is left for the desk, {facts.desk}")
    key = f"notice {facts.place}/{notice.reader}/{notice.week}"
    posted = Remember(
        kind=POSTED,
        key=f"{facts.place}/{notice.reader}",
        value={"issue": key, "week": notice.week, "about": list(notice.about)},
        about=notice.about,
    )
    actions: list[Doable] = [OpenIssue(key=key, title=notice.title, body=notice.body), posted, *rungs]
    if facts.previous and facts.previous != key:
        actions.append(CloseIssue(key=f"{key} closes the last one", issue=facts.previous, body=""))
    return plan(*actions, because=f"the notice of week {notice.week}", about=notice.about)


def _rung_met(key: str) -> Remember:
    return Remember(kind=RUNG, key=key, value={}, whose=int(key.partition("/")[0]))


def _destination(config: Mentoring, ports: Ports) -> tuple[str, str]:
    """The desk's name, empty for this repository; or why there is no place for what is private."""
    if config.digest == "off":
        return "", "weekly summaries are switched off"
    if config.digest == "here" or ports.repository.private:
        return "", ""
    if not config.desk or config.desk.lower() == ports.repository.full_name.lower():
        return "", "everybody can read this repository: name a private one as `desk` for weekly summaries"
    return config.desk, ""


async def _written(
    roster: Roster, say: Words, config: Mentoring, ports: Ports
) -> Sequence[tuple[Notice, tuple[str, ...]]]:
    local = ports.calendar.local(ports.now)
    week = f"{local:%G-W%V}"
    is_public = config.digest == "here" and not ports.repository.private
    mentors = {pair.mentor for pair in roster.pairs if pair.has_seat and pair.mentor is not None}
    written: list[tuple[Notice, tuple[str, ...]]] = []
    everybody: list[Progress] = []
    for mentor in sorted(mentors, key=lambda one: one.id):
        progress = await progress_of(roster.mentees_of(mentor), roster, config, ports)
        everybody += progress
        if is_public:
            progress = tuple(_for_everybody(one) for one in progress)
        if mentor.id in roster.opted_out:
            continue
        title, body = messages_reports.digest(say, mentor, progress, now=ports.now, week=week)
        about = (mentor.id, *(one.pair.mentee.id for one in progress))
        notice = Notice(reader=str(mentor.id), week=week, title=title, body=body, about=about)
        written.append((notice, ()))
    if roster.pairs and not is_public:
        written.append(await _for_maintainers(roster, everybody, say, config, ports, week=week))
    return written


def _for_everybody(one: Progress) -> Progress:
    """Without the remark that nothing was heard of somebody, which is no business of passers-by."""
    return replace(one, need=Need.NOTHING) if one.need is Need.QUIET else one


async def _for_maintainers(
    roster: Roster,
    progress: Sequence[Progress],
    say: Words,
    config: Mentoring,
    ports: Ports,
    *,
    week: str,
) -> tuple[Notice, tuple[str, ...]]:
    """Who waits, how the mentors are loaded, and who newly meets a rung of the ladder, with the evidence."""
    known = {record.key for record in await ports.records.all(RUNG)}
    past = await ports.people.expertise()
    people: dict[int, Person] = {one.pair.mentee.id: one.pair.mentee for one in progress}
    people |= {seats.person.id: seats.person for seats in roster.mentors.values()}
    met: list[str] = []
    evidence: list[str] = []
    for person in people.values() if config.ladder else ():
        if person.id in roster.opted_out:
            continue
        deeds = await deeds_of(person, roster, past, ports)
        for rung in rungs_met(deeds, config.ladder):
            if (key := f"{person.id}/{rung.name}") not in known:
                met.append(key)
                evidence.append(messages_reports.rung_met(say, person, rung, deeds))
    title, body = messages_reports.weekly(say, roster, evidence, now=ports.now, week=week)
    about = (*people, *(pair.mentee.id for pair in roster.pairs))
    return Notice(reader=MAINTAINERS, week=week, title=title, body=body, about=about), tuple(met)
