"""Who knows what here, and who therefore fits to review a pull request or to mentor a newcomer.

`observations` are what is seen, `index` remembers them, `predictors` reads what is asked, `reviewers` and
`mentors` answer with `reasons`.
"""

from __future__ import annotations

from mentorbot.domain.expertise.clock import hours_apart
from mentorbot.domain.expertise.index import Expertise
from mentorbot.domain.expertise.mentors import Mentee, Mentor, rank_mentors
from mentorbot.domain.expertise.observations import (
    Learned,
    Observation,
    OpenedIssue,
    OpenedPullRequest,
    Reviewed,
    TookPart,
    in_order,
    is_human,
    is_review,
    observations_of,
    observations_of_issue,
    opening_of,
)
from mentorbot.domain.expertise.reasons import Reason, Why
from mentorbot.domain.expertise.reviewers import Ranked, Weights, rank_reviewers

__all__ = [
    "Expertise",
    "Learned",
    "Mentee",
    "Mentor",
    "Observation",
    "OpenedIssue",
    "OpenedPullRequest",
    "Ranked",
    "Reason",
    "Reviewed",
    "TookPart",
    "Weights",
    "Why",
    "hours_apart",
    "in_order",
    "is_human",
    "is_review",
    "observations_of",
    "observations_of_issue",
    "opening_of",
    "rank_mentors",
    "rank_reviewers",
]
