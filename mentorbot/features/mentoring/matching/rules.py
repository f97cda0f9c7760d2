"""What is decided when somebody asks for a mentor, offers to be one, proposes a pair, or answers."""

from __future__ import annotations

from collections.abc import Sequence
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
from mentorbot.features.mentoring.matching.candidates import FoundMentor, Proposal, find_mentor
from mentorbot.features.mentoring.named_people import says_whom_it_names
from mentorbot.features.mentoring.pairs.messages import how_it_stands, plain
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import DECIDING, OVER, PairEvent, PairState
from mentorbot.features.mentoring.pairs.transitions import AppliedEvent, PairEventDetails, apply_event
from mentorbot.features.mentoring.records import Chapter, OptOut


@says_whom_it_names
def ask_for_mentor(command: MentorCommand, config: Mentoring) -> Plan:
    """Whoever asks gets a mentor who is asked at once, or an honest place on the waiting list."""
    by, roster = command.by, command.roster
    area = _area(command, config)
    pair = roster.pair(by, area)
    if pair.state not in OVER:
        raise Refusal(how_it_stands(pair, now=command.now))
    asking = replace(
        pair, mentee=by, timezone=command.timezone, title=command.thread.title[:200], paths=command.paths
    )
    asked = applied(asking, PairEvent.ASKED, command, thread=command.thread.number)
    opted_in = (_opt_in(by),) if by.id in roster.opted_out else ()
    waiting = roster.with_pair(asked.pair)
    found = find_mentor(asked.pair, waiting, command.known)
    if found is None:
        text = messages.wait_in_queue(
            asked.pair,
            area_is_covered=roster.covers(area),
            place=waiting.queue().index(asked.pair) + 1,
        )
        because = f"@{by.login} asked for a mentor; nobody can be asked at the moment"
        return plan(*asked.records, *opted_in, Answer(reaction="eyes", text=text), because=because)
    mentor = found.proposal.mentor
    text = f"{messages.wait_for_answer(mentor)}\n\n{request_to(found, command)}"
    because = f"@{by.login} asked for a mentor, and @{mentor.login} fits best"
    return plan(*asked.records, *found.applied.records, *opted_in, Answer(text=text), because=because)


@says_whom_it_names
def offer_to_mentor(command: MentorCommand, config: Mentoring) -> Plan:
    """A mentor may offer help to whoever opened the thread; it begins when both have agreed."""
    by, mentee = command.by, command.author
    _must_be_mentor(command)
    if mentee is None or mentee.is_bot or mentee == by:
        raise Refusal(
            say(
                "Write this in an issue or pull request of the person whom you would like to help. "
                "To be asked by others, write `{slash}mentor volunteer`.",
            )
        )
    if mentee.id in command.roster.opted_out:
        raise Refusal(say("{person} prefers to go without a mentor.", person=plain(mentee)))
    waiting = [pair for pair in command.roster.asked_in(command.thread.number) if pair.mentee == mentee]
    area = command.area or (waiting[0].area if waiting else "")
    pair = command.roster.pair(mentee, area)
    _check_lock(pair, command, config)
    _check_match(pair, by, command)
    if pair.has_seat or pair.state in {PairState.OFFERED_BACK, PairState.PROPOSED}:
        raise Refusal(how_it_stands(pair, now=command.now))
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
        raise Refusal(_nothing_to_decide(command))
    event = PairEvent.MENTEE_DECLINED if pair.mentee == by else PairEvent.MENTOR_DECLINED
    done = applied(pair, event, command)
    because = f"@{by.login} said no"
    if done.pair.state is not PairState.ASKED:
        return plan(*done.records, Answer(text=say("Thank you for saying so.")), because=because)
    found = find_mentor(done.pair, done.roster_after(command.roster), command.known)
    if found is None:
        text = say("Thank you for saying so, that helps. I keep looking.")
        return plan(*done.records, Answer(text=text), because=because)
    thanks = say("Thank you for saying so, that helps. I ask somebody else.")
    answer = Answer(text=f"{thanks}\n\n{request_to(found, command)}")
    return plan(*done.records, *found.applied.records, answer, because=because)


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
        raise Refusal(how_it_stands(pair, now=command.now))
    thread = pair.thread if pair.state is not PairState.NOBODY else command.thread.number
    done = applied(replace(pair, mentee=mentee), PairEvent.PROPOSED, command, mentor=mentor, thread=thread)
    if done.pair.state is PairState.OFFERED:
        text = messages.asked(done.pair, Proposal(mentor=mentor), by=by)
    else:
        text = messages.proposal(done.pair, by)
    because = f"@{by.login} proposed @{mentee.login} and @{mentor.login} to each other"
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


