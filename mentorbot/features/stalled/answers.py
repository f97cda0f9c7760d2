"""What is answered to those who ask whose turn it is, or say so."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentorbot.core.markdown import as_text
from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled import ladder
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.ladder import Silence
from mentorbot.features.stalled.messages import day, listed
from mentorbot.features.stalled.projection import WHOSE
from mentorbot.features.stalled.quiet import Quiet
from mentorbot.features.stalled.rules import rung_of

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


def turn(quiet: Quiet, config: Stalled) -> str:
    """Whose move it is, since when, on what evidence, by which rule, and what would end it."""
    parts = [
        f"**{WHOSE[quiet.turn.holder]}{_who(quiet)}**, {_since(quiet)}.",
        f"Why: {as_text(quiet.turn.because, limit=300)}",
        _evidence(quiet),
        f"What ends it: {as_text(quiet.turn.ends_when, limit=300)}",
        _next(quiet, config),
        _corrections(quiet),
    ]
    return "\n\n".join(part for part in parts if part)


def snoozed(ends: datetime, silence: Silence) -> str:
    """Until when there are no nudges."""
    return f"No nudges from me here until {day(ends, silence.now, silence.calendar)}."


def _who(quiet: Quiet) -> str:
    if quiet.turn.holder is Holder.AUTHOR and quiet.author is not None:
        return f" ({as_text(quiet.author.login)})"
    names = [person.login for person in quiet.turn.reviewers] + [f"team {team}" for team in quiet.turn.teams]
    return f" ({listed([as_text(name) for name in names])})" if names else ""


def _since(quiet: Quiet) -> str:
    silence = quiet.silence
    days = (silence.now - quiet.turn.since) // timedelta(days=1)
    ago = "today" if days < 1 else "for a day" if days == 1 else f"for {days} days"
    return f"since {day(quiet.turn.since, silence.now, silence.calendar)} ({ago})"


def _evidence(quiet: Quiet) -> str:
    found = quiet.turn.evidence
    if not found:
        return ""
    lines = [
        f"- {as_text(one.sentence, limit=300)}" + (f" ([there]({one.url}))" if one.url else "")
        for one in found[:_MOST_POINTS]
    ]
    if len(found) > _MOST_POINTS:
        lines.append(f"- … and {len(found) - _MOST_POINTS} more")
    return "What that rests on:\n\n" + "\n".join(lines)


def _next(quiet: Quiet, config: Stalled) -> str:
    """When somebody would be nudged, or why nobody is."""
    due, patience = rung_of(quiet, config), quiet.patience(config)
    if quiet.turn.holder in {Holder.EXTERNAL, Holder.UNKNOWN}:
        return ""
    if isinstance(due, str) and (patience is None or not due.startswith("Quiet")):
        return as_text(f"{due}.", limit=300)
    if patience is None or quiet.silence.notes:
        return ""
    at = ladder.due_at(1, patience, quiet.silence.since, quiet.silence.calendar)
    when = day(max(at, quiet.silence.now), quiet.silence.now, quiet.silence.calendar)
    return f"If it stays quiet, I say a word to them on the first working day from {when} on."


def _corrections(quiet: Quiet) -> str:
    if quiet.turn.holder is Holder.UNKNOWN:
        return ""
    slash = quiet.slash
    return (
        f"Did I get that wrong? The author can say `{slash}ready` or `{slash}blocked`; maintainers "
        f"`{slash}waiting author`, `{slash}waiting reviewers` or `{slash}blocked`."
    )
