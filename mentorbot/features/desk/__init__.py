"""Tells maintainers at their private desk, once a week, what their projects in shadow would have said."""

from __future__ import annotations

from mentorbot.config.desk import DeskSection
from mentorbot.core.actions import CloseIssue, OpenIssue
from mentorbot.core.translator import phrase
from mentorbot.feature_api.feature import Every, Feature
from mentorbot.features.desk import facts, rules
from mentorbot.features.desk.unasked import MESSAGES

FEATURE = Feature(
    name="desk",
    summary=phrase("Tells maintainers in private, once a week, what I would have said in shadow mode."),
    config=DeskSection,
    triggers=(Every("Monday 05:45", each=facts.projects_in_shadow, decide=rules.report),),
    permissions={"issues": "write"},
    messages=MESSAGES,
    written_in_shadow=(OpenIssue, CloseIssue),
    example="""\
desk:
  at: acme/mentoring-desk
""",
)
