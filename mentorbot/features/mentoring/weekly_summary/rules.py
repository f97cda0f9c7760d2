"""Where a weekly summary goes: into an issue of its own here, or to the desk."""

from __future__ import annotations

from mentorbot.core.actions import CloseIssue, Doable, OpenIssue, Remember
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.core.translator import say
from mentorbot.feature_api.records import remember
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.records import PostedSummary, RungMet, SummaryForDesk
from mentorbot.features.mentoring.weekly_summary import messages
from mentorbot.features.mentoring.weekly_summary.facts import SummaryDelivery, WeeklySummary


def deliver(delivery: SummaryDelivery, _config: Mentoring) -> Plan:
    """A summary is an issue of its own, so that its reader is notified; it closes that of the week before."""
    summary = delivery.summary
    if summary is None:
        return leave_alone(delivery.why_not)
    if delivery.desk:
        left = SummaryForDesk(
            week=summary.week,
            title=summary.title,
            body=summary.body,
            about=summary.about,
            desk=delivery.desk,
        )
        return plan(
            remember(left, key=summary.reader, about=summary.about),
            *_rungs_met(summary),
            because=say("the weekly summary is left for the desk, {desk}", desk=delivery.desk),
        )
    key = f"notice {delivery.place}/{summary.reader}/{summary.week}"
    posted = PostedSummary(issue=key, week=summary.week, about=summary.about)
    actions: list[Doable] = [
        OpenIssue(key=key, title=summary.title, body=summary.body),
        remember(posted, key=f"{delivery.place}/{summary.reader}", about=summary.about),
        *_rungs_met(summary),
    ]
    if delivery.previous and delivery.previous != key:
        actions.append(
            CloseIssue(key=f"{key} closes the last one", issue=delivery.previous, body=messages.newer_one())
        )
    return plan(*actions, because=say("the summary of week {week}", week=summary.week), about=summary.about)


def _rungs_met(summary: WeeklySummary) -> list[Remember]:
    return [remember(RungMet(), key=key, whose=int(key.partition("/")[0])) for key in summary.rungs]
