"""What the celebration of merges writes without being asked: see docs/what-it-says.md."""

from __future__ import annotations

from mentorbot.feature_api.feature import Message

MESSAGES = (
    Message(
        name="First merge",
        keys="person */merged 1",
        when="A newcomer's first pull request is merged.",
        to="its author",
        at_most="once in a person's life here",
    ),
    Message(
        name="Milestone",
        keys="person */merged *",
        when="A pull request is merged whose number among its author's is one of `milestones`.",
        to="its author",
        at_most="once for each milestone",
    ),
)
