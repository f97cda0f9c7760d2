"""Celebrates somebody's first merged pull request, and the later ones that a maintainer names."""

from __future__ import annotations

from mentorbot.core.actions import Occasion
from mentorbot.core.events import PullRequestClosed
from mentorbot.core.translator import phrase
from mentorbot.feature_api.feature import Feature, On
from mentorbot.feature_api.simulation import Simulates
from mentorbot.features.first_merge import facts, rules
from mentorbot.features.first_merge.config import FirstMerge
from mentorbot.features.first_merge.unasked import MESSAGES

FEATURE = Feature(
    name="first_merge",
    summary=phrase("Celebrates somebody's first merged pull request and suggests what next."),
    config=FirstMerge,
    triggers=(On(PullRequestClosed, ask=facts.merge, decide=rules.celebrate),),
    permissions={"contents": "read", "issues": "read", "pull_requests": "write"},
    messages=MESSAGES,
    simulates=Simulates(
        Occasion.CELEBRATION,
        lambda simulation, config: simulation.played(
            PullRequestClosed, ask=facts.merge, decide=rules.celebrate, section=config
        ),
    ),
    starter="""\
first_merge:
  message: default
""",
    example="""\
first_merge:
  message: default
  milestones: [5, 10, 25, 100]
""",
)
