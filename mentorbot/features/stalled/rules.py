"""Who is nudged, when, and about what: whoever a quiet pull request waits for, once per turn and rung."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mentorbot.core.actions import Comment, Doable, Occasion, Remember, RequestReview
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled import ladder, messages
from mentorbot.features.stalled.config import Author, Reviewers, Stalled
from mentorbot.features.stalled.projection import WHOSE, shown
from mentorbot.features.stalled.quiet import Helper, Quiet
from mentorbot.features.stalled.whose import Situation

HELPER, TOLD = "helper", "told"
"""Kinds of the records of whom we asked besides, and of where an author was told of a pull request."""

_MOST_ASKED = 3


def tend(quiet: Quiet, config: Stalled) -> Plan:
    """Every morning: labels that webhooks missed are mended, and whoever is due is nudged."""
    nudging = nudge(quiet, config)
    mending = shown(quiet.projection, config)
    return replace(nudging, actions=(*mending, *nudging.actions), about=quiet.told)


def nudge(quiet: Quiet, config: Stalled) -> Plan:
    """Whose turn it is hears of it once it has been quiet for long enough; nobody else, and never twice."""
    rung = rung_of(quiet, config)
    if isinstance(rung, str):
        return leave_alone(rung)
    if not quiet.silence.calendar.is_business_day(quiet.silence.calendar.local(quiet.silence.now).date()):
        return leave_alone(f"Today is no business day here; {_ball(quiet)}")
    if quiet.muted_until is not None and quiet.muted_until > quiet.silence.now:
        return leave_alone("Somebody asked for silence in this thread")
    if quiet.put_off:
        return leave_alone(quiet.put_off)
    if quiet.turn.holder is Holder.AUTHOR:
        return _remind_author(quiet, rung)
    return _ask_reviewers(quiet, rung, config)


def rung_of(quiet: Quiet, config: Stalled) -> int | str:
    """The rung that is due, or why none is: told by the pull request alone, before anything is asked for."""
    ignored = is_ignored(quiet, config)
    if ignored:
        return ignored
    patience = quiet.patience(config)
    if patience is None:
        return _nobody(quiet)
    until = quiet.turn.snoozed_until
    if until is not None and until > quiet.silence.now:
        return f"Snoozed until {_day(until, quiet)}"
    if quiet.projection.was_taken_off(config):
        return f"Somebody took the label off that says so, thus I keep quiet; {_ball(quiet)}"
    if quiet.turn.holder is Holder.AUTHOR and not quiet.turn.certain:
        return f"Nobody is hurried on mild words, which leave room for doubt; {_ball(quiet)}"
    due = ladder.rung_due(patience, quiet.silence)
    return due if due is not None else _not_yet(quiet, patience)


def _not_yet(quiet: Quiet, patience: Author | Reviewers) -> str:
    if quiet.silence.notes:
        return f"Quiet, and I said so on {_day(quiet.silence.notes[-1].at, quiet)}; {_ball(quiet)}"
    return f"Quiet for {ladder.quiet_for(patience.after, quiet.silence)}; {_ball(quiet)}"


def is_ignored(quiet: Quiet, config: Stalled) -> str:
    """Why a pull request is left alone whatever happens; empty where it isn't."""
    covered = config.ignore.covers(quiet.projection.worn)
    if covered is not None:
        return f"It carries the label “{covered}”, and those are left alone here"
    return "It is a draft, and those are left alone here" if quiet.is_draft and config.ignore.drafts else ""


def _nobody(quiet: Quiet) -> str:
    if quiet.turn.holder in {Holder.EXTERNAL, Holder.UNKNOWN}:
        return f"{WHOSE[quiet.turn.holder]}: {quiet.turn.because}"
    return f"Nudging {quiet.turn.holder} is switched off here; {_ball(quiet)}"


