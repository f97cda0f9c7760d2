"""A mentee's first failure of a check is answered with the page that explains it."""

from __future__ import annotations

from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.markdown import code, mention
from mentorbot.core.plan import Plan, no_concern_of_ours, plan
from mentorbot.core.translator import say
from mentorbot.feature_api.records import remember
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.guides.facts import FailedCheck
from mentorbot.features.mentoring.pairs.messages import sentences
from mentorbot.features.mentoring.records import ShownGuide


def offer_guide(check: FailedCheck | None, config: Mentoring) -> Plan:
    """The guide that answers a mentee's obstacle is shown to them once, ever."""
    if check is None:
        return no_concern_of_ours("no obstacle of a mentee's that a guide answers")
    text = sentences(
        say(
            "{mentee}, the check {check} failed. That happens to everybody at first. This page explains what "
            "the check wants: {address}",
            mentee=mention(check.mentee),
            check=code(check.name),
            address=config.guides[check.pattern],
        ),
        say("If it does not help, please ask your mentor.")
        if check.has_mentor
        else say("If it does not help, please ask right here."),
    )
    shown = f"{check.mentee.id}/{check.pattern}"
    return plan(
        remember(ShownGuide(), key=shown, whose=check.mentee.id),
        Comment(
            key=f"guide {shown}",
            number=check.number,
            body=text,
            occasion=Occasion.NUDGE,
            mentions=(check.mentee,),
        ),
        because=say(
            "{check} failed for @{mentee} for the first time, and there is a guide",
            check=check.name,
            mentee=check.mentee.login,
        ),
    )
