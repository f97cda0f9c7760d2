"""What is said about a review that waits: a question after a 👎, and answers to thanks."""

from __future__ import annotations

from mentorbot.core.markdown import code, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import say, translator
from mentorbot.features.review_exchange.ledger.ledger import Entry
from mentorbot.features.review_exchange.phrasing import login
from mentorbot.features.review_exchange.scoring.messages import why_refused


def why_disputed(by: Person, reviewer: Person) -> str:
    """A question to whoever gave a 👎, asked once."""
    return say(
        "{name}, you gave the review by {reviewer} a 👎, so it earns nothing for now. What would have helped "
        "you more? One sentence is enough, and it helps the next review. If you didn't mean it, take the 👎 "
        "back. A maintainer can still confirm the review with {command}.",
        name=mention(by),
        reviewer=login(reviewer),
        command=code(f"{translator().slash}thanks @{reviewer.login}"),
    )


def a_maintainer_confirms(reviewer: Person) -> str:
    """Said where thanks are heard, but a maintainer is to confirm."""
    return say(
        "That is kind. A maintainer has to confirm the review by {name} before it counts.",
        name=login(reviewer),
    )


def to_oneself() -> str:
    return say("You can't thank yourself. Name the person who reviewed.")


def nothing_to_thank_for(reviewer: Person, state: Entry | None) -> str:
    if state is None:
        return say(
            "That is kind. I see no review by {name} here yet that could earn a credit.", name=login(reviewer)
        )
    return say(
        "That is kind. The review by {name} can't earn a credit: {why}.",
        name=login(reviewer),
        # Translators: it follows "The review does not count: …", or stands for itself in a list.
        why=why_refused(state),
    )