def _remind_author(quiet: Quiet, rung: int) -> Plan:
    author = quiet.author
    if author is None:
        return leave_alone("Its author has left GitHub")
    if author.is_nameless:
        return leave_alone("Its author asked to be forgotten")
    if author in quiet.away:
        return leave_alone(f"@{author.login} says on GitHub that they are away; {_ball(quiet)}")
    if author in quiet.tired:
        return leave_alone(f"@{author.login} was mentioned often enough today; {_ball(quiet)}")
    if quiet.told_in is not None:
        told = quiet.told_in
        return plan(
            Remember(
                kind=TOLD, key=str(quiet.number), value={"in": told.number, "key": told.key, "rung": rung}
            ),
            because=f"@{author.login} is told of this one in #{told.number}, to keep mentions few",
        )
    return plan(
        Comment(
            key=quiet.key(rung),
            number=quiet.number,
            body=messages.to_author(quiet, rung),
            occasion=Occasion.NUDGE,
            mentions=(author,),
        ),
        because=f"{messages.AUTHOR_RUNGS[rung]} for @{author.login}: {_ball(quiet)}",
    )


def _ask_reviewers(quiet: Quiet, rung: int, config: Stalled) -> Plan:
    """First those who were asked; where nobody was, or nobody of them is there, and later: somebody else."""
    helper = quiet.helper
    asks_again = helper is None and rung == 1 and bool(quiet.within_reach or quiet.turn.teams)
    if (
        rung == 1
        and not asks_again
        and helper is None
        and quiet.party
        and quiet.situation is Situation.REVIEW
    ):
        return leave_alone(f"Everybody who was asked is away or was mentioned enough today; {_ball(quiet)}")
    if rung > 1 and helper is None:
        listed = ", but it is in the weekly list" if config.digest else ""
        return leave_alone(f"There is nobody else to ask{listed}; {_ball(quiet)}")
    people = quiet.within_reach[:_MOST_ASKED] if asks_again else _person(helper)
    return plan(
        *_requests(quiet, rung, people, helper),
        *_noted(quiet, rung, helper),
        Comment(
            key=quiet.key(rung),
            number=quiet.number,
            body=messages.to_reviewers(quiet, rung, people=people, helper=helper),
            occasion=Occasion.NUDGE,
            mentions=people,
        ),
        because=f"{_asked(people, helper)}: {_ball(quiet)}",
    )


def _requests(quiet: Quiet, rung: int, people: tuple[Person, ...], helper: Helper | None) -> Iterator[Doable]:
    """Review requests come before the comment: once that stands there, nothing more is due."""
    if quiet.situation is not Situation.REVIEW:
        return
    key = quiet.key(rung)
    for person in people:
        # GitHub refuses requests to people without access, and knows those that are still open.
        if person not in quiet.asked and (person in quiet.insiders or helper is not None):
            yield RequestReview(key=f"{key}/ask {person.id}", number=quiet.number, reviewer=person)
    if helper is not None and helper.team:
        yield RequestReview(key=f"{key}/ask team {helper.team}", number=quiet.number, team=helper.team)


def _noted(quiet: Quiet, rung: int, helper: Helper | None) -> Iterator[Doable]:
    """Whom we chose is kept, so that a last look before acting finds the same one."""
    if helper is not None and helper.key != quiet.key(rung):
        chosen = {"id": helper.person.id, "login": helper.person.login} if helper.person else None
        value = {"person": chosen, "team": helper.team, "why": helper.why, "key": quiet.key(rung)}
        about = (helper.person.id,) if helper.person else ()
        yield Remember(kind=HELPER, key=str(quiet.number), value=value, about=about)


def _person(helper: Helper | None) -> tuple[Person, ...]:
    return (helper.person,) if helper is not None and helper.person is not None else ()


def _asked(people: tuple[Person, ...], helper: Helper | None) -> str:
    names = [f"@{person.login}" for person in people] + (
        [f"team {helper.team}"] if helper and helper.team else []
    )
    if not names:
        return "A word to the maintainers"
    return f"Asked {messages.listed(names)} for a look"


def _ball(quiet: Quiet) -> str:
    return f"the ball is with {_side(quiet)} since {_day(quiet.turn.since, quiet)}"


def _side(quiet: Quiet) -> str:
    if quiet.turn.holder is Holder.AUTHOR:
        return "the author"
    named = [person.login for person in quiet.turn.reviewers] + [f"team {team}" for team in quiet.turn.teams]
    return f"the reviewers ({messages.listed(named)})" if named else "the reviewers"


def _day(moment: datetime, quiet: Quiet) -> str:
    return messages.day(moment, quiet.silence.now, quiet.silence.calendar)
