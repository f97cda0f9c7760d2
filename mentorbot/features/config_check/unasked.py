"""What the check of the config file writes without being asked: see docs/what-it-says.md."""

from __future__ import annotations

from mentorbot.feature_api.feature import Message

MESSAGES = (
    Message(
        name="Check of a proposed file",
        keys="head *",
        when="A pull request or branch changes `.github/mentorbot.yml`.",
        to="whoever proposes it",
        at_most="one check run for each commit",
    ),
    Message(
        name="The file is in order again",
        keys="broken since */mended by *",
        when="The file on the default branch is mended.",
        to="maintainers",
        at_most="once for each issue",
    ),
    Message(
        name="The file needs a repair",
        keys="broken since *",
        when="The file on the default branch can't be used.",
        to="maintainers",
        at_most="one issue until it is mended; its text is kept up to date",
    ),
)
