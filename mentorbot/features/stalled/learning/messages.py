"""What is said about corrections: in the journal, to who asks, and in the weekly list. It mentions nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentorbot.core.translator import phrase, say, say_day, say_plural
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.messages import WHOSE
from mentorbot.features.stalled.records import AuthorNudges, LabelledMoment

GO_ON = "/mentorbot nudges on"
"""The command with which a maintainer lets nudges of authors go on."""

NEWS_FOR = timedelta(weeks=4)
"""For how long it is told that authors are nudged again."""

WENT_ON = phrase("Thank you. From now on I remind authors here again. Earlier corrections no longer count.")
NOT_STOPPED = phrase("I still remind authors here: there is nothing to switch on.")
MORE_IS_DEMANDED = phrase(
    "I remind authors here again: either I have to be more sure now than when I was corrected, or the "
    "corrections are gone"
)
HELPED = phrase("my reminder helped: they have worked on it since")
LET_GO = phrase("I forget old reminders that nobody corrected, and the oldest corrections")
IS_DISPUTED = phrase("Somebody said that my last reminder here was wrong, so I wait until something happens")
"""These are to be said."""


def corrected(label: LabelledMoment) -> str:
    """What the bot said, and what people said."""
    said, turn = say(WHOSE[Holder(label.said)]), say(WHOSE[Holder(label.turn)])
    if label.said == Holder.UNCLEAR:
        return say("I was not sure whose turn it was, and they say “{turn}”", turn=turn)
    if label.how == "reaction":
        return say("I was corrected: I said “{said}”, and they say that this is wrong", said=said)
    return say("I was corrected: I said “{said}”, and they say “{turn}”", said=said, turn=turn)


def changed(change: AuthorNudges) -> str:
    """Why authors are nudged no more, and how that ends, or why they are again; for the journal."""
    if change.stopped_at is None:
        return say(MORE_IS_DEMANDED)
    return say(
        "{why}, so I remind no author here until a maintainer writes `{command}`",
        why=_why(change),
        command=GO_ON,
    )


def no_nudge(standing: AuthorNudges, since: datetime) -> str:
    """Why an author isn't nudged, for who asks about one pull request."""
    return say(
        "I have reminded no author here since {day}: {why}. A maintainer can change that with {command}",
        day=say_day(since),
        why=_why(standing),
        command=GO_ON,
    )


def goes_on(standing: AuthorNudges, now: datetime) -> str:
    """That authors are nudged again, as long as that is news; else nothing."""
    since = standing.went_on_at
    if since is None or since <= now - NEWS_FOR:
        return ""
    return say("Since {day} I send reminders to authors here again.", day=say_day(since))


def in_weekly_list(standing: AuthorNudges, now: datetime) -> str:
    """What a weekly list says about it; nothing where there is nothing to say."""
    if standing.stopped_at is None:
        return goes_on(standing, now)
    told = say(
        "**I have reminded no author here since {day}:** {why}. I stay silent rather than be wrong. A "
        "maintainer can switch it on again with this line, in any issue or pull request:",
        day=say_day(standing.stopped_at),
        why=_why(standing),
    )
    return f"{told}\n\n    {GO_ON}"


def _why(standing: AuthorNudges) -> str:
    # Translators: how many of {count} reminders were wrong; this stands within a sentence.
    return say_plural(
        "people corrected {corrected} of my last reminder",
        "people corrected {corrected} of my last {count} reminders",
        standing.written,
        corrected=standing.corrected,
    )
