"""When a report is written at the desk, and when it is closed."""

from __future__ import annotations

from mentorbot.config.desk import DeskSection
from mentorbot.core.actions import CloseIssue, Doable, Forget, OpenIssue
from mentorbot.core.markdown import code
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.core.translator import say, say_plural
from mentorbot.feature_api.records import remember
from mentorbot.features.desk import messages
from mentorbot.features.desk.facts import WeekInShadow
from mentorbot.features.desk.records import PostedReport


def report(found: WeekInShadow, _config: DeskSection) -> Plan:
    """One issue a week, so that its readers are notified; it closes the last one. None where nothing was."""
    told, last = found.told, found.last
    if told is None:
        return leave_alone(found.why_not)
    name, id_ = told.repository.full_name, told.repository.id
    if told.since is None:
        if last is None:
            return leave_alone(say("{name} is not in shadow mode", name=code(name)))
        return plan(
            CloseIssue(
                key=f"{last.value.issue} closes as it is live",
                issue=last.value.issue,
                body=messages.is_live(name),
            ),
            Forget(kind=PostedReport.KIND, key=str(id_)),
            because=say("{name} is live now", name=code(name)),
        )
    said = found.said
    if not said:
        return leave_alone(say("nothing would have been said in {name}", name=code(name)))
    key = f"shadow of {id_}/{found.week}"
    if last is not None and last.value.issue == key:
        return leave_alone(say("this week's report on {name} is there", name=code(name)))
    title, body = messages.report(found, told.repository)
    actions: list[Doable] = [
        OpenIssue(key=key, title=title, body=body),
        remember(PostedReport(issue=key, until=found.now), key=str(id_)),
    ]
    if last is not None:
        actions.append(
            CloseIssue(key=f"{key} closes the last one", issue=last.value.issue, body=messages.newer_one())
        )
    return plan(
        *actions,
        because=say_plural(
            "one thing that I would have said in {name}",
            "{count} things that I would have said in {name}",
            len(said),
            name=code(name),
        ),
        about=[person for one in said for person in one.people],
    )
