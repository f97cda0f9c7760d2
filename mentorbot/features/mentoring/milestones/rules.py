"""What is celebrated, and what is counted towards it."""

from __future__ import annotations

from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, no_concern_of_ours, plan
from mentorbot.core.translator import say, say_list
from mentorbot.feature_api.records import remember
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.milestones import messages
from mentorbot.features.mentoring.milestones.facts import MilestoneProgress
from mentorbot.features.mentoring.records import ConfirmedIssue, ReachedMilestones


def celebrate(progress: MilestoneProgress, config: Mentoring) -> Plan:
    """Each milestone once; what somebody reached before they had a mentor, or in shadow, is not news."""
    mentee, before = progress.pair.mentee, progress.before
    has_news = before is not None and not progress.is_past
    new = [name for name in progress.now if has_news and name not in (before or ())]
    if has_news and not new:
        return no_concern_of_ours(f"@{mentee.login} has reached nothing new")
    reached = ReachedMilestones(
        tuple(sorted({*progress.now, *(before or ())})), live_since=progress.live_since
    )
    record = remember(reached, key=str(mentee.id), whose=mentee.id)
    aloud = [name for name in new if name in config.milestones]
    said = say_list([messages.milestone(name) for name in new])
    because = (
        say("@{mentee} has reached: {milestones}", mentee=mentee.login, milestones=said)
        if new
        else say("@{mentee}: I keep in mind what was reached before", mentee=mentee.login)
    )
    if not aloud:
        return plan(record, because=because)
    comment = Comment(
        key=f"milestones {mentee.id}/{', '.join(aloud)}",
        number=progress.pair.thread,
        body=messages.congratulation(progress.pair, aloud),
        occasion=Occasion.CELEBRATION,
        mentions=(mentee,),
        is_a_first=aloud == ["first merge"],
    )
    return plan(record, comment, because=because)


def confirm_issue(mentee: Person | None, _config: Mentoring) -> Plan:
    """An issue that others label is confirmed."""
    if mentee is None:
        return no_concern_of_ours("no issue of a mentee's")
    record = remember(ConfirmedIssue(), key=f"{mentee.id}/issue", whose=mentee.id)
    return Plan(actions=(record,), because="an issue of a mentee's is confirmed", concerns=False)
