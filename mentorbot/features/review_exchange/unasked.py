"""What the exchange of reviews writes without being asked: see docs/what-it-says.md."""

from __future__ import annotations

from mentorbot.feature_api.feature import Message

MESSAGES = (
    Message(
        name="Balance",
        keys="balance on *",
        when="A pull request is opened or pushed to, or its author's credits change.",
        to="the author",
        at_most="one check run for each state",
    ),
    Message(
        name="First review given",
        keys="person */first review",
        when="Somebody gives their first review here.",
        to="the reviewer",
        at_most="once in a person's life here",
    ),
    Message(
        name="Why was it no help?",
        keys="pr*/why disputed by *",
        when="Somebody gives a review a thumbs down.",
        to="whoever gave it",
        at_most="once for each review; one nudge in 7 business days",
    ),
    Message(
        name="Request for a review",
        keys="pr*/ask *",
        when="An author spends a credit.",
        to="one person of the pool",
        at_most="one person at a time; 3 mentions a day",
    ),
    Message(
        name="Label of who has earned a review",
        keys="label ready *",
        when="An author has a credit to spend.",
        to="everybody",
        at_most="its description is written when the label is made",
    ),
    Message(
        name="Labels of the queue",
        keys="pr*/label *",
        when="A pull request enters the queue, or somebody begins to review it.",
        to="everybody",
        at_most="its description is written when the label is made",
    ),
)
