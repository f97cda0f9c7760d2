"""What is answered to those who ask whose turn it is, or say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from mentorbot.core.markdown import as_text, folded
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_day, say_list, say_plural, translator
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import Certainty, Evidence, Holder
from mentorbot.features.stalled.learning.messages import NEWS_FOR
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.turn.rules.turn_decision import Situation

SAID: Mapping[ActKind, str] = {
    ActKind.DECLARED_READY: phrase("@{login} said that it is ready"),
    ActKind.DECLARED_BLOCKED: phrase("@{login} said that it waits for something else"),
    ActKind.DECLARED_WAITING: phrase("@{login} said whose turn it is"),
    ActKind.SNOOZED: phrase("@{login} asked for no reminders for a while"),
}
"""What commands say, in the journal's words."""

_YOURS = phrase("**It is your turn**, since {since}.")
_WHOSE = {
    Holder.AUTHOR: phrase("**It is the author's turn**, since {since}."),
    Holder.REVIEWERS: phrase("**It is the reviewers' turn**, since {since}."),
    Holder.EXTERNAL: phrase("**It waits for something else**, since {since}."),
}
# Translators: {names} are logins.
_OF_NAMED = {
    Holder.AUTHOR: phrase("**It is the author's turn** ({names}), since {since}."),
    Holder.REVIEWERS: phrase("**It is the reviewers' turn** ({names}), since {since}."),
}
_MAINTAINERS = phrase("**It is the maintainers' turn**, since {since}.")
_PERHAPS_YOURS = phrase("**I am not sure whose turn it is.** Perhaps it is yours, since {since}.")
_PERHAPS = {
    Holder.AUTHOR: phrase("**I am not sure whose turn it is.** Perhaps it is the author's, since {since}."),
    Holder.REVIEWERS: phrase(
        "**I am not sure whose turn it is.** Perhaps it is the reviewers', since {since}."
    ),
}
_OVER = {
    ActKind.MERGED: (
        phrase("**{name} merged this pull request** on {day}. It is nobody's turn."),
        phrase("**You merged this pull request** on {day}. It is nobody's turn."),
        phrase("**This pull request was merged** on {day}. It is nobody's turn."),
    ),
    ActKind.CLOSED: (
        phrase("**{name} closed this pull request** on {day}. It is nobody's turn."),
        phrase("**You closed this pull request** on {day}. It is nobody's turn."),
        phrase("**This pull request was closed** on {day}. It is nobody's turn."),
    ),
}
_SHOWN = 2
_MOST_POINTS = 12


def turn(candidate: Candidate, reader: Person) -> str:
    """Whose move it is, since when, on what evidence, and what would end it; to the one who asks."""
    if candidate.turn.ended is not None:
        return _over(candidate.turn.ended, reader)
    is_author = reader == candidate.author
    why = as_text(candidate.turn.why.said(reader, is_author=is_author), limit=300)
    ends = as_text(candidate.turn.ends.said(reader, is_author=is_author), limit=300)
    parts = [
        " ".join(part for part in (_headline(candidate, reader), why, _how_sure(candidate)) if part),
        _evidence(candidate.turn.evidence, reader),
        say("What ends it: {what}", what=ends) if ends else "",
        _reminders(candidate),
        _corrections(is_author=is_author),
    ]
    return "\n\n".join(part for part in parts if part)


def still_a_draft() -> str:
    """To an author who says that it is ready."""
    return say(
        "It is still a draft. When others should look at it, press **Ready for review** at the end of this "
        "page."
    )


def snoozed(ends: datetime) -> str:
    return say("I will send no reminders here until {day}.", day=say_day(ends))


def closed(*, is_merged: bool) -> str:
    """To those who speak about the turn of what is over."""
    if is_merged:
        return say("This pull request is merged, so it is nobody's turn any more.")
    return say("This pull request is closed, so it is nobody's turn. You can say this once it is open again.")


def _over(ended: Act, reader: Person) -> str:
    """By whom, and when, it was merged or closed."""
    by_somebody, by_you, by_nobody = _OVER[ended.kind]
    text = by_nobody if ended.by is None else by_you if ended.by == reader else by_somebody
    name = as_text(ended.by.login) if ended.by is not None else ""
    return say(text, name=name, day=say_day(ended.at))


