"""What is decided when somebody asks for a mentor, offers to be one, or proposes a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mentorbot.core.actions import Answer, Doable, Forget
from mentorbot.core.markdown import code
from mentorbot.core.plan import Plan, Refusal, plan
from mentorbot.features.mentoring import messages
from mentorbot.features.mentoring.checks import check_lock, check_match, must_be_mentor
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.declaring import declares
from mentorbot.features.mentoring.facts import Given
from mentorbot.features.mentoring.gather import OPTED_OUT
from mentorbot.features.mentoring.machine import OVER, Happening, State
from mentorbot.features.mentoring.matching import Proposal, proposals, wish_of
from mentorbot.features.mentoring.pair import Chapter, Pair
from mentorbot.features.mentoring.roster import Roster
from mentorbot.features.mentoring.steps import Doing, Step, step


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What came of looking for a mentor: whom was asked and why, or nobody. `roster` is as it is then."""

    step: Step | None
    proposal: Proposal | None
    roster: Roster

    @property
    def records(self) -> tuple[Doable, ...]:
        """What has to be remembered of it."""
        return self.step.records if self.step else ()


def look_for_mentor(pair: Pair, roster: Roster, given: Given) -> Search:
    """Find somebody to ask for a mentee who waits."""
    fitting = proposals(wish_of(pair, given.now), roster, given.known)
    if not fitting:
        return Search(step=None, proposal=None, roster=roster)
    found = step(pair, Doing(happening=Happening.FOUND, now=given.now, mentor=fitting[0].mentor), roster)
    return Search(step=found, proposal=fitting[0], roster=roster.with_pair(found.pair, asked_at=given.now))


@declares
def ask_for_mentor(given: Given, config: Mentoring) -> Plan:
    """Whoever asks gets a mentor who is asked at once, or an honest place on the waiting list."""
    say, by = given.say, given.by
    area = _area(given, config)
    pair = given.roster.pair(by, area)
    if pair.state not in OVER:
        raise Refusal(messages.how_it_stands(say, pair, now=given.now))
    began = replace(
        pair, mentee=by, timezone=given.timezone, title=given.thread.title[:200], paths=given.paths
    )
    asked = step(
        began,
        Doing(happening=Happening.ASKED, now=given.now, by=by, thread=given.thread.number),
        given.roster,
    )
    opted_in = (Forget(kind=OPTED_OUT, key=str(by.id)),) if by.id in given.roster.opted_out else ()
    search = look_for_mentor(asked.pair, given.roster.with_pair(asked.pair), given)
    if search.step is None or search.proposal is None:
        place = search.roster.queue().index(asked.pair) + 1
        covered = given.roster.covers(area)
        text = messages.wait_in_queue(
            say, asked.pair, area_is_covered=covered, place=place, slash=given.slash
        )
        because = f"@{by.login} asked for a mentor; nobody can be asked at the moment"
        return plan(*asked.records, *opted_in, Answer(reaction="eyes", text=text), because=because)
    text = "\n\n".join(
        (
            messages.wait_for_answer(say, search.proposal.mentor),
            messages.asked(
                say,
                search.step.pair,
                search.proposal,
                slash=given.slash,
                story=given.stories.get(pair.key, ()),
            ),
        )
    )
    because = f"@{by.login} asked for a mentor, and @{search.proposal.mentor.login} fits best"
    return plan(*asked.records, *search.records, *opted_in, Answer(text=text), because=because)


