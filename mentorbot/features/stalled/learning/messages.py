"""What is said about corrections: in the journal, to who asks, and in the weekly list. It mentions nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentorbot.config.calendar import Calendar
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.messages import day
from mentorbot.features.stalled.records import AuthorNudges, LabelledMoment

GO_ON = "/mentorbot nudges on"
"""The command with which a maintainer lets nudges of authors go on."""

NEWS_FOR = timedelta(weeks=4)
"""For how long it is told that authors are nudged again."""

WENT_ON = "Thank you. From now on I remind authors here again; what I was corrected in before counts no more."
NOT_STOPPED = "I have not stopped reminding authors here, so there is nothing to go on with."
MORE_IS_DEMANDED = (
    "I nudge authors here again, as more certainty is demanded now than when I was corrected, or people's "
    "corrections are gone"
)
HELPED = "my nudge helped, as they have worked on it since"
LET_GO = "What is old is let go: nudges that nobody corrected, and the oldest corrections"
IS_DISPUTED = "Somebody called my last word here wrong, so I keep quiet until something happens"

_IT_IS = {
    "author": "it is the author's turn",
    "reviewers": "it is the reviewers' turn",
    "external": "it waits for something else",
}


def corrected(label: LabelledMoment) -> str:
    """What the bot said, and what people said, as a part of a sentence."""
    if label.said == Holder.UNCLEAR:
        return f"it was unclear to me whose turn it is, they say that {_IT_IS[label.turn]}"
    if label.how == "reaction":
        return f"I was corrected: I said that {_IT_IS[label.said]}, they say that it isn't"
    return f"I was corrected: I said that {_IT_IS[label.said]}, they say that {_IT_IS[label.turn]}"


def changed(change: AuthorNudges) -> str:
    """Why authors are nudged no more, and how that ends, or why they are again; for the journal."""
    if change.stopped_at is None:
        return MORE_IS_DEMANDED
    return f"{_why(change)}, so I nudge no author here any more until a maintainer writes `{GO_ON}`"


def no_nudge(standing: AuthorNudges, since: datetime, now: datetime, calendar: Calendar) -> str:
    """Why an author isn't nudged, for who asks about one pull request."""
    return (
        f"I nudge no author here since {day(since, now, calendar)}, as {standing.corrected} of the last "
        f"{standing.written} such nudges were corrected; a maintainer lets me go on with {GO_ON}"
    )


def goes_on(standing: AuthorNudges, now: datetime, calendar: Calendar) -> str:
    """That authors are nudged again, as long as that is news; else nothing."""
    since = standing.went_on_at
    if since is None or since <= now - NEWS_FOR:
        return ""
    return f"I had stopped reminding authors here, and do so again since {day(since, now, calendar)}."


def in_weekly_list(standing: AuthorNudges, now: datetime, calendar: Calendar) -> str:
    """What a weekly list says about it; nothing where there is nothing to say."""
    if standing.stopped_at is None:
        return goes_on(standing, now, calendar)
    return (
        f"**I remind no author here since {day(standing.stopped_at, now, calendar)}.** {_why(standing)}, and "
        "I'd rather be silent than wrong. A maintainer lets me go on by writing, on a line of its own, in "
        f"any issue or pull request:\n\n    {GO_ON}"
    )


def _why(standing: AuthorNudges) -> str:
    return f"{standing.corrected} of my last {standing.written} nudges of authors were corrected by people"
