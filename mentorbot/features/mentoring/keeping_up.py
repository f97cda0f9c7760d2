"""What is decided about a pair when the clock strikes: each question once, each consequence told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mentorbot.core.actions import Comment, Occasion, Remember
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.features.mentoring import messages, messages_partings
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.declaring import mentors_in
from mentorbot.features.mentoring.liveness import Due, Side, due
from mentorbot.features.mentoring.machine import Happening, State
from mentorbot.features.mentoring.pair import Pair
from mentorbot.features.mentoring.steps import Doing, Step, step
from mentorbot.features.mentoring.upkeep import Upkeep, about_again


def look_after(facts: Upkeep, config: Mentoring) -> Plan:
    """Nobody waits unseen: mentors are found, silence is noticed, breaks and offers come to their end."""
    state = facts.pair.state
    if facts.mentor_has_left:
        return _mentor_left(facts)
    if state is State.ASKED:
        return _find_or_tell(facts, config)
    if state is State.ACTIVE:
        return _listen(facts, config)
    if state is State.PAUSED:
        return _rest(facts, config)
    return _wait_for_decision(facts, config)


def remember_listed(facts: Sequence[Remember], _config: Mentoring) -> Plan:
    """Logins change and people stay: whom the config means is remembered when it is read first."""
    if not facts:
        return leave_alone("nobody new is named as a mentor")
    return plan(*facts, because=f"{len(facts)} of those named as mentors are known by number now")


def _mentor_left(facts: Upkeep) -> Plan:
    """Who has no mentor any more is told, and goes to the front of the queue."""
    done = _step(facts, Happening.MENTOR_LEFT)
    because = "the mentor is no longer one here"
    if not facts.pair.has_seat:
        return plan(*done.records, because=because)
    text = messages_partings.mentor_left(
        facts.say, facts.pair, requeued=done.pair.state is State.ASKED, slash=facts.slash
    )
    return plan(
        *done.records, _tell(facts, "mentor left", text, mentions=(facts.pair.mentee,)), because=because
    )


def _find_or_tell(facts: Upkeep, config: Mentoring) -> Plan:
    """Who waits gets a mentor as soon as one has time; where it takes long, the maintainers are told."""
    pair, now = facts.pair, facts.now
    if facts.proposal is not None:
        done = _step(facts, Happening.FOUND, mentor=facts.proposal.mentor)
        text = messages.asked(facts.say, done.pair, facts.proposal, slash=facts.slash, story=facts.story)
        comment = _tell(facts, "asks", text, mentions=(facts.proposal.mentor, pair.mentee))
        because = f"@{facts.proposal.mentor.login} fits and has room"
        return plan(*done.records, comment, because=because, about=mentors_in(facts.story))
    asked_at = pair.asked_at or now
    last_told = asked_at if facts.held_back or pair.told_at is None else pair.told_at
    if not config.waiting.has_passed(last_told, now, facts.say.calendar) or not facts.is_business_day:
        return leave_alone(f"@{pair.mentee.login} waits for a mentor, and nobody is free")
    told = replace(pair, told_at=now)
    text = messages_partings.somebody_waits(
        facts.say, pair, list(facts.maintainers), days=(now - asked_at).days
    )
    comment = _tell(facts, "waits", text, mentions=facts.maintainers, occasion=Occasion.NUDGE)
    because = f"{about_again(pair)} for help: they have waited for {(now - asked_at).days} days"
    return plan(*told.records(), comment, because=because)


def _wait_for_decision(facts: Upkeep, config: Mentoring) -> Plan:
    """An offer that nobody answers comes to its end, and the next mentor is asked."""
    pair = facts.pair
    patience = config.answer_within if pair.state is State.OFFERED else config.silent_mentee.ask[0]
    if pair.since is None or not patience.has_passed(pair.since, facts.now, facts.say.calendar):
        return leave_alone("somebody is still deciding")
    done = _step(facts, Happening.UNANSWERED)
    return plan(*done.records, because=f"nobody answered within {patience}")


def _rest(facts: Upkeep, config: Mentoring) -> Plan:
    """A break ends on its day, or when the mentee is back; a long rest frees the mentor's seat."""
    pair = facts.pair
    if pair.until is not None:
        if pair.until > facts.now:
            return leave_alone(f"a break until {pair.until:%Y-%m-%d}")
        return plan(*_step(facts, Happening.RESUMED).records, because="the break is over")
    last = facts.acts.mentee
    # GitHub's clock counts whole seconds: what came right after may look like the same moment, or before it.
    if last is not None and pair.since is not None and last >= pair.since.replace(microsecond=0):
        because = f"@{pair.mentee.login} is back"
        return plan(*_step(facts, Happening.RESUMED).records, because=because)
    silent_since = last or pair.since or facts.now
    if not config.silent_mentee.end.has_passed(silent_since, facts.now, facts.say.calendar):
        return leave_alone(f"resting until @{pair.mentee.login} is back")
    done = _step(facts, Happening.REST_OVER)
    text = messages_partings.rest_over(facts.say, pair, slash=facts.slash)
    because = f"@{pair.mentee.login} did not come back from a rest"
    return plan(*done.records, _tell(facts, "rest over", text, mentions=()), because=because)


