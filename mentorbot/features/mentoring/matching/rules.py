"""What is decided when somebody asks for a mentor, offers to be one, proposes a pair, or answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mentorbot.core.actions import Answer, Forget
from mentorbot.core.markdown import code
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal, plan
from mentorbot.core.translator import say
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import MentorCommand
from mentorbot.features.mentoring.matching import messages
from mentorbot.features.mentoring.matching.candidates import FoundMentor, find_mentor, shortage
from mentorbot.features.mentoring.named_people import says_whom_it_names
from mentorbot.features.mentoring.pairs.messages import (
    how_it_stands,
    paragraphs,
    plain,
    sentences,
    somebody_else_first,
)
from mentorbot.features.mentoring.pairs.pair import MentoringPair, times_together
from mentorbot.features.mentoring.pairs.state_machine import DECIDING, OVER, PairEvent, PairState
from mentorbot.features.mentoring.pairs.transitions import AppliedEvent, PairEventDetails, apply_event
from mentorbot.features.mentoring.records import OptOut
from mentorbot.features.mentoring.roster.roster import Roster


@says_whom_it_names
def ask_for_mentor(command: MentorCommand, config: Mentoring) -> Plan:
    """Whoever asks gets a mentor who is asked at once, or an honest place on the waiting list."""
    by, roster = command.by, command.roster
    area = _area(command, config)
    pair = roster.pair(by, area)
    if pair.state not in OVER:
        raise Refusal(how_it_stands(pair, to=by, now=command.now))
    asking = replace(
        pair, mentee=by, timezone=command.timezone, title=command.thread.title[:200], paths=command.paths
    )
    asked = applied(asking, PairEvent.ASKED, command, thread=command.thread.number)
    opted_in = (_opt_in(by),) if by.id in roster.opted_out else ()
    waiting = roster.with_pair(asked.pair)
    found = find_mentor(asked.pair, waiting, command.known)
    if found is None:
        text = in_queue(asked.pair, waiting, command)
        because = say("@{by} asked for a mentor, and nobody can be asked at the moment", by=by.login)
        return plan(*asked.records, *opted_in, Answer(reaction="eyes", text=text), because=because)
    because = say(
        "@{by} asked for a mentor, and @{mentor} fits best", by=by.login, mentor=found.proposal.mentor.login
    )
    answer = Answer(text=request_to(found, command))
    return plan(*asked.records, *found.applied.records, *opted_in, answer, because=because)


@says_whom_it_names
def offer_to_mentor(command: MentorCommand, config: Mentoring) -> Plan:
    """A mentor may offer help to whoever opened the thread; it begins when both have agreed."""
    by, mentee = command.by, command.author
    if not _may_mentor(command):
        raise Refusal(messages.thank_you_but(config.eligible))
    if mentee is None or mentee.is_bot or mentee == by:
        raise Refusal(say("Please write this in an issue or pull request of the person you want to help."))
    if mentee.id in command.roster.opted_out:
        raise Refusal(
            say(
                "{person} would rather have no mentor. You can still help in this thread.",
                person=plain(mentee),
            )
        )
    waiting = [pair for pair in command.roster.asked_in(command.thread.number) if pair.mentee == mentee]
    area = command.area or (waiting[0].area if waiting else "")
    pair = command.roster.pair(mentee, area)
    until = _locked_until(pair, command, config)
    if until is not None:
        raise Refusal(somebody_else_first(pair, now=command.now, until=until))
    _check_match(pair, by, command)
    if pair.has_seat or pair.state in {PairState.OFFERED_BACK, PairState.PROPOSED}:
        stands = how_it_stands(pair, to=by, now=command.now)
        raise Refusal(
            stands if pair.mentor == by else sentences(stands, say("You can still help in this thread."))
        )
    thread = pair.thread or command.thread.number
    done = applied(replace(pair, mentee=mentee), PairEvent.OFFERED, command, mentor=by, thread=thread)
    decided = _begun_or_waiting(done, command, config)
    return replace(decided, actions=(*decided.actions, _opt_in(by)))


@says_whom_it_names
def accept(command: MentorCommand, config: Mentoring) -> Plan:
    """Whoever was asked says yes; once the short lock is over, any mentor may take a request."""
    pair = _to_decide(command, here=True) or _to_take(command, config)
    by = command.by
    as_mentee = pair.mentee == by
    mentor = pair.mentor if as_mentee or pair.waits_for(by) else by
    if mentor is not None:
        _check_match(pair, mentor, command)
    event = PairEvent.MENTEE_ACCEPTED if as_mentee else PairEvent.MENTOR_ACCEPTED
    return _begun_or_waiting(applied(pair, event, command, mentor=mentor), command, config)


@says_whom_it_names
def decline(command: MentorCommand, _config: Mentoring) -> Plan:
    """Whoever was asked says no, without a reason; the next one is asked at once."""
    pair = _to_decide(command, here=True) or _to_decide(command, here=False)
    by = command.by
    if pair is None:
        raise _nothing_to_decide(command)
    event = PairEvent.MENTEE_DECLINED if pair.mentee == by else PairEvent.MENTOR_DECLINED
    done = applied(pair, event, command)
    because = say("@{by} said no", by=by.login)
    if done.pair.state is not PairState.ASKED:
        return plan(*done.records, Answer(text=say("Thank you for your answer.")), because=because)
    after = done.roster_after(command.roster)
    found = find_mentor(done.pair, after, command.known)
    if found is None:
        text = messages.keep_looking(done.pair, by=by, place=place_of(done.pair, after))
        return plan(*done.records, Answer(text=text), because=because)
    text = paragraphs(messages.thanks_for_answer(by), request_to(found, command))
    return plan(*done.records, *found.applied.records, Answer(text=text), because=because)


@says_whom_it_names
def propose_pair(command: MentorCommand, _config: Mentoring) -> Plan:
    """A maintainer proposes two people to each other; whoever asked for a mentor has agreed already."""
    by, roster = command.by, command.roster
    mentee, mentor = _two_named(command)
    open_ = [pair for pair in roster.of_mentee(mentee) if pair.state in {PairState.ASKED, PairState.OFFERED}]
    area = command.area or (open_[0].area if open_ else "")
    pair = roster.pair(mentee, area)
    _check_match(pair, mentor, command)
    if pair.has_seat or pair.state is PairState.OFFERED_BACK:
        raise Refusal(how_it_stands(pair, to=by, now=command.now))
    thread = pair.thread if pair.state is not PairState.NOBODY else command.thread.number
    done = applied(replace(pair, mentee=mentee), PairEvent.PROPOSED, command, mentor=mentor, thread=thread)
    if done.pair.state is PairState.OFFERED:
        text = messages.suggested(done.pair, mentor, story=command.stories.get(pair.key, ()))
    else:
        text = messages.proposal(done.pair)
    because = say(
        "@{by} suggested @{mentor} as @{mentee}'s mentor",
        by=by.login,
        mentor=mentor.login,
        mentee=mentee.login,
    )
    return plan(*done.records, Answer(text=text), because=because)


def applied(
    pair: MentoringPair,
    event: PairEvent,
    command: MentorCommand,
    *,
    mentor: Person | None = None,
    thread: int = 0,
    until: datetime | None = None,
) -> AppliedEvent:
    """The step that a command takes a pair. Raises InvalidTransition, as `apply_event` does."""
    details = PairEventDetails(
        event=event, now=command.now, by=command.by, mentor=mentor, thread=thread, until=until
    )
    return apply_event(pair, details, command.roster)


def request_to(found: FoundMentor, command: MentorCommand) -> str:
    pair = found.applied.pair
    story = command.stories.get(pair.key, ())
    return messages.asked(pair, found.proposal, story=story)


def in_queue(pair: MentoringPair, roster: Roster, command: MentorCommand) -> str:
    """To a mentee who waits from now on; `roster` knows that they do."""
    missing = shortage(pair, roster, command.known)
    return messages.wait_in_queue(pair, missing, place=place_of(pair, roster))


def place_of(pair: MentoringPair, roster: Roster) -> int:
    """The number on the waiting list, from 1."""
    return [waiting.key for waiting in roster.queue()].index(pair.key) + 1


def _two_named(command: MentorCommand) -> tuple[Person, Person]:
    """The mentee and the mentor of a proposed pair. Raises Refusal where it can't be these two."""
    if command.unknown:
        raise Refusal(
            say("I know nobody called {login}. Please check the name.", login=code(command.unknown[0]))
        )
    if len(command.named) != 2:  # noqa: PLR2004 - a pair
        raise Refusal(say("Please name both, the mentee first: `{slash}mentor pair @mentee @mentor`."))
    mentee, mentor = command.named
    for one in (mentee, mentor):
        if one.is_bot:
            raise Refusal(say("{person} is a bot. A pair needs two people.", person=plain(one)))
        if one.id in command.roster.opted_out and one == command.by:
            raise Refusal(say("You have opted out of mentoring here. `{slash}mentor opt in` undoes it."))
        if one.id in command.roster.opted_out:
            raise Refusal(
                say(
                    "{person} has opted out of mentoring, so I ask nothing of them. "
                    "Only they can undo that: `{slash}mentor opt in`.",
                    person=plain(one),
                )
            )
    return mentee, mentor


