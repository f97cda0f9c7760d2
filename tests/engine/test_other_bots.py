"""Which of our words another bot's habits stand for: by occasion, thread and reader."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mentorbot.config.configuration import Configuration
from mentorbot.config.other_bots.reading import Habit, OtherBot
from mentorbot.config.other_bots.section import OTHER_BOTS, OtherBotsSection
from mentorbot.core.actions import Action, AddLabel, Comment, Occasion, RequestReview
from mentorbot.core.people import Person
from mentorbot.db.silence import Surroundings
from mentorbot.engine.other_bots import bot_that_does_it

ADA, BOB = Person(11, "ada"), Person(12, "bob")
FILE = ".github/workflows/greetings.yml"


def a_comment(occasion: Occasion, **more: Any) -> Comment:
    return Comment(key="k", number=4, body="Hello", occasion=occasion, **more)


def here(*, is_pull_request: bool | None = True, author: int | None = ADA.id) -> Surroundings:
    return Surroundings(
        anybody=False,
        opened_at=datetime(2026, 3, 2, tzinfo=UTC),
        closed_at=None,
        locked=False,
        labels=frozenset(),
        author_id=author,
        is_pull_request=is_pull_request,
        silences=(),
    )


def with_bot(*habits: Habit, **more: Any) -> Configuration:
    bot = OtherBot(name="a bot", path=FILE, line=3, habits=habits)
    return Configuration(exists=True, other_bots=(bot,), **more)


HELLO = a_comment(Occasion.GREETING, is_a_first=True)
HURRAY = a_comment(Occasion.CELEBRATION, is_a_first=True)
TO_AUTHOR = a_comment(Occasion.NUDGE, mentions=(ADA,))
PULL, ISSUE, UNKNOWN = here(), here(is_pull_request=False), here(is_pull_request=None)


@pytest.mark.parametrize(
    ("action", "where", "habit"),
    [
        pytest.param(HELLO, PULL, Habit.GREETS_PULL_REQUESTS, id="a greeting on a pull request"),
        pytest.param(HELLO, ISSUE, Habit.GREETS_ISSUES, id="a greeting on an issue"),
        pytest.param(HURRAY, PULL, Habit.CELEBRATES_MERGES, id="a first merge"),
    ],
)
def test_what_one_bot_does_is_left_to_it_and_nothing_else(
    action: Action, where: Surroundings, habit: Habit
) -> None:
    found = bot_that_does_it(action, where, with_bot(habit))
    assert found is not None
    assert found.path == FILE
    assert (
        bot_that_does_it(action, where, with_bot(*(other for other in Habit if other is not habit))) is None
    )


@pytest.mark.parametrize(
    ("action", "where"),
    [
        pytest.param(a_comment(Occasion.GREETING), PULL, id="a greeting for somebody who is back"),
        pytest.param(a_comment(Occasion.CELEBRATION), PULL, id="a milestone"),
        pytest.param(a_comment(Occasion.NUDGE, mentions=(BOB,)), PULL, id="a reminder to a reviewer"),
        pytest.param(a_comment(Occasion.NUDGE), PULL, id="a word to maintainers that names nobody"),
        pytest.param(TO_AUTHOR, PULL, id="a guide for the check that failed, or a mentor's check-in"),
        pytest.param(TO_AUTHOR, ISSUE, id="a word on an issue"),
        pytest.param(TO_AUTHOR, UNKNOWN, id="a word in a thread nobody heard of"),
        pytest.param(a_comment(Occasion.ANSWER, mentions=(ADA,)), PULL, id="an answer"),
        pytest.param(RequestReview(key="k", number=4, reviewer=BOB), PULL, id="a request"),
        pytest.param(AddLabel(key="k", number=4, label="l"), PULL, id="a label"),
    ],
)
def test_what_no_other_bot_does_goes_on(action: Action, where: Surroundings) -> None:
    assert bot_that_does_it(action, where, with_bot(*Habit)) is None


@pytest.mark.parametrize("habit", [Habit.GREETS_ISSUES, Habit.GREETS_PULL_REQUESTS])
def test_in_a_thread_nobody_heard_of_either_greeting_counts(habit: Habit) -> None:
    assert bot_that_does_it(HELLO, UNKNOWN, with_bot(habit)) is not None


def test_where_nobody_knows_of_other_bots_nothing_is_left_to_them() -> None:
    assert bot_that_does_it(HELLO, PULL, Configuration(exists=True)) is None


@pytest.mark.parametrize(
    ("pattern", "heeded"),
    [(FILE, False), (".github/*", False), ("*/greetings.yml", False), (".github/stale.yml", True)],
)
def test_files_that_do_not_count_are_ignored(pattern: str, heeded: bool) -> None:
    section = OtherBotsSection(ignore=(pattern,))
    configuration = with_bot(*Habit, sections={OTHER_BOTS: section})
    assert (bot_that_does_it(HELLO, PULL, configuration) is not None) == heeded


def test_off_means_that_nothing_is_left_to_anybody() -> None:
    assert bot_that_does_it(HELLO, PULL, with_bot(*Habit, switched_off=frozenset({OTHER_BOTS}))) is None
