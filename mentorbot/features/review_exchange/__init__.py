"""Two reviews given, one earned: reviewing others' pull requests earns a review of one's own."""

from __future__ import annotations

from mentorbot.core.events import (
    CommentDeleted,
    Commented,
    CommentEdited,
    PullRequestClosed,
    PullRequestMarkedReady,
    PullRequestOpened,
    PullRequestPushed,
    ReviewDismissed,
    ReviewEdited,
    ReviewSubmitted,
)
from mentorbot.core.translator import phrase
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Every, Feature, On, Trigger
from mentorbot.features.review_exchange.account.facts import gift, old_credits, statement
from mentorbot.features.review_exchange.account.rules import expire, give, tell
from mentorbot.features.review_exchange.command_line import add_commands
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.earning.facts import thanks, unconfirmed_reviews
from mentorbot.features.review_exchange.earning.rules import confirm, thank
from mentorbot.features.review_exchange.labels.facts import author_balance
from mentorbot.features.review_exchange.labels.rules import show
from mentorbot.features.review_exchange.reassignment.facts import owed_reviews
from mentorbot.features.review_exchange.reassignment.rules import reassign_or_refund
from mentorbot.features.review_exchange.redeem.facts import redeem_request
from mentorbot.features.review_exchange.redeem.rules import redeem
from mentorbot.features.review_exchange.scoring.facts import closed, pushed, remark
from mentorbot.features.review_exchange.scoring.rules import weigh
from mentorbot.features.review_exchange.suggestions.facts import suggestions
from mentorbot.features.review_exchange.suggestions.rules import propose
from mentorbot.features.review_exchange.unasked import MESSAGES
from mentorbot.features.review_exchange.useful_commands import useful_commands

_TRIGGERS: tuple[Trigger[ReviewExchange], ...] = (
    On(ReviewSubmitted, ask=remark, decide=weigh),
    On(ReviewEdited, ask=remark, decide=weigh),
    On(ReviewDismissed, ask=remark, decide=weigh),
    On(Commented, ask=remark, decide=weigh),
    On(CommentEdited, ask=remark, decide=weigh),
    On(CommentDeleted, ask=remark, decide=weigh),
    On(PullRequestPushed, ask=pushed, decide=weigh),
    On(PullRequestClosed, ask=closed, decide=weigh),
    On(PullRequestOpened, ask=author_balance, decide=show),
    On(PullRequestMarkedReady, ask=author_balance, decide=show),
    On(PullRequestPushed, ask=author_balance, decide=show),
    Every("hour", each=unconfirmed_reviews, decide=confirm),
    Every("hour", each=owed_reviews, decide=reassign_or_refund),
    Every("day 05:00", each=old_credits, decide=expire),
    Command(
        "credits [@user]",
        help=phrase("Your credits (or somebody's), and where they come from."),
        who=Who.ANYONE,
        ask=statement,
        decide=tell,
    ),
    Command(
        "credits give @user <number> [reason]",
        help=phrase("Gives somebody credits."),
        who=Who.MAINTAINERS,
        on="pull requests",
        ask=gift,
        decide=give,
    ),
    Command(
        "exchange",
        help=phrase("Spends one credit: I ask somebody to review this pull request."),
        who=Who.AUTHOR,
        on="pull requests",
        ask=redeem_request,
        decide=redeem,
    ),
    Command(
        "thanks @reviewer",
        help=phrase("Says that a review helped, so that it counts at once."),
        who=Who.AUTHOR_OR_MAINTAINERS,
        on="pull requests",
        ask=thanks,
        decide=thank,
    ),
    Command(
        "suggest reviews",
        help=phrase("Finds three pull requests that you could review."),
        who=Who.ANYONE,
        ask=suggestions,
        decide=propose,
    ),
)

FEATURE = Feature(
    name="review_exchange",
    summary=phrase("Lets people earn a review of their own pull request by reviewing those of others."),
    config=ReviewExchange,
    triggers=_TRIGGERS,
    permissions={"checks": "write", "contents": "read", "issues": "write", "pull_requests": "write"},
    command_line=add_commands,
    useful_commands=useful_commands,
    messages=MESSAGES,
    example="""\
review_exchange:
  give: 2
  get: 1
  silence: 7 days
  reviewers: [team:triage]
  labels:
    ready: "exchange: earned"
    wanted: "exchange: review wanted"
    in_review: "exchange: in review"
""",
)
