"""Checks `mentorbot.yml` where it is changed, and says so where the default branch's own can't be used."""

from __future__ import annotations

from mentorbot.core.events import (
    BranchPushed,
    IssueClosed,
    IssueOpened,
    PullRequestOpened,
    PullRequestPushed,
    PullRequestReopened,
)
from mentorbot.feature_api.feature import Every, Feature, On
from mentorbot.features.config_check import breakage, facts, rules
from mentorbot.features.config_check.config import ConfigCheck

FEATURE = Feature(
    name="config_check",
    summary="Checks mentorbot.yml in pull requests, and opens one issue while the one in force is broken.",
    config=ConfigCheck,
    triggers=(
        On(PullRequestOpened, ask=facts.opened, decide=rules.check),
        On(PullRequestReopened, ask=facts.opened, decide=rules.check),
        On(PullRequestPushed, ask=facts.pushed, decide=rules.check),
        On(BranchPushed, ask=facts.branch, decide=rules.check),
        Every("hour", each=facts.not_looked_at, decide=rules.check),
        On(BranchPushed, ask=breakage.default_branch, decide=breakage.report),
        On(IssueOpened, ask=breakage.in_force, decide=breakage.notice),
        On(PullRequestOpened, ask=breakage.in_force, decide=breakage.notice),
        On(IssueClosed, ask=breakage.closed_issue, decide=breakage.let_go),
    ),
    permissions={"checks": "write", "contents": "read", "issues": "write", "pull_requests": "read"},
    always_on=True,
    without_config=True,
    example="""\
config_check:
  issue: false
""",
)
