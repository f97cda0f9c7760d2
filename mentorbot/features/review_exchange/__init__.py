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
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Every, Feature, On, Trigger
from mentorbot.features.review_exchange import (
    balances,
    confirming,
    facts,
    owing,
    rules,
    spending,
    suggesting,
    thanking,
)
from mentorbot.features.review_exchange.command_line import add_commands
from mentorbot.features.review_exchange.config import ReviewExchange

_TRIGGERS: tuple[Trigger[ReviewExchange], ...] = (
    On(ReviewSubmitted, ask=facts.remark, decide=rules.weigh),
    On(ReviewEdited, ask=facts.remark, decide=rules.weigh),
    On(ReviewDismissed, ask=facts.remark, decide=rules.weigh),
    On(Commented, ask=facts.remark, decide=rules.weigh),
    On(CommentEdited, ask=facts.remark, decide=rules.weigh),
    On(CommentDeleted, ask=facts.remark, decide=rules.weigh),
    On(PullRequestPushed, ask=facts.pushed, decide=rules.weigh),
    On(PullRequestClosed, ask=facts.closed, decide=rules.weigh),
    On(PullRequestOpened, ask=facts.shown, decide=rules.show),
    On(PullRequestMarkedReady, ask=facts.shown, decide=rules.show),
    On(PullRequestPushed, ask=facts.shown, decide=rules.show),
    Every("hour", each=confirming.unconfirmed, decide=confirming.confirm),
    Every("hour", each=owing.owed, decide=owing.see_to_it),
    Every("day 05:00", each=balances.old_credits, decide=balances.expire),
    Command(
        "credits [@user]",
        help="Shows what you (or somebody) earned by reviewing, with reasons.",
        who=Who.ANYONE,
        ask=balances.account,
        decide=balances.tell,
    ),
    Command(
        "credits give @user <number> [reason]",
        help="Gives somebody credits.",
        who=Who.MAINTAINERS,
        on="pull requests",
        ask=balances.gift,
        decide=balances.give,
    ),
    Command(
        "exchange",
        help="Spends a credit on this pull request: a reviewer is found for it.",
        who=Who.AUTHOR,
        on="pull requests",
        ask=spending.wish,
        decide=spending.spend,
    ),
    Command(
        "thanks @reviewer",
        help="Says that a review helped: it earns its part of a credit at once.",
        who=Who.AUTHOR_OR_MAINTAINERS,
        on="pull requests",
        ask=thanking.thanks,
        decide=thanking.thank,
    ),
    Command(
        "suggest reviews",
        help="Finds three pull requests that you could review, each with the reason.",
        who=Who.ANYONE,
        ask=suggesting.suggestions,
        decide=suggesting.propose,
    ),
)

FEATURE = Feature(
    name="review_exchange",
    summary="Lets people earn a review of their own pull request by reviewing those of others.",
    config=ReviewExchange,
    triggers=_TRIGGERS,
    permissions={"checks": "write", "contents": "read", "issues": "write", "pull_requests": "write"},
    command_line=add_commands,
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
