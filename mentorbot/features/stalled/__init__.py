"""Knows whose turn it is, shows it with labels, and nudges whoever a quiet pull request waits for."""

from __future__ import annotations

from mentorbot.core import events
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Every, Feature, On
from mentorbot.features.stalled import asked, digest, facts, hearing, projection, rules
from mentorbot.features.stalled.command_line import add_commands
from mentorbot.features.stalled.config import Stalled

FEATURE = Feature(
    name="stalled",
    summary="Knows whose turn it is, and nudges whoever a quiet pull request is waiting for, once per turn.",
    config=Stalled,
    triggers=(
        On(events.PullRequestOpened, ask=hearing.changed, decide=projection.show),
        On(events.PullRequestPushed, ask=hearing.changed, decide=projection.show),
        On(events.PullRequestReopened, ask=hearing.changed, decide=projection.show),
        On(events.PullRequestMarkedReady, ask=hearing.changed, decide=projection.show),
        On(events.PullRequestConvertedToDraft, ask=hearing.changed, decide=projection.show),
        On(events.PullRequestRetitled, ask=hearing.changed, decide=projection.show),
        On(events.PullRequestLabelled, ask=hearing.changed, decide=projection.show),
        On(events.PullRequestUnlabelled, ask=hearing.changed, decide=projection.show),
        On(events.PullRequestClosed, ask=hearing.closed, decide=projection.show),
        On(events.ReviewRequested, ask=hearing.changed, decide=projection.show),
        On(events.ReviewRequestRemoved, ask=hearing.changed, decide=projection.show),
        On(events.ReviewSubmitted, ask=hearing.changed, decide=projection.show),
        On(events.ReviewEdited, ask=hearing.changed, decide=projection.show),
        On(events.ReviewDismissed, ask=hearing.changed, decide=projection.show),
        On(events.ReviewThreadResolved, ask=hearing.changed, decide=projection.show),
        On(events.ReviewThreadUnresolved, ask=hearing.changed, decide=projection.show),
        On(events.Commented, ask=hearing.spoken_in, decide=projection.show),
        On(events.CommentEdited, ask=hearing.spoken_in, decide=projection.show),
        On(events.CommentDeleted, ask=hearing.spoken_in, decide=projection.show),
        On(events.ChecksFinished, ask=hearing.checked, decide=projection.show),
        On(events.IssueClosed, ask=digest.closed_list, decide=digest.let_go),
        Every("weekday 06:00", each=facts.open_pull_requests, decide=rules.tend, fresh=facts.verified),
        Every("Monday 05:30", each=digest.weekly, decide=digest.renew),
        Command(
            usage="turn",
            help="Whose turn it is here, since when, why, and what would end it.",
            who=Who.ANYONE,
            ask=asked.asked,
            decide=asked.tell_turn,
            on="pull requests",
        ),
        Command(
            usage="ready",
            help="It is ready for review, whatever I thought: the reviewers' turn.",
            who=Who.AUTHOR,
            ask=asked.asked,
            decide=asked.ready,
            on="pull requests",
        ),
        Command(
            usage="blocked [reason]",
            help="It waits for something else, so nobody is to be nudged.",
            who=Who.AUTHOR_OR_MAINTAINERS,
            ask=asked.asked,
            decide=asked.blocked,
            on="pull requests",
        ),
        Command(
            usage="waiting <author or reviewers>",
            help="For whom it really waits.",
            who=Who.MAINTAINERS,
            ask=asked.asked,
            decide=asked.waiting,
            on="pull requests",
        ),
        Command(
            usage="snooze <duration>",
            help="No nudges here for `2 weeks`, or as long as you say.",
            who=Who.PARTIES,
            ask=asked.asked,
            decide=asked.snooze,
            on="pull requests",
        ),
    ),
    permissions={
        "actions": "read",
        "checks": "read",
        "issues": "write",
        "members": "read",
        "pull_requests": "write",
        "statuses": "read",
    },
    command_line=add_commands,
    example="""\
stalled:
  author: {after: 14 days, again: 14 days}
  reviewers: {after: 7 business days, then: [team:triage]}
  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}
  ignore: {labels: [on hold], drafts: true}
""",
)