def _opt_in(person: Person) -> Forget:
    return Forget(kind=OptOut.KIND, key=str(person.id))


def _begun_or_waiting(done: AppliedEvent, command: MentorCommand, config: Mentoring) -> Plan:
    """A pair that has begun is introduced; otherwise the other one has still to agree."""
    by, pair = command.by, done.pair
    if pair.state is PairState.ACTIVE and pair.mentor is not None:
        story = command.stories.get(pair.key, ())
        text = messages.introduction(
            pair,
            guide="" if times_together(story) else config.area(pair.area).guide,
            story=story,
        )
        because = say(
            "@{mentor} and @{mentee} have both agreed: they are a pair",
            mentor=pair.mentor.login,
            mentee=pair.mentee.login,
        )
        return plan(*done.records, Answer(reaction="hooray", text=text), because=because)
    if pair.mentor == by and done.before.state is not PairState.PROPOSED:
        because = say("@{by} offered to mentor @{mentee}", by=by.login, mentee=pair.mentee.login)
        return plan(*done.records, Answer(text=messages.offer(pair)), because=because)
    other = pair.mentee if by == pair.mentor else pair.mentor
    text = say("Thank you. When {other} says yes, too, you are a pair.", other=plain(other)) if other else ""
    because = say("@{by} has agreed to what was suggested", by=by.login)
    return plan(*done.records, Answer(text=text), because=because)


