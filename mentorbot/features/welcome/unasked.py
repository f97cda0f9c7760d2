"""What the welcome writes without being asked: see docs/what-it-says.md."""

from __future__ import annotations

from mentorbot.feature_api.feature import Message

MESSAGES = (
    Message(
        name="First issue",
        keys="person */issue",
        when="Somebody who was never here before opens an issue.",
        to="whoever opened it",
        at_most="once in a person's life here",
    ),
    Message(
        name="First pull request",
        keys="person */pull request",
        when="Somebody who never opened, reviewed or committed here opens a pull request.",
        to="its author",
        at_most="once in a person's life here",
    ),
    Message(
        name="Welcome back",
        keys="person */back, *",
        when="Somebody opens something after `back_after` without a sign of them; off unless set.",
        to="whoever opened it",
        at_most="once for each long absence",
    ),
    Message(
        name="Many newcomers at once",
        keys="greetings held since *",
        when="Somebody has more than 3 first pull requests open, or over 20 newcomers come in an hour.",
        to="maintainers",
        at_most="one issue for each such time",
    ),
)
