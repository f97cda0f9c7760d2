"""What `/exchange` answers: in at most four short lines what was done, or what is missing."""

from __future__ import annotations

from datetime import datetime

from mentorbot.core.translator import say, say_day
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.phrasing import in_credits, login
from mentorbot.features.review_exchange.redeem.exchanges import Exchange


def is_closed() -> str:
    return say("This pull request is closed, so a review can't help it. Use the credit on an open one.")


def is_draft() -> str:
    return say(
        "This is still a draft. Press **Ready for review** at the end of the page, then write "
        "`{slash}exchange` again."
    )


def not_enough(balance: int, section: ReviewExchange) -> str:
    return say(
        "This takes one credit, and you have {amount}. To earn more, review a pull request: `{slash}suggest "
        "reviews` finds some. Nobody needs a credit to be reviewed.",
        amount=in_credits(balance, section),
    )


def runs_already(exchange: Exchange, *, place: int, length: int) -> str:
    return say(
        "You asked for a review here on {day}. You are number {place} of {length} in the queue, so "
        "just wait.",
        day=say_day(exchange.since),
        place=place,
        length=length,
    )


def spent(
    exchange: Exchange, left: int, section: ReviewExchange, *, place: int, length: int, until: datetime
) -> str:
    lines = [
        say("Done: your first review here is free.")
        if exchange.free
        else say("Done: one credit is spent here. Credits left: {amount}.", amount=in_credits(left, section)),
        say("You are number {place} of {length} in the queue.", place=place, length=length),
        say("I ask {name} for a review.", name=login(exchange.asked[-1].person))
        if exchange.asked
        else say("I ask somebody for a review as soon as I can."),
        say("No review until {day}? Then you get the credit back.", day=say_day(until))
        if not exchange.free
        else say("No review until {day}? Then you get a credit for the next try.", day=say_day(until)),
    ]
    return "\n".join(lines)
