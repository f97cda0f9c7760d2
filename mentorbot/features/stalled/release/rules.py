"""What becomes of a maintainer's word that reminders are wanted in what has been quiet for long."""

from __future__ import annotations

from mentorbot.core.actions import Answer
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.core.translator import say, say_plural
from mentorbot.feature_api.records import remember
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudges.rules.due_dates import DORMANT_AFTER
from mentorbot.features.stalled.records import Released
from mentorbot.features.stalled.release.facts import ReleaseRequest


def let_go(found: ReleaseRequest, config: Stalled) -> Plan:
    """Reminders go on, here before all others or everywhere with the rest, as many a day as ever."""
    name = f"@{found.by.login}"
    if not found.is_held:
        return refuse(
            say("I still remind people here: there is nothing to release."),
            because=say("{name} released reminders here, which I had not held back", name=name),
        )
    before = found.released
    kept = before.value if before is not None else Released()
    valid = {number: at for number, at in kept.pulls.items() if at > found.at - DORMANT_AFTER}
    if found.number is None:
        after = Released(everywhere=found.at, pulls=valid)
        text = say_plural(
            "Thank you. From now on I also remind people in pull requests that have been quiet for long: one "
            "a day, the newest first.",
            "Thank you. From now on I also remind people in pull requests that have been quiet for long: "
            "{count} a day at most, the newest first.",
            config.a_day,
        )
        because = say("{name} lets me remind people in what has been quiet for long, too", name=name)
    else:
        after = Released(everywhere=kept.everywhere, pulls={**valid, found.number: found.at})
        text = say("Thank you. I remind people here again, before others.")
        because = say("{name} lets me remind people here again, though it has been quiet for long", name=name)
    return plan(
        remember(after, key=Released.KEY, expected=before.version if before is not None else 0),
        Answer(text=text),
        because=because,
    )
