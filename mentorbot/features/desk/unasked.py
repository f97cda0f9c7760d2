"""What is written at the desk without being asked: see docs/what-it-says.md."""

from __future__ import annotations

from mentorbot.feature_api.feature import Message

MESSAGES = (
    Message(
        name="A newer report, or the end of the shadow",
        keys="shadow of * closes *",
        when="There is a newer report, or the project has gone live.",
        to="maintainers",
        at_most="once for each report",
    ),
    Message(
        name="What I would have said",
        keys="shadow of *",
        when="A project of this desk is in shadow mode, and something would have been said there.",
        to="maintainers",
        at_most="one issue a week for each project",
    ),
)
