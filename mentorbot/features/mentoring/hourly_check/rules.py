"""What is decided about a pair when the clock strikes: each question once, each consequence told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.core.translator import say, say_day, say_plural
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.hourly_check import messages
from mentorbot.features.mentoring.hourly_check.facts import PairCheck, comment_key
from mentorbot.features.mentoring.inactivity.rules import DueReminder, Side, due_reminder
from mentorbot.features.mentoring.matching.candidates import FoundMentor
from mentorbot.features.mentoring.matching.messages import asked, why_nobody
from mentorbot.features.mentoring.pairs.pair import mentors_asked, mentors_in_story
from mentorbot.features.mentoring.pairs.state_machine import PairEvent, PairState
from mentorbot.features.mentoring.pairs.transitions import AppliedEvent, PairEventDetails, apply_event


def look_after(check: PairCheck, config: Mentoring) -> Plan:
    """Nobody waits unseen: mentors are found, silence is noticed, breaks and offers come to their end."""
    state = check.pair.state
    if check.mentor_has_left:
        return _mentor_left(check)
    if state is PairState.ASKED:
        return _ask_mentor(check, check.found) if check.found is not None else _keep_waiting(check, config)
    if state is PairState.ACTIVE:
        return _notice_silence(check, config)
    if state is PairState.PAUSED:
        return _rest(check, config)
    return _wait_for_decision(check, config)


def _mentor_left(check: PairCheck) -> Plan:
    """Who has no mentor any more is told, and goes to the front of the queue."""
    done = _applied(check, PairEvent.MENTOR_LEFT)
    because = say("the mentor is no longer one here")
    if not check.pair.has_seat:
        return plan(*done.records, because=because)
    requeued = done.pair.state is PairState.ASKED
    text = messages.mentor_left(check.pair, requeued=requeued)
    comment = _comment(check, "mentor left", text, mentions=(check.pair.mentee,))
    return plan(*done.records, comment, because=because)


def _ask_mentor(check: PairCheck, found: FoundMentor) -> Plan:
    """Who waits gets a mentor as soon as one has time."""
    mentor = found.proposal.mentor
    text = asked(found.applied.pair, found.proposal, story=check.story)
    comment = _comment(check, "asks", text, mentions=(mentor, check.pair.mentee))
    because = say("@{mentor} fits and has room", mentor=mentor.login)
    return plan(*found.applied.records, comment, because=because, about=mentors_in_story(check.story))


def _keep_waiting(check: PairCheck, config: Mentoring) -> Plan:
    """Where it takes long until there is a mentor, the maintainers are told."""
    pair, now = check.pair, check.now
    asked_at = pair.asked_at or now
    last_told = asked_at if check.held_back or pair.told_at is None else pair.told_at
    if not config.waiting.has_passed(last_told, now, check.calendar) or not check.is_business_day:
        return leave_alone(
            say(
                "@{mentee} waits for a mentor, and nobody can be asked at the moment",
                mentee=pair.mentee.login,
            )
        )
    days = (now - asked_at).days
    text = messages.somebody_waits(
        pair,
        check.maintainers,
        days=days,
        why=why_nobody(pair, check.shortage),
        asked=mentors_asked(check.story),
    )
    comment = _comment(check, "waits", text, mentions=check.maintainers, occasion=Occasion.NUDGE)
    because = say_plural(
        "@{mentee} has waited for a mentor for {count} day: maintainers are asked for help",
        "@{mentee} has waited for a mentor for {count} days: maintainers are asked for help",
        days,
        mentee=pair.mentee.login,
    )
    return plan(*replace(pair, told_at=now).remembered(), comment, because=because)


def _wait_for_decision(check: PairCheck, config: Mentoring) -> Plan:
    """An offer that nobody answers comes to its end, and the next mentor is asked."""
    pair = check.pair
    is_mentors = pair.state is PairState.OFFERED
    patience = config.answer_within if is_mentors else config.silent_mentee.ask[0]
    calendar = check.mentors_calendar if is_mentors else check.calendar
    if pair.since is None or not patience.has_passed(pair.since, check.now, calendar):
        return leave_alone(say("somebody is still deciding"))
    done = _applied(check, PairEvent.UNANSWERED)
    return plan(*done.records, because=say("nobody answered in time"))


def _rest(check: PairCheck, config: Mentoring) -> Plan:
    """A break ends on its day, or when the mentee is back; a long rest frees the mentor's seat."""
    pair = check.pair
    mentee = pair.mentee.login
    if pair.until is not None:
        if pair.until > check.now:
            return leave_alone(say("they take a break until {day}", day=say_day(pair.until)))
        return plan(*_applied(check, PairEvent.RESUMED).records, because=say("the break is over"))
    last = check.activity.mentee
    # GitHub's clock counts whole seconds: what came right after may look like the same moment, or before it.
    if last is not None and pair.since is not None and last >= pair.since.replace(microsecond=0):
        because = say("@{mentee} is back", mentee=mentee)
        return plan(*_applied(check, PairEvent.RESUMED).records, because=because)
    if not config.silent_mentee.end.has_passed(_silent_since(check), check.now, check.calendar):
        return leave_alone(say("nothing is asked of the two until @{mentee} is back", mentee=mentee))
    done = _applied(check, PairEvent.REST_OVER)
    comment = _comment(check, "rest over", messages.rest_over(pair))
    return plan(*done.records, comment, because=say("@{mentee} did not come back", mentee=mentee))


