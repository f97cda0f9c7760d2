"""Who is nudged, when, and about what: whoever a quiet pull request waits for, once per turn and rung."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mentorbot.core.actions import Comment, Doable, Occasion, RequestReview
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.records import remember
from mentorbot.features.stalled.config import Author, Reviewers, Stalled
from mentorbot.features.stalled.labels.rules import sync_actions
from mentorbot.features.stalled.learning import messages as learning_messages
from mentorbot.features.stalled.messages import WHOSE, listed, reviewers_of
from mentorbot.features.stalled.nudges import messages
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules import due_dates
from mentorbot.features.stalled.records import SecondReviewer
from mentorbot.features.stalled.turn.rules.turn_decision import Situation

_MOST_ASKED = 3


def nudge_and_sync(candidate: Candidate, config: Stalled) -> Plan:
    """Every morning: labels that webhooks missed are mended, and whoever is due is nudged."""
    nudging = nudge(candidate, config)
    mending = sync_actions(candidate.projection, config)
    return replace(nudging, actions=(*mending, *nudging.actions), about=candidate.told)


def nudge(candidate: Candidate, config: Stalled) -> Plan:
    """Whose turn it is hears of it once it has been quiet for long enough; nobody else, and never twice."""
    rung = rung_of(candidate, config)
    if isinstance(rung, str):
        return leave_alone(rung)
    if not candidate.quiet_period.is_on_a_business_day:
        return leave_alone(f"Today is no business day here; {_ball(candidate)}")
    if candidate.is_muted:
        return leave_alone("Somebody asked for silence in this thread")
    if candidate.put_off:
        return leave_alone(candidate.put_off)
    if candidate.turn.holder is Holder.AUTHOR:
        return _remind_author(candidate, rung)
    return _ask_reviewers(candidate, rung, config)


def rung_of(candidate: Candidate, config: Stalled) -> int | str:
    """The rung that is due, or why none is: told by the pull request alone, before anything is asked for."""
    ignored = ignored_because(candidate, config)
    if ignored:
        return ignored
    patience = candidate.patience(config)
    if patience is None:
        return _nobody(candidate)
    until = candidate.turn.snoozed_until
    if until is not None and until > candidate.quiet_period.now:
        return f"Snoozed until {candidate.day(until)}"
    if candidate.projection.was_taken_off(config):
        return f"Somebody took the label off that says so, thus I keep quiet; {_ball(candidate)}"
    if not candidate.is_sure_enough:
        return _not_sure(candidate)
    corrected = _corrected_because(candidate)
    due = due_dates.rung_due(patience, candidate.quiet_period) if not corrected else None
    return due if due is not None else corrected or _not_yet(candidate, patience)


def _not_sure(candidate: Candidate) -> str:
    if candidate.turn.certain:
        return f"I am not sure enough to nudge somebody who is new here; {_ball(candidate)}"
    return f"It is unclear whose turn it is, so nobody is nudged; as far as I can tell {_ball(candidate)}"


def _corrected_because(candidate: Candidate) -> str:
    """Why people's corrections keep the bot quiet; empty where they don't."""
    standing, quiet = candidate.author_nudges, candidate.quiet_period
    if candidate.turn.holder is Holder.AUTHOR and standing.stopped_at is not None:
        why = learning_messages.no_nudge(standing, standing.stopped_at, quiet.now, quiet.calendar)
        return f"{why}; {_ball(candidate)}"
    return f"{learning_messages.IS_DISPUTED}; {_ball(candidate)}" if candidate.is_disputed else ""


def _not_yet(candidate: Candidate, patience: Author | Reviewers) -> str:
    quiet = candidate.quiet_period
    if quiet.past_nudges:
        return f"Quiet, and I said so on {candidate.day(quiet.past_nudges[-1].at)}; {_ball(candidate)}"
    return f"Quiet for {due_dates.quiet_for(patience.after, quiet)}; {_ball(candidate)}"


def needs_second_reviewer(candidate: Candidate, rung: int) -> bool:
    """True where somebody else is to be asked for a review: later, or as nobody of those asked is there."""
    if candidate.turn.holder is not Holder.REVIEWERS:
        return False
    is_anybody_there = candidate.within_reach or candidate.turn.teams
    return rung > 1 or (candidate.situation is Situation.REVIEW and not is_anybody_there)


def ignored_because(candidate: Candidate, config: Stalled) -> str:
    """Why a pull request is left alone whatever happens; empty where it isn't."""
    covered = config.ignore.covers(candidate.projection.worn)
    if covered is not None:
        return f"It carries the label “{covered}”, and those are left alone here"
    return (
        "It is a draft, and those are left alone here" if candidate.is_draft and config.ignore.drafts else ""
    )