@declares
def offer_to_mentor(given: Given, config: Mentoring) -> Plan:
    """A mentor may offer help to whoever opened the thread; it begins when both have agreed."""
    say, by, mentee = given.say, given.by, given.author
    must_be_mentor(given)
    if mentee is None or mentee.is_bot or mentee == by:
        raise Refusal(
            say(
                "Write this in an issue or pull request of the person whom you would like to help. "
                "To be asked by others, write `{slash}mentor volunteer`.",
                slash=given.slash,
            )
        )
    if mentee.id in given.roster.opted_out:
        raise Refusal(say("{person} prefers to go without a mentor.", person=messages.plain(mentee)))
    waiting = [pair for pair in given.roster.asked_in(given.thread.number) if pair.mentee == mentee]
    area = given.area or (waiting[0].area if waiting else "")
    pair = given.roster.pair(mentee, area)
    check_lock(pair, given, config)
    check_match(pair, by, given)
    doing = Doing(
        happening=Happening.OFFERED,
        now=given.now,
        by=by,
        mentor=by,
        thread=pair.thread or given.thread.number,
    )
    if pair.state is State.OFFERED_BACK or pair.has_seat or pair.state is State.PROPOSED:
        raise Refusal(messages.how_it_stands(say, pair, now=given.now))
    done = step(replace(pair, mentee=mentee), doing, given.roster)
    decided = _begun_or_waiting(done, given, config)
    return replace(decided, actions=(*decided.actions, Forget(kind=OPTED_OUT, key=str(by.id))))


@declares
def accept(given: Given, config: Mentoring) -> Plan:
    """Whoever was asked says yes; once the short lock is over, any mentor may take a request."""
    pair = _to_decide(given, here=True) or _to_take(given, config)
    by = given.by
    as_mentee = pair.mentee == by
    mentor = pair.mentor if as_mentee or pair.waits_for(by) else by
    if mentor is not None:
        check_match(pair, mentor, given)
    happening = Happening.MENTEE_ACCEPTED if as_mentee else Happening.MENTOR_ACCEPTED
    done = step(pair, Doing(happening=happening, now=given.now, by=by, mentor=mentor), given.roster)
    return _begun_or_waiting(done, given, config)


@declares
def decline(given: Given, _config: Mentoring) -> Plan:
    """Whoever was asked says no, without a reason; the next one is asked at once."""
    pair = _to_decide(given, here=True) or _to_decide(given, here=False)
    by, say = given.by, given.say
    if pair is None:
        raise Refusal(_nothing_to_decide(given))
    happening = Happening.MENTEE_DECLINED if pair.mentee == by else Happening.MENTOR_DECLINED
    done = step(pair, Doing(happening=happening, now=given.now, by=by), given.roster)
    because = f"@{by.login} said no"
    if done.pair.state is not State.ASKED:
        return plan(*done.records, Answer(text=say("Thank you for saying so.")), because=because)
    left_out = _without(given.roster.with_pair(done.pair), done)
    search = look_for_mentor(done.pair, left_out, given)
    parts = [messages.declined(say, asks_next=search.step is not None)]
    if search.step is not None and search.proposal is not None:
        story = given.stories.get(pair.key, ())
        parts.append(messages.asked(say, search.step.pair, search.proposal, slash=given.slash, story=story))
    return plan(*done.records, *search.records, Answer(text="\n\n".join(parts)), because=because)


@declares
def propose_pair(given: Given, _config: Mentoring) -> Plan:
    """A maintainer proposes two people to each other; whoever asked for a mentor has agreed already."""
    say = given.say
    if given.unknown:
        raise Refusal(say("I know nobody called {login}.", login=code(given.unknown[0])))
    if len(given.named) != 2:  # noqa: PLR2004 - a pair
        raise Refusal(
            say("Name both, the mentee first: `{slash}mentor pair @mentee @mentor`.", slash=given.slash)
        )
    mentee, mentor = given.named
    if mentee.is_bot or mentor.is_bot:
        raise Refusal(say("One of them is a bot."))
    for one in (mentee, mentor):
        if one.id in given.roster.opted_out:
            raise Refusal(say("{person} prefers not to take part.", person=messages.plain(one)))
    open_ = [pair for pair in given.roster.of_mentee(mentee) if pair.state in {State.ASKED, State.OFFERED}]
    area = given.area or (open_[0].area if open_ else "")
    pair = given.roster.pair(mentee, area)
    check_match(pair, mentor, given)
    if pair.has_seat or pair.state is State.OFFERED_BACK:
        raise Refusal(messages.how_it_stands(say, pair, now=given.now))
    doing = Doing(
        happening=Happening.PROPOSED,
        now=given.now,
        by=given.by,
        mentor=mentor,
        thread=pair.thread if pair.state is not State.NOBODY else given.thread.number,
    )
    done = step(replace(pair, mentee=mentee), doing, given.roster)
    if done.pair.state is State.OFFERED:
        text = messages.asked(say, done.pair, Proposal(mentor=mentor), slash=given.slash, by=given.by)
    else:
        text = messages.proposal(say, done.pair, given.by, slash=given.slash)
    because = f"@{given.by.login} proposed @{mentee.login} and @{mentor.login} to each other"
    return plan(*done.records, Answer(text=text), because=because)


