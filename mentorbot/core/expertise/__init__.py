"""Who knows what here, and who therefore fits to review a pull request or to mentor a newcomer.

`observations` are what is seen, `index` remembers them, `question` reads what is asked, `reviewers` and
`mentors` answer with `reasons`.
"""

from __future__ import annotations

from mentorbot.core.expertise.hours import hours_apart, usual_hour
from mentorbot.core.expertise.index import Expertise
from mentorbot.core.expertise.mentors import Mentee, Mentor, MentorWeights, rank_mentors
from mentorbot.core.expertise.observations import (
    IssueOpened,
    Learned,
    Observation,
    Opening,
    Reviewed,
    TookPart,
    in_order,
    is_human,
    is_review,
    observations_of,
    observations_of_issue,
    opening_of,
)
from mentorbot.core.expertise.reasons import Reason, Why
from mentorbot.core.expertise.reviewers import Part, Ranked, Weights, rank_reviewers

__all__ = [
    "Expertise",
    "IssueOpened",
    "Learned",
    "Mentee",
    "Mentor",
    "MentorWeights",
    "Observation",
    "Opening",
    "Part",
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
    "usual_hour",
]
