"""Who is nudged, when, and about what: whoever a quiet pull request waits for, once per turn and rung."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mentorbot.core.actions import Comment, Doable, Occasion, RequestReview
from mentorbot.core.markdown import code
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.core.translator import say, say_list, say_plural
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.records import remember
from mentorbot.features.stalled.config import Author, Reviewers, Stalled
from mentorbot.features.stalled.labels.rules import sync_actions
from mentorbot.features.stalled.learning import messages as learning_messages
from mentorbot.features.stalled.messages import WHOSE, reviewers_of
from mentorbot.features.stalled.nudges import messages
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules import due_dates
from mentorbot.features.stalled.nudges.rules.rollout import Morning
from mentorbot.features.stalled.records import Rollout, SecondReviewer
from mentorbot.features.stalled.turn.rules.turn_decision import Situation

RELEASE = "/mentorbot nudges release"
"""The command with which a maintainer wants reminders in what has been quiet for long."""

_MOST_ASKED = 3


def nudge_and_sync(found: Candidate | Morning, config: Stalled) -> Plan:
    """Every morning: labels that webhooks missed are mended, and whoever is due is nudged."""
    return _keep(found, config) if isinstance(found, Morning) else _nudge_and_sync(found, config)


def _keep(morning: Morning, config: Stalled) -> Plan:
    """What a morning chose is kept, for those who were not chosen to have their turn."""
    if not morning.is_worth_keeping:
        return no_concern_of_ours(say("No reminder is due today"))
    picked = len(morning.rollout.picked)
    because = say_plural(
        "One reminder is due here, and I have chosen {picked} for today, at most {most} a day",
        "Of {count} reminders that are due here, I have chosen {picked} for today, at most {most} a day",
        morning.due,
        picked=picked,
        most=config.a_day,
    )
    return plan(
        remember(morning.rollout, key=Rollout.KEY),
        because=because if morning.due else say("No reminder is due today"),
    )


def _nudge_and_sync(candidate: Candidate, config: Stalled) -> Plan:
    nudging = nudge(candidate, config)
    mending = sync_actions(candidate.projection, config)
    return replace(nudging, actions=(*mending, *nudging.actions), about=candidate.told)


def nudge(candidate: Candidate, config: Stalled) -> Plan:
    """Whose turn it is hears of it once it has been quiet for long enough; nobody else, and never twice."""
    rung = rung_of(candidate, config)
    if isinstance(rung, str):
        return leave_alone(rung)
    if not candidate.quiet_period.is_on_a_business_day:
        return leave_alone(_and_whose_turn(say("Today is no business day here"), candidate))
    if candidate.is_muted:
        return leave_alone(say("Somebody asked for silence in this thread"))
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
        return say("Nobody is reminded before {day}, as somebody asked for that", day=candidate.day(until))
    if candidate.projection.was_taken_off(config):
        return _and_whose_turn(
            say("Somebody took off the label that says whose turn it is, so I remind nobody"), candidate
        )
    if not candidate.is_sure_enough:
        return _not_sure(candidate)
    silence = _silenced_because(candidate)
    due = None if silence else due_dates.rung_due(patience, candidate.quiet_period, top=_top(candidate))
    return due if due is not None else silence or _not_yet(candidate, patience)


def _top(candidate: Candidate) -> int:
    return candidate.top_rung if candidate.turn.holder is Holder.AUTHOR else due_dates.LAST_ASK


def _not_sure(candidate: Candidate) -> str:
    if candidate.turn.certain:
        why = say("I am not sure enough to remind somebody who is new here")
        return _and_whose_turn(why, candidate)
    return say("It is unclear whose turn it is, so I remind nobody")


def _silenced_because(candidate: Candidate) -> str:
    """Why the bot keeps quiet whatever is due: it is too old, was corrected, or nobody here has looked."""
    standing, quiet = candidate.author_nudges, candidate.quiet_period
    is_authors = candidate.turn.holder is Holder.AUTHOR
    if quiet.is_dormant:
        why = say(
            "Nobody has done anything here since {day}, so I remind nobody until a maintainer writes "
            "{command}",
            day=candidate.day(quiet.human or quiet.since),
            command=code(RELEASE),
        )
    elif is_authors and standing.stopped_at is not None:
        why = learning_messages.no_nudge(standing, standing.stopped_at)
    elif candidate.is_disputed:
        why = say(learning_messages.IS_DISPUTED)
    elif is_authors and candidate.rests_on_strangers:
        why = say("Nobody of this project has looked at it yet, so I remind nobody")
    else:
        return ""
    return _and_whose_turn(why, candidate)


def _not_yet(candidate: Candidate, patience: Author | Reviewers) -> str:
    quiet = candidate.quiet_period
    if candidate.turn.holder is Holder.AUTHOR and not candidate.was_looked_at and quiet.rung:
        why = say("I reminded the author once, and wait until somebody of this project has looked at it")
        return _and_whose_turn(why, candidate)
    if quiet.past_nudges:
        said = say("Quiet, and I said so on {day}", day=candidate.day(quiet.past_nudges[-1].at))
        return _and_whose_turn(said, candidate)
    if due_dates.due_at(1, patience, quiet.since, quiet.calendar) <= quiet.now < quiet.patient_until:
        why = say_plural(
            "The author had to wait for one day before, so I remind them on {day} at the earliest",
            "The author had to wait for {count} days before, so I remind them on {day} at the earliest",
            max(quiet.kept_waiting.days, 1),
            day=candidate.day(quiet.patient_until),
        )
        return _and_whose_turn(why, candidate)
    return _and_whose_turn(due_dates.quiet_for(patience, quiet), candidate)


def needs_second_reviewer(candidate: Candidate, rung: int) -> bool:
    """True where somebody else is to be asked for a review: later, or as nobody of those asked is there."""
    if candidate.turn.holder is not Holder.REVIEWERS:
        return False
    is_anybody_there = candidate.within_reach or candidate.turn.teams
    return rung > 1 or (candidate.situation is Situation.REVIEW and not is_anybody_there)


def ignored_because(candidate: Candidate, config: Stalled) -> str:
    """Why a pull request is left alone whatever happens; empty where it isn't."""
    if not candidate.projection.is_open:
        return say("It is closed")
    covered = config.ignore.covers(candidate.projection.worn) or candidate.silent_label
    if covered is not None:
        return say("It carries the label “{label}”, and those are left alone here", label=covered)
    if candidate.is_draft and config.ignore.drafts:
        return say("It is a draft, and those are left alone here")
    return ""