def _listen(facts: Upkeep, config: Mentoring) -> Plan:
    """Silence is asked about kindly, once per rung, on business days; then something changes."""
    pair = facts.pair
    before = replace(pair, rung="") if facts.held_back else pair
    found = due(before, facts.acts, config, now=facts.now, calendar=facts.say.calendar)
    if found is None:
        return leave_alone("both are heard of, or were asked already")
    if not facts.is_business_day:
        return leave_alone("something is due, but not on a day off")
    if found.nth:
        return _ask_again(facts, found)
    if found.side is Side.MENTEE:
        done = _step(facts, Happening.MENTEE_SILENT)
        text = messages_partings.mentee_rests(facts.say, pair)
        because = f"@{pair.mentee.login} has done nothing here since {found.since:%Y-%m-%d}"
        return plan(*done.records, _tell(facts, "rests", text, mentions=_both(pair)), because=because)
    done = _step(facts, Happening.MENTOR_SILENT)
    text = messages_partings.mentor_relieved(facts.say, pair)
    because = f"the mentor has done nothing here since {found.since:%Y-%m-%d}"
    return plan(*done.records, _tell(facts, "relieved", text, mentions=(pair.mentee,)), because=because)


def _ask_again(facts: Upkeep, found: Due) -> Plan:
    pair = facts.pair
    asked = pair.with_rung(found.rung, facts.now)
    if found.side is Side.MENTEE:
        text = messages_partings.mentee_asked(facts.say, pair, slash=facts.slash)
        mentions = _both(pair)
    else:
        text = messages_partings.mentor_asked(facts.say, pair, nth=found.nth, slash=facts.slash)
        mentions = (pair.mentor,) if pair.mentor is not None else ()
    comment = _tell(facts, found.rung, text, mentions=mentions, occasion=Occasion.NUDGE)
    return plan(*asked.records(), comment, because=f"{about_again(pair)}: {found.rung}")


def _both(pair: Pair) -> tuple[Person, ...]:
    return (pair.mentee,) if pair.mentor is None else (pair.mentee, pair.mentor)


def _step(facts: Upkeep, happening: Happening, *, mentor: Person | None = None) -> Step:
    return step(facts.pair, Doing(happening=happening, now=facts.now, mentor=mentor), facts.roster)


def _tell(
    facts: Upkeep,
    what: str,
    text: str,
    *,
    mentions: tuple[Person, ...],
    occasion: Occasion = Occasion.ANSWER,
) -> Comment:
    """A comment where the mentee asked, as an answer to that; one for each change of the pair."""
    pair = facts.pair
    return Comment(
        key=f"pair {pair.key}/{pair.version}/{what}",
        number=pair.thread,
        body=text,
        occasion=occasion,
        mentions=mentions,
    )
