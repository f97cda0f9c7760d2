"""Checks `mentorbot.yml` where it is changed, and says so where the default branch's own can't be used."""

from __future__ import annotations

from mentorbot.core.actions import PublishCheckRun
from mentorbot.core.events import (
    BranchPushed,
    IssueClosed,
    IssueOpened,
    PullRequestOpened,
    PullRequestPushed,
    PullRequestReopened,
)
from mentorbot.core.translator import phrase
from mentorbot.feature_api.feature import Every, Feature, On
from mentorbot.features.config_check import facts, rules
from mentorbot.features.config_check.config import ConfigCheck
from mentorbot.features.config_check.unasked import MESSAGES

FEATURE = Feature(
    name="config_check",
    summary=phrase(
        "Checks mentorbot.yml in pull requests, and opens one issue while the one in force is broken."
    ),
    config=ConfigCheck,
    triggers=(
        On(PullRequestOpened, ask=facts.opened, decide=rules.check),
        On(PullRequestReopened, ask=facts.opened, decide=rules.check),
        On(PullRequestPushed, ask=facts.pushed, decide=rules.check),
        On(BranchPushed, ask=facts.branch, decide=rules.check),
        Every("hour", each=facts.not_looked_at, decide=rules.check),
        On(BranchPushed, ask=facts.default_branch, decide=rules.report),
        On(IssueOpened, ask=facts.in_force, decide=rules.report_once),
        On(PullRequestOpened, ask=facts.in_force, decide=rules.report_once),
        On(IssueClosed, ask=facts.closed_issue, decide=rules.respect_closing),
    ),
    permissions={"checks": "write", "contents": "read", "issues": "write", "pull_requests": "read"},
    always_on=True,
    without_config=True,
    written_in_shadow=(PublishCheckRun,),
    messages=MESSAGES,
    example="""\
config_check:
  issue: false
""",
)
