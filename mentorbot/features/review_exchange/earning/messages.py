"""What is said about a review that waits: a question after a 👎, and answers to thanks."""

from __future__ import annotations

from mentorbot.core.markdown import as_text, code, mention
from mentorbot.core.people import Person
from mentorbot.features.review_exchange.ledger.ledger import Entry
from mentorbot.features.review_exchange.scoring.messages import why_refused


def why_disputed(by: Person, reviewer: Person, *, slash: str) -> str:
    """A question to whoever gave a 👎, asked once."""
    return (
        f"{mention(by)}, you gave the review by {as_text(reviewer.login)} a 👎, so it earns nothing for now. "
        "What would have helped you more? A sentence is enough, and it helps whoever reviews next. If it was "
        "a slip, take the 👎 back; and a maintainer can always settle it with "
        f"{code(f'{slash}thanks @{reviewer.login}')}."
    )


def a_maintainer_confirms(reviewer: Person) -> str:
    """Said where thanks are heard, but a maintainer is to confirm."""
    return f"How kind. A maintainer confirms the part of a credit for {as_text(reviewer.login)}."


def nothing_to_thank_for(reviewer: Person, state: Entry | None) -> str:
    who = as_text(reviewer.login)
    if state is None:
        return f"I have seen no review by {who} here that could earn anything, but your thanks are heard."
    why = why_refused(state)
    return f"The review by {who} doesn't earn anything, as {why}. Your thanks are heard all the same."
