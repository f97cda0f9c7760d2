"""What is answered to those who ask whose turn it is, or say so."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentorbot.core.markdown import as_text
from mentorbot.core.translator import english_plural, say_list
from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Certainty, Holder
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.learning.messages import goes_on
from mentorbot.features.stalled.messages import WHOSE, reviewers_of
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules import due_dates
from mentorbot.features.stalled.nudges.rules.nudge import rung_of

STILL_A_DRAFT = (
    "It is still a draft, though, which tells people that you are at work on it: press **Ready for review** "
    "at the end of this page when you want them to look."
)
SAID = {
    ActKind.DECLARED_READY: "said that it is ready",
    ActKind.DECLARED_BLOCKED: "said that it waits for something else",
    ActKind.DECLARED_WAITING: "said for whom it waits",
    ActKind.SNOOZED: "asked for no nudges for a while",
}
"""What commands say, in the journal's words."""

_MOST_POINTS = 12
_HOW_SURE = {
    Certainty.SURE: "",
    Certainty.FAIRLY_SURE: "I am fairly sure of that, as far as words can be understood.",
    Certainty.UNCLEAR: (
        "I am not sure that what was said here is meant as I read it, so I nudge nobody for it and put no "
        "label on."
    ),
}


def turn(candidate: Candidate, config: Stalled) -> str:
    """Whose move it is, since when, on what evidence, by which rule, and what would end it."""
    parts = [
        _headline(candidate),
        f"Why: {as_text(candidate.turn.because, limit=300)} {_HOW_SURE[candidate.turn.certainty]}".rstrip(),
        _evidence(candidate),
        f"What ends it: {as_text(candidate.turn.ends_when, limit=300)}",
        _next(candidate, config),
        _authors_again(candidate),
        _corrections(candidate),
    ]
    return "\n\n".join(part for part in parts if part)


def _headline(candidate: Candidate) -> str:
    """Whose turn it is; where that is a guess, it says so first."""
    turn = candidate.turn
    if turn.holder is Holder.UNCLEAR:
        return f"**It is nobody's turn**, {_since(candidate)}."
    if turn.certain:
        return f"**{WHOSE[turn.holder]}{_who(candidate)}**, {_since(candidate)}."
    guess = f"{WHOSE[turn.holder]}{_who(candidate)}".replace("It is", "it is", 1)
    return f"**{WHOSE[Holder.UNCLEAR]}.** As far as I can tell, {guess}, {_since(candidate)}."


def snoozed(ends: datetime, candidate: Candidate) -> str:
    return f"No nudges from me here until {candidate.day(ends)}."


def _who(candidate: Candidate) -> str:
    if candidate.turn.holder is Holder.AUTHOR and candidate.author is not None:
        return f" ({as_text(candidate.author.login)})"
    names = reviewers_of(candidate.turn)
    return f" ({say_list([as_text(name) for name in names])})" if names else ""


def _since(candidate: Candidate) -> str:
    days = (candidate.quiet_period.now - candidate.turn.since) // timedelta(days=1)
    ago = "today" if days < 1 else english_plural("for a day", "for {count} days", days)
    return f"since {candidate.day(candidate.turn.since)} ({ago})"


def _evidence(candidate: Candidate) -> str:
    found = candidate.turn.evidence
    if not found:
        return ""
    lines = [
        f"- {as_text(one.sentence, limit=300)}" + (f" ([there]({one.url}))" if one.url else "")
        for one in found[:_MOST_POINTS]
    ]
    if len(found) > _MOST_POINTS:
        lines.append(f"- … and {len(found) - _MOST_POINTS} more")
    return "What that rests on:\n\n" + "\n".join(lines)


def _next(candidate: Candidate, config: Stalled) -> str:
    """When somebody would be nudged, or why nobody is."""
    due, patience = rung_of(candidate, config), candidate.patience(config)
    if candidate.turn.told in {Holder.EXTERNAL, Holder.UNCLEAR}:
        return ""  # that nobody is was said already
    if isinstance(due, str) and (patience is None or not due.startswith("Quiet")):
        return as_text(f"{due}.", limit=300)
    if patience is None or candidate.quiet_period.past_nudges:
        return ""
    quiet = candidate.quiet_period
    when = candidate.day(max(due_dates.due_at(1, patience, quiet.since, quiet.calendar), quiet.now))
    return f"If it stays quiet, I say a word to them on the first working day from {when} on."


def _authors_again(candidate: Candidate) -> str:
    """That authors are nudged again after that had stopped; told where it may concern one."""
    if candidate.turn.holder is not Holder.AUTHOR:
        return ""
    quiet = candidate.quiet_period
    return goes_on(candidate.author_nudges, quiet.now)


def _corrections(candidate: Candidate) -> str:
    if candidate.turn.holder is Holder.UNCLEAR:
        return ""
    slash = candidate.slash
    return (
        f"Did I get that wrong? The author can say `{slash}ready` or `{slash}blocked`; maintainers "
        f"`{slash}waiting author`, `{slash}waiting reviewers` or `{slash}blocked`."
    )
