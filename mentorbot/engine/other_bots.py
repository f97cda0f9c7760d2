"""What is left to other bots: nobody is greeted or celebrated twice for the same.

Whether an author is reminded of a pull request is for the feature that does so to decide: what else is said
unasked (to reviewers, to mentors, of a check that failed) no stale bot says.
"""

from __future__ import annotations

from mentorbot.config.configuration import Configuration
from mentorbot.config.other_bots.reading import Habit, OtherBot
from mentorbot.core.actions import Action, Comment, Occasion
from mentorbot.db.silence import Surroundings


def bot_that_does_it(action: Action, here: Surroundings, configuration: Configuration) -> OtherBot | None:
    """The bot that acts on the same occasion in this repository; None where there is none."""
    if not isinstance(action, Comment):
        return None
    return configuration.left_to(*_habits_like(action, here))


def _habits_like(comment: Comment, here: Surroundings) -> frozenset[Habit]:
    """What another bot would do to say the like; where a thread is unknown, either of both kinds counts."""
    if comment.occasion is Occasion.GREETING and comment.is_a_first:
        if here.is_pull_request is None:
            return frozenset({Habit.GREETS_ISSUES, Habit.GREETS_PULL_REQUESTS})
        return frozenset({Habit.GREETS_PULL_REQUESTS if here.is_pull_request else Habit.GREETS_ISSUES})
    if comment.occasion is Occasion.CELEBRATION and comment.is_a_first:
        return frozenset({Habit.CELEBRATES_MERGES})
    return frozenset()