def _begun_or_waiting(done: Step, given: Given, config: Mentoring) -> Plan:
    """A pair that has begun is introduced; otherwise the other one has still to agree."""
    say, pair = given.say, done.pair
    if pair.state is State.ACTIVE and pair.mentor is not None:
        story = given.stories.get(pair.key, ())
        text = messages.introduction(
            say,
            pair,
            slash=given.slash,
            guide="" if _has_had_one(story) else config.area(pair.area).guide,
            story=story,
        )
        because = f"@{pair.mentor.login} and @{pair.mentee.login} have both agreed: they are a pair"
        return plan(*done.records, Answer(reaction="hooray", text=text), because=because)
    if pair.mentor == given.by and done.before.state is not State.PROPOSED:
        because = f"@{given.by.login} offered to mentor @{pair.mentee.login}"
        return plan(*done.records, Answer(text=messages.offer(say, pair, slash=given.slash)), because=because)
    other = pair.mentee if given.by == pair.mentor else pair.mentor
    text = messages.agreed_so_far(say, other) if other is not None else ""
    return plan(*done.records, Answer(text=text), because=f"@{given.by.login} has agreed to a proposal")


def _has_had_one(story: Sequence[Chapter]) -> bool:
    """True where the mentee had a mentor for this before, and the guide with them."""
    begun = {Happening.MENTOR_ACCEPTED, Happening.MENTEE_ACCEPTED, Happening.OFFERED}
    return any(chapter.happening in begun for chapter in story)


def _area(given: Given, config: Mentoring) -> str:
    """The area somebody asks for: the one they name, else the one they work on where a mentor covers it."""
    if given.area:
        return given.area
    if given.words:
        known = messages.areas_known(given.say, config.areas)
        raise Refusal(
            given.say("{word} is no area here. {known}", word=code(given.words[0], limit=40), known=known)
        )
    covered = [name for name in given.touched if given.roster.covers(name)]
    return covered[0] if len(covered) == 1 else ""


def _to_decide(given: Given, *, here: bool) -> Pair | None:
    """What this person is to say yes or no to: in this thread, or the only thing asked of them elsewhere."""
    mine = [
        pair
        for pair in given.roster.undecided(given.by)
        if (given.names(pair.mentee) or (pair.mentor is not None and given.names(pair.mentor)))
        and (pair.thread == given.thread.number) == here
    ]
    if len(mine) > 1:
        raise Refusal(given.say("You are asked about more than one person: add the `@login` of one."))
    return next(iter(mine), None)


def _to_take(given: Given, config: Mentoring) -> Pair:
    """A request in this thread that any mentor may take by now, else what was asked of them elsewhere."""
    wanted = [
        pair
        for pair in given.roster.asked_in(given.thread.number)
        if pair.mentee != given.by and pair.state in {State.ASKED, State.OFFERED} and given.names(pair.mentee)
    ]
    if not wanted:
        elsewhere = _to_decide(given, here=False)
        if elsewhere is None:
            raise Refusal(_nothing_to_decide(given))
        return elsewhere
    must_be_mentor(given)
    check_lock(wanted[0], given, config)
    return wanted[0]


def _nothing_to_decide(given: Given) -> str:
    for pair in given.roster.pairs:
        is_mine = given.by in {pair.mentee, pair.mentor} or given.by.id in given.roster.mentors
        if pair.thread == given.thread.number and is_mine:
            return messages.how_it_stands(given.say, pair, now=given.now)
    return given.say("Nobody has asked you anything here that could be answered with yes or no.")


def _without(roster: Roster, done: Step) -> Roster:
    """The roster in which the two of a match that came to nothing are kept apart already."""
    lost = done.lost
    if lost is None:
        return roster
    return replace(roster, apart=roster.apart | {(done.pair.mentee.id, lost.id)})