def _headline(candidate: Candidate, reader: Person) -> str:
    """Whose turn it is, and since when; where that is a guess, it says so first."""
    names = _names(candidate)
    return say(_whose(candidate, reader, is_named=bool(names)), since=_since(candidate), names=names)


def _whose(candidate: Candidate, reader: Person, *, is_named: bool) -> str:
    holder, is_yours = candidate.turn.holder, _is_turn_of(reader, candidate)
    if not candidate.turn.certain:
        return _PERHAPS_YOURS if is_yours else _PERHAPS[holder]
    if is_yours:
        return _YOURS
    if holder is Holder.REVIEWERS and candidate.situation is not Situation.REVIEW:
        return _MAINTAINERS
    return _OF_NAMED[holder] if is_named and holder in _OF_NAMED else _WHOSE[holder]


def _is_turn_of(reader: Person, candidate: Candidate) -> bool:
    """True where it is theirs by name: the author's, or a reviewer's who is waited for."""
    if candidate.turn.holder is Holder.AUTHOR:
        return reader == candidate.author
    return (
        candidate.turn.holder is Holder.REVIEWERS
        and candidate.situation is Situation.REVIEW
        and reader in candidate.turn.reviewers
    )


def _names(candidate: Candidate) -> str:
    if candidate.turn.holder is Holder.AUTHOR:
        return as_text(candidate.author.login) if candidate.author is not None else ""
    people = [as_text(person.login) for person in candidate.turn.reviewers]
    teams = [say("team {name}", name=as_text(team)) for team in candidate.turn.teams]
    names = [*people, *teams]
    return say_list(names) if len(names) > 1 else "".join(names)


def _since(candidate: Candidate) -> str:
    days = (candidate.quiet_period.now - candidate.turn.since) // timedelta(days=1)
    ago = say("today") if days < 1 else translator().days_ago(days)
    return f"{say_day(candidate.turn.since)} ({ago})"


def _how_sure(candidate: Candidate) -> str:
    if candidate.turn.certainty is Certainty.FAIRLY_SURE:
        return say("I am fairly sure about this.")
    return "" if candidate.turn.certain else say("I remind nobody and set no label.")


def _evidence(found: tuple[Evidence, ...], reader: Person) -> str:
    """What it rests on, each with its link; the first in sight, some more folded away."""
    lines = [_linked(one, reader) for one in found[:_MOST_POINTS]]
    shown, more = "\n".join(lines[:_SHOWN]), lines[_SHOWN:]
    if not more:
        return shown
    summary = say_plural("One more", "{count} more", len(found) - _SHOWN)
    hidden = folded(summary, "\n".join(more))
    return f"{shown}\n\n{hidden}"


def _linked(evidence: Evidence, reader: Person) -> str:
    what = as_text(evidence.said(reader), limit=300)
    if evidence.url:
        # Translators: {what} is something that happened, or that somebody wrote; "there" leads to it.
        what = say("{what} ([there]({url}))", what=what, url=evidence.url)
    return f"- {what}"


def _reminders(candidate: Candidate) -> str:
    """What is not as people expect it: no reminders here for now, or again."""
    until, standing = candidate.turn.snoozed_until, candidate.author_nudges
    if until is not None:
        return say("I send no reminders here until {day}.", day=say_day(until))
    if candidate.turn.holder is not Holder.AUTHOR:
        return ""
    if standing.stopped_at is not None:
        return say(
            "I send no reminders to authors here, because people corrected me too often. Maintainers can "
            "change that: `/mentorbot nudges on`."
        )
    again = standing.went_on_at
    if again is None or again <= candidate.quiet_period.now - NEWS_FOR:
        return ""
    return say("Since {day} I send reminders to authors here again.", day=say_day(again))


def _corrections(*, is_author: bool) -> str:
    """How to say that it is not so; each to those who can."""
    if is_author:
        return say(
            "Is this wrong? Write `{slash}ready` if it is ready for review, or `{slash}blocked` if something "
            "else must happen first."
        )
    return say(
        "Is this wrong? Maintainers can write `{slash}waiting author`, `{slash}waiting reviewers` or "
        "`{slash}blocked`."
    )
