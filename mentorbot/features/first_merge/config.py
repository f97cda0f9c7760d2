"""What a maintainer can set for celebrations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorbot.config.section import Section
from mentorbot.config.templates import BUILT_IN, Offers, Template

Message = Annotated[
    Template,
    Offers(
        author="login of the person whose pull request was merged",
        repo="name of the repository",
        number="number of the pull request",
        title="its title",
        count="how many of theirs are merged now: `5`",
        ordinal="the same as `5th`; in other languages than English as `5`",
        next_step="what they could do next, in sentences: an open issue for beginners, or a review to give",
    ),
]


class FirstMerge(Section):
    """Celebrations: a person's first merged pull request here, and milestones after it; each once."""

    message: Message = Template(BUILT_IN)
    """What is said at somebody's first merged pull request: `default`, or a text of your own in Markdown."""

    milestones: tuple[Annotated[int, Field(ge=2, le=100_000)], ...] = ()
    """Which later merged pull requests are celebrated too, for instance `[5, 10, 25, 100]`; members' too."""

    milestone_message: Message = Template(BUILT_IN)
    """What is said at a milestone: `default`, or a text of your own."""

    beginner_labels: tuple[str, ...] = ("good first issue", "easy", "help wanted")
    """Labels of issues that suit beginners: the newest open one without assignee is suggested next."""