def _area(command: MentorCommand, config: Mentoring) -> str:
    """The area somebody asks for: the one they name, else the one they work on where a mentor covers it."""
    if command.area:
        return command.area
    if command.words:
        raise Refusal(messages.no_area(command.words[0], config.areas))
    covered = [name for name in command.touched if command.roster.covers(name)]
    return covered[0] if len(covered) == 1 else ""


def _to_decide(command: MentorCommand, *, here: bool) -> MentoringPair | None:
    """What this person is to say yes or no to: in this thread, or the only thing asked of them elsewhere."""
    mine = [
        pair
        for pair in command.roster.undecided(command.by)
        if any(map(command.names, pair.people)) and (pair.thread == command.thread.number) == here
    ]
    if len(mine) > 1:
        raise Refusal(
            say("You were asked about several people. Please add a name: `{slash}mentor accept @login`.")
        )
    return next(iter(mine), None)


def _to_take(command: MentorCommand, config: Mentoring) -> MentoringPair:
    """A request in this thread that any mentor may take by now, else what was asked of them elsewhere."""
    wanted = [
        pair
        for pair in command.roster.asked_in(command.thread.number)
        if pair.mentee != command.by
        and pair.state in {PairState.ASKED, PairState.OFFERED}
        and command.names(pair.mentee)
    ]
    if not wanted:
        elsewhere = _to_decide(command, here=False)
        if elsewhere is None:
            raise _nothing_to_decide(command)
        return elsewhere
    if not _may_mentor(command):
        raise Refusal(
            say("Only mentors can accept this. A maintainer can add you in `.github/mentorbot.yml`."),
            allowed=False,
        )
    until = _locked_until(wanted[0], command, config)
    if until is not None:
        raise Refusal(somebody_else_first(wanted[0], now=command.now, until=until), allowed=False)
    return wanted[0]


def _nothing_to_decide(command: MentorCommand) -> Refusal:
    """What to say to somebody who answers what they weren't asked; not allowed where others were."""
    here = [pair for pair in command.roster.pairs if pair.thread == command.thread.number]
    for pair in here:
        if command.by in pair.people or command.by.id in command.roster.mentors:
            is_others = pair.state in DECIDING and command.by not in pair.people
            return Refusal(how_it_stands(pair, to=command.by, now=command.now), allowed=not is_others)
    return Refusal(say("Nobody has asked you about mentoring here, so there is nothing to answer."))


def _may_mentor(command: MentorCommand) -> bool:
    return command.by.id in command.roster.mentors or command.is_eligible


def _locked_until(pair: MentoringPair, command: MentorCommand, config: Mentoring) -> datetime | None:
    """Until when somebody else alone may decide about a request; None where nobody else may any more."""
    if pair.state is not PairState.OFFERED or pair.mentor in {None, command.by} or pair.since is None:
        return None
    until = config.lock.after(pair.since, command.calendar)
    return until if until > command.now else None


def _check_match(pair: MentoringPair, mentor: Person, command: MentorCommand) -> None:
    """Raises Refusal where these two can't be a pair: no room, a circle, or they are kept apart."""
    roster, mentee = command.roster, pair.mentee
    if mentor == mentee:
        raise Refusal(say("Nobody can be their own mentor. Please choose somebody else."))
    if roster.is_above(mentee, mentor):
        raise Refusal(messages.circle(mentee, mentor, to=command.by))
    two = (mentee.id, mentor.id)
    if two in roster.parted:
        raise Refusal(messages.not_again(mentee, mentor, to=command.by))
    if two in roster.apart and mentor != command.by:
        raise Refusal(messages.not_so_soon(mentee, mentor, to=command.by))
    count = _taken(pair, mentor, command)
    room = roster.room_of(mentor)
    if count >= room:
        raise Refusal(messages.no_room(mentor, taken=count, room=room, to=command.by))


def _taken(pair: MentoringPair, mentor: Person, command: MentorCommand) -> int:
    """How many seats of the mentor's are taken for this pair: open offers to others count as taken.

    Mentors may choose otherwise than they are asked to, but not give their word twice; and the seat that
    is offered in this pair already is its own.
    """
    if command.by == mentor:
        return command.roster.promised(mentor)
    is_offered_here = pair.mentor == mentor and pair.state in DECIDING
    return command.roster.load(mentor) if is_offered_here else command.roster.claims(mentor)
