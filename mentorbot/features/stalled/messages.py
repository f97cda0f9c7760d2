"""Words that everything about turns is said with: whose turn it is, and who reviews."""

from __future__ import annotations

from mentorbot.core.translator import phrase, say
from mentorbot.domain.turns import Holder, Turn

WHOSE = {
    Holder.AUTHOR: phrase("It is the author's turn"),
    Holder.REVIEWERS: phrase("It is the reviewers' turn"),
    Holder.EXTERNAL: phrase("It waits for something else"),
    Holder.UNCLEAR: phrase("It is unclear whose turn it is"),
}
"""To be said; also what the labels' descriptions say."""


def reviewers_of(turn: Turn) -> list[str]:
    """The people and teams that are waited for, as far as any are named."""
    return [person.login for person in turn.reviewers] + [
        say("team {name}", name=team) for team in turn.teams
    ]