def _nobody(candidate: Candidate) -> str:
    if candidate.turn.holder in {Holder.EXTERNAL, Holder.UNCLEAR}:
        return f"{WHOSE[candidate.turn.holder]}: {candidate.turn.because}"
    return f"Nudging {candidate.turn.holder} is switched off here; {_ball(candidate)}"


def _remind_author(candidate: Candidate, rung: int) -> Plan:
    author = candidate.author
    if author is None:
        return leave_alone("Its author has left GitHub")
    if author.is_nameless:
        return leave_alone("Its author asked to be forgotten")
    if author in candidate.away:
        return leave_alone(f"@{author.login} says on GitHub that they are away; {_ball(candidate)}")
    if author in candidate.mentioned_enough:
        return leave_alone(f"@{author.login} was mentioned often enough today; {_ball(candidate)}")
    if candidate.told_in is not None:
        there = f"#{candidate.told_in.number}"
        return plan(
            remember(candidate.told_in, key=str(candidate.number)),
            because=f"@{author.login} is told of this one in {there}, to keep mentions few",
        )
    return plan(
        Comment(
            key=candidate.key(rung),
            number=candidate.number,
            body=messages.to_author(candidate, rung),
            occasion=Occasion.NUDGE,
            mentions=(author,),
        ),
        because=f"{messages.AUTHOR_RUNGS[rung]} for @{author.login}: {_ball(candidate)}",
    )


def _ask_reviewers(candidate: Candidate, rung: int, config: Stalled) -> Plan:
    """First those who were asked; where nobody was, or nobody of them is there, and later: somebody else."""
    second = candidate.second_reviewer
    asks_again = second is None and rung == 1 and bool(candidate.within_reach or candidate.turn.teams)
    if (
        rung == 1
        and not asks_again
        and second is None
        and candidate.party
        and candidate.situation is Situation.REVIEW
    ):
        return leave_alone(
            f"Everybody who was asked is away or was mentioned enough today; {_ball(candidate)}"
        )
    if rung > 1 and second is None:
        is_listed = ", but it is in the weekly list" if config.digest else ""
        return leave_alone(f"There is nobody else to ask{is_listed}; {_ball(candidate)}")
    people = candidate.within_reach[:_MOST_ASKED] if asks_again else _person(second)
    return plan(
        *_requests(candidate, rung, people, second),
        *_noted(candidate, rung, second),
        Comment(
            key=candidate.key(rung),
            number=candidate.number,
            body=messages.to_reviewers(candidate, rung, people=people, second_reviewer=second),
            occasion=Occasion.NUDGE,
            mentions=people,
        ),
        because=f"{_asked(people, second)}: {_ball(candidate)}",
    )


def _requests(
    candidate: Candidate, rung: int, people: tuple[Person, ...], second: SecondReviewer | None
) -> Iterator[Doable]:
    """Review requests come before the comment: once that stands there, nothing more is due."""
    if candidate.situation is not Situation.REVIEW:
        return
    key = candidate.key(rung)
    for person in people:
        # GitHub refuses requests to people without access, and knows those that are still open.
        if person not in candidate.asked and (person in candidate.insiders or second is not None):
            yield RequestReview(key=f"{key}/ask {person.id}", number=candidate.number, reviewer=person)
    if second is not None and second.team:
        yield RequestReview(key=f"{key}/ask team {second.team}", number=candidate.number, team=second.team)


def _noted(candidate: Candidate, rung: int, second: SecondReviewer | None) -> Iterator[Doable]:
    """Whom we chose is kept, so that a last look before acting finds the same one."""
    if second is not None and second.key != candidate.key(rung):
        about = (second.person.id,) if second.person else ()
        chosen = replace(second, key=candidate.key(rung))
        yield remember(chosen, key=str(candidate.number), about=about)


def _person(second: SecondReviewer | None) -> tuple[Person, ...]:
    return (second.person,) if second is not None and second.person is not None else ()


def _asked(people: tuple[Person, ...], second: SecondReviewer | None) -> str:
    names = [f"@{person.login}" for person in people] + (
        [f"team {second.team}"] if second and second.team else []
    )
    if not names:
        return "A word to the maintainers"
    return f"Asked {listed(names)} for a look"


def _ball(candidate: Candidate) -> str:
    return f"the ball is with {_side(candidate)} since {candidate.day(candidate.turn.since)}"


def _side(candidate: Candidate) -> str:
    if candidate.turn.holder is Holder.AUTHOR:
        return "the author"
    named = reviewers_of(candidate.turn)
    return f"the reviewers ({listed(named)})" if named else "the reviewers"