def _silent_since(check: PairCheck) -> datetime:
    return check.activity.mentee or check.pair.since or check.now


def _notice_silence(check: PairCheck, config: Mentoring) -> Plan:
    """Silence is asked about kindly, each time once, on business days; then something changes."""
    pair = replace(check.pair, reminder="") if check.held_back else check.pair
    due = due_reminder(pair, check.activity, config, now=check.now, calendar=check.calendar)
    if due is None:
        return leave_alone(say("I have heard of both, or have asked already"))
    is_working_day = (
        check.is_mentors_business_day if due.side is Side.MENTOR and due.nth else check.is_business_day
    )
    if not is_working_day:
        return leave_alone(say("something is due, but not on a day off"))
    if due.nth:
        return _remind(check, due)
    return _let_rest(check, config, due) if due.side is Side.MENTEE else _relieve(check, due)


def _remind(check: PairCheck, due: DueReminder) -> Plan:
    pair = check.pair
    if due.side is Side.MENTEE:
        text = messages.mentee_asked(pair)
        mentions = pair.people
        who = pair.mentee
    else:
        text = messages.mentor_asked(pair, nth=due.nth)
        mentions = pair.people[1:]
        who = pair.mentor or pair.mentee
    comment = _comment(check, due.name, text, mentions=mentions, occasion=Occasion.NUDGE)
    because = say(
        "@{person} has done nothing here since {day}: I ask how it goes",
        person=who.login,
        day=say_day(due.since),
    )
    return plan(*pair.with_reminder(due.name, check.now).remembered(), comment, because=because)


def _let_rest(check: PairCheck, config: Mentoring, due: DueReminder) -> Plan:
    pair = check.pair
    done = _applied(check, PairEvent.MENTEE_SILENT)
    until = config.silent_mentee.end.after(_silent_since(check), check.calendar)
    text = messages.mentee_rests(pair, until=until)
    comment = _comment(check, "rests", text, mentions=pair.people)
    because = say(
        "@{mentee} has done nothing here since {day}", mentee=pair.mentee.login, day=say_day(due.since)
    )
    return plan(*done.records, comment, because=because)


def _relieve(check: PairCheck, due: DueReminder) -> Plan:
    pair = check.pair
    done = _applied(check, PairEvent.MENTOR_SILENT)
    text = messages.mentor_relieved(pair)
    comment = _comment(check, "relieved", text, mentions=(pair.mentee,))
    because = say("the mentor has done nothing here since {day}", day=say_day(due.since))
    return plan(*done.records, comment, because=because)


def _applied(check: PairCheck, event: PairEvent) -> AppliedEvent:
    return apply_event(check.pair, PairEventDetails(event=event, now=check.now), check.roster)


def _comment(
    check: PairCheck,
    what: str,
    text: str,
    *,
    mentions: tuple[Person, ...] = (),
    occasion: Occasion = Occasion.ANSWER,
) -> Comment:
    """A comment where the mentee asked, as an answer to that; one for each change of the pair."""
    pair = check.pair
    return Comment(
        key=comment_key(pair, what),
        number=pair.thread,
        body=text,
        occasion=occasion,
        mentions=mentions,
    )