def _nobody(candidate: Candidate) -> str:
    holder = candidate.turn.holder
    if holder is Holder.AUTHOR and candidate.reminding_bot:
        # Translators: {file} is by which that other bot is set up.
        other = say("Another bot reminds authors here: see {file}", file=code(candidate.reminding_bot))
        return _and_whose_turn(other, candidate)
    if holder is Holder.AUTHOR:
        return _and_whose_turn(say("Authors are not reminded here"), candidate)
    if holder is Holder.REVIEWERS:
        return _and_whose_turn(say("Reviewers are not reminded here"), candidate)
    return say("{whose_turn}: {why}", whose_turn=say(WHOSE[holder]), why=candidate.turn.because)


def _remind_author(candidate: Candidate, rung: int) -> Plan:
    author = candidate.author
    if author is None:
        return leave_alone(say("Its author has left GitHub"))
    if author.is_nameless:
        return leave_alone(say("Its author asked to be forgotten"))
    name = f"@{author.login}"
    if author in candidate.away:
        away = say("{name} is away, or wants to be left alone", name=name)
        return leave_alone(_and_whose_turn(away, candidate))
    if author in candidate.mentioned_enough:
        enough = say("{name} was mentioned often enough today", name=name)
        return leave_alone(_and_whose_turn(enough, candidate))
    if candidate.told_in is not None:
        return plan(
            remember(candidate.told_in, key=str(candidate.number)),
            because=say(
                "{name} is told of this one in #{number}, to keep mentions few",
                name=name,
                number=candidate.told_in.number,
            ),
        )
    return plan(
        Comment(
            key=candidate.key(rung),
            number=candidate.number,
            body=messages.to_author(candidate, author, rung),
            occasion=Occasion.NUDGE,
            mentions=(author,),
        ),
        because=_and_whose_turn(_reminded(candidate, rung, name), candidate),
    )


def _reminded(candidate: Candidate, rung: int, name: str) -> str:
    """What the author gets; who belongs to the project is only ever reminded."""
    return say(messages.AUTHOR_RUNGS[1 if candidate.author_belongs else rung], name=name)


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
        why = say("Everybody who was asked is away or was mentioned enough today")
        return leave_alone(_and_whose_turn(why, candidate))
    if rung > 1 and second is None:
        why = (
            say("There is nobody else to ask, but it is in the weekly list")
            if config.digest
            else say("There is nobody else to ask")
        )
        return leave_alone(_and_whose_turn(why, candidate))
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
        because=_and_whose_turn(_request(candidate, people, second), candidate),
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


def _request(candidate: Candidate, people: tuple[Person, ...], second: SecondReviewer | None) -> str:
    """What is asked of whom: what became of it is told by the outcome beside it."""
    teams = candidate.turn.teams if second is None and candidate.situation is Situation.REVIEW else ()
    if second is not None and second.team:
        teams = (second.team,)
    names = [f"@{person.login}" for person in people] + [say("team {name}", name=team) for team in teams]
    if not names:
        return say("A word to the maintainers")
    return say(messages.REQUESTS[candidate.situation], names=say_list(names))


def _and_whose_turn(why: str, candidate: Candidate) -> str:
    """A sentence with whose turn it is after it."""
    day = candidate.day(candidate.turn.since)
    # Translators: {why} is a sentence of its own, without its full stop.
    if candidate.turn.holder is Holder.AUTHOR:
        return say("{why}; it has been the author's turn since {day}", why=why, day=day)
    named = reviewers_of(candidate.turn)
    if not named:
        return say("{why}; it has been the reviewers' turn since {day}", why=why, day=day)
    names = say_list(named)
    return say("{why}; it has been the turn of {names} since {day}", why=why, names=names, day=day)