def _two_named(command: MentorCommand) -> tuple[Person, Person]:
    """The mentee and the mentor of a proposed pair. Raises Refusal where it can't be these two."""
    if command.unknown:
        raise Refusal(say("I know nobody called {login}.", login=code(command.unknown[0])))
    if len(command.named) != 2:  # noqa: PLR2004 - a pair
        raise Refusal(say("Name both, the mentee first: `{slash}mentor pair @mentee @mentor`."))
    mentee, mentor = command.named
    if mentee.is_bot or mentor.is_bot:
        raise Refusal(say("One of them is a bot."))
    for one in (mentee, mentor):
        if one.id in command.roster.opted_out:
            raise Refusal(say("{person} prefers not to take part.", person=plain(one)))
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
            guide="" if _has_had_one(story) else config.area(pair.area).guide,
            story=story,
        )
        because = f"@{pair.mentor.login} and @{pair.mentee.login} have both agreed: they are a pair"
        return plan(*done.records, Answer(reaction="hooray", text=text), because=because)
    if pair.mentor == by and done.before.state is not PairState.PROPOSED:
        text = messages.offer(pair)
        because = f"@{by.login} offered to mentor @{pair.mentee.login}"
        return plan(*done.records, Answer(text=text), because=because)
    other = pair.mentee if by == pair.mentor else pair.mentor
    text = (
        say("Lovely. As soon as {other} says yes, too, you are a pair.", other=plain(other)) if other else ""
    )
    return plan(*done.records, Answer(text=text), because=f"@{by.login} has agreed to a proposal")


def _has_had_one(story: Sequence[Chapter]) -> bool:
    """True where the mentee had a mentor for this before, and the guide with them."""
    begun = {PairEvent.MENTOR_ACCEPTED, PairEvent.MENTEE_ACCEPTED, PairEvent.OFFERED}
    return any(chapter.event in begun for chapter in story)


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
        raise Refusal(say("You are asked about more than one person: add the `@login` of one."))
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
            raise Refusal(_nothing_to_decide(command))
        return elsewhere
    _must_be_mentor(command)
    _check_lock(wanted[0], command, config)
    return wanted[0]


def _nothing_to_decide(command: MentorCommand) -> str:
    for pair in command.roster.pairs:
        is_mine = command.by in pair.people or command.by.id in command.roster.mentors
        if pair.thread == command.thread.number and is_mine:
            return how_it_stands(pair, now=command.now)
    return say("Nobody has asked you anything here that could be answered with yes or no.")


def _must_be_mentor(command: MentorCommand) -> None:
    """Raises Refusal for those who may not be a mentor here."""
    if command.by.id in command.roster.mentors or command.is_eligible:
        return
    text = say(
        "This is for mentors. Maintainers can name you in `.github/mentorbot.yml` (`mentoring: mentors:`)."
    )
    raise Refusal(text, allowed=False)


def _check_lock(pair: MentoringPair, command: MentorCommand, config: Mentoring) -> None:
    """Raises Refusal while somebody else alone may decide about a request."""
    if pair.state is not PairState.OFFERED or pair.mentor in {None, command.by} or pair.since is None:
        return
    until = config.lock.after(pair.since, command.calendar)
    if until > command.now:
        raise Refusal(how_it_stands(pair, now=command.now, until=until))


def _check_match(pair: MentoringPair, mentor: Person, command: MentorCommand) -> None:
    """Raises Refusal where these two can't be a pair: no room, a circle, or they are kept apart."""
    roster, mentee = command.roster, pair.mentee
    if mentor == mentee:
        raise Refusal(say("Nobody can be their own mentor."))
    if roster.is_above(mentee, mentor):
        raise Refusal(
            say(
                "{mentee} mentors {mentor} already, or somebody who does: that would make a circle.",
                mentee=plain(mentee),
                mentor=plain(mentor),
            )
        )
    two = (mentee.id, mentor.id)
    if two in roster.parted or (two in roster.apart and mentor != command.by):
        raise Refusal(say("I can't match these two."))
    count = _taken(pair, mentor, command)
    if count >= roster.room_of(mentor):
        raise Refusal(
            say(
                "{mentor} has no seat free at the moment ({count} taken or offered). Maintainers can raise "
                "`capacity` in `.github/mentorbot.yml`.",
                mentor=plain(mentor),
                count=count,
            )
        )


def _taken(pair: MentoringPair, mentor: Person, command: MentorCommand) -> int:
    """How many seats of the mentor's are taken for this pair: open offers to others count as taken.

    Mentors may choose otherwise than they are asked to, but not give their word twice; and the seat that
    is offered in this pair already is its own.
    """
    if command.by == mentor:
        return command.roster.promised(mentor)
    is_offered_here = pair.mentor == mentor and pair.state in DECIDING
    return command.roster.load(mentor) if is_offered_here else command.roster.claims(mentor)
