"""What the reminder of quiet pull requests writes without being asked: see docs/what-it-says.md."""

from __future__ import annotations

from mentorbot.feature_api.feature import Message

MESSAGES = (
    Message(
        name="First reminder to the author",
        keys="pull request */author since */rung 1",
        when="It has been the author's turn for `author.after`.",
        to="the author",
        at_most="once for each of their turns; one nudge in 7 business days",
    ),
    Message(
        name="Offer of help to the author",
        keys="pull request */author since */rung 2",
        when="It still is, `author.again` after the first reminder.",
        to="the author",
        at_most="once for each of their turns; one nudge in 7 business days",
    ),
    Message(
        name="May somebody else carry it on",
        keys="pull request */author since */rung *",
        when="It still is, `author.again` after that.",
        to="the author",
        at_most="once for each of their turns; one nudge in 7 business days",
    ),
    Message(
        name="Reminder to reviewers",
        keys="pull request */reviewers since */rung *",
        when="It has been the reviewers' turn for `reviewers.after`.",
        to="those who were asked, or somebody who knows these files",
        at_most="once for each of their turns and rung; one nudge in 7 business days",
    ),
    Message(
        name="Labels",
        keys="pull request */label *",
        when="The turn changes, where `labels` are set.",
        to="everybody",
        at_most="one label at a time; its description is written when the label is made",
    ),
    Message(
        name="Weekly list, nothing left",
        keys="list of */empty on *",
        when="Nothing on the list waits any more.",
        to="everybody",
        at_most="once for each list",
    ),
    Message(
        name="Weekly list",
        keys="list of *",
        when="Monday morning, where `digest` is on and pull requests wait for reviewers for long.",
        to="everybody; nobody is mentioned",
        at_most="one open issue, renewed once a week",
    ),
)
