"""Welcomes people to their first issue and first pull request, and those who come back after a long time."""

from __future__ import annotations

from mentorbot.core.actions import Occasion
from mentorbot.core.events import IssueOpened, PullRequestOpened
from mentorbot.core.translator import phrase
from mentorbot.feature_api.feature import Feature, On
from mentorbot.feature_api.simulation import Simulates
from mentorbot.features.welcome import facts, rules
from mentorbot.features.welcome.config import Welcome
from mentorbot.features.welcome.unasked import MESSAGES

FEATURE = Feature(
    name="welcome",
    summary=phrase("Welcomes people to their first issue and their first pull request."),
    config=Welcome,
    triggers=(
        On(IssueOpened, ask=facts.opening, decide=rules.welcome),
        On(PullRequestOpened, ask=facts.opening, decide=rules.welcome),
    ),
    permissions={"issues": "write", "pull_requests": "write"},
    messages=MESSAGES,
    simulates=Simulates(
        Occasion.GREETING,
        lambda simulation, config: simulation.played(
            IssueOpened, PullRequestOpened, ask=facts.opening, decide=rules.welcome, section=config
        ),
    ),
    starter="""\
welcome:
  pull_request: default    # or a text of your own in Markdown, or off
  issue: default
""",
    example="""\
welcome:
  pull_request: |
    Hi @${author}, thank you for your first pull request in ${repo}!
    The triage team looks at it. ${eta}
    If anything is unclear, ask right here.
  issue: default
  back_after: 1 year
""",
)
