"""Knows whose turn it is, shows it with labels, and nudges whoever a quiet pull request waits for."""

from __future__ import annotations

from mentorbot.core import events
from mentorbot.core.actions import Occasion
from mentorbot.core.translator import phrase
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Every, Feature, On
from mentorbot.feature_api.simulation import Simulates
from mentorbot.features.stalled.coming import coming
from mentorbot.features.stalled.commands import facts as command_facts
from mentorbot.features.stalled.commands import rules as command_rules
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.labels import facts as label_facts
from mentorbot.features.stalled.labels import rules as label_rules
from mentorbot.features.stalled.learning import facts as learning_facts
from mentorbot.features.stalled.learning import rules as learning_rules
from mentorbot.features.stalled.nudges import facts as nudge_facts
from mentorbot.features.stalled.nudges.forecast import forecast
from mentorbot.features.stalled.nudges.rules import nudge
from mentorbot.features.stalled.release import facts as release_facts
from mentorbot.features.stalled.release import rules as release_rules
from mentorbot.features.stalled.simulation import nudges_of
from mentorbot.features.stalled.turns_command_line import add_turns_commands
from mentorbot.features.stalled.unasked import MESSAGES
from mentorbot.features.stalled.useful_commands import useful_commands
from mentorbot.features.stalled.weekly_digest import facts as digest_facts
from mentorbot.features.stalled.weekly_digest import rules as digest_rules

FEATURE = Feature(
    name="stalled",
    summary=phrase(
        "Knows whose turn it is, and reminds whoever a quiet pull request waits for, once per turn."
    ),
    config=Stalled,
    triggers=(
        On(events.PullRequestOpened, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.PullRequestPushed, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.PullRequestReopened, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.PullRequestMarkedReady, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.PullRequestConvertedToDraft, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.PullRequestRetitled, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.PullRequestLabelled, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.PullRequestUnlabelled, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.PullRequestClosed, ask=label_facts.closed, decide=label_rules.sync_labels),
        On(events.ReviewRequested, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.ReviewRequestRemoved, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.ReviewSubmitted, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.ReviewEdited, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.ReviewDismissed, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.ReviewThreadResolved, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.ReviewThreadUnresolved, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.Commented, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.CommentEdited, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.CommentDeleted, ask=label_facts.changed, decide=label_rules.sync_labels),
        On(events.ChecksFinished, ask=label_facts.checked, decide=label_rules.sync_labels),
        On(events.IssueClosed, ask=digest_facts.closed_list, decide=digest_rules.respect_closing),
        Every(
            "weekday 06:00",
            each=nudge_facts.open_pull_requests,
            decide=nudge.nudge_and_sync,
            fresh=nudge_facts.verified,
        ),
        Every("Monday 05:30", each=digest_facts.weekly, decide=digest_rules.renew),
        Command(
            usage="turn",
            help=phrase("Whose turn it is here, since when, and why."),
            who=Who.ANYONE,
            ask=command_facts.turn_command,
            decide=command_rules.tell_turn,
            on="pull requests",
        ),
        Command(
            usage="ready",
            help=phrase("It is ready for review: the reviewers' turn."),
            who=Who.AUTHOR,
            ask=command_facts.turn_command,
            decide=command_rules.ready,
            on="pull requests",
        ),
        Command(
            usage="blocked [reason]",
            help=phrase("It waits for something else: no reminders."),
            who=Who.AUTHOR_OR_MAINTAINERS,
            ask=command_facts.turn_command,
            decide=command_rules.blocked,
            on="pull requests",
        ),
        Command(
            usage="waiting <author or reviewers>",
            help=phrase("Who it really waits for."),
            who=Who.MAINTAINERS,
            ask=command_facts.turn_command,
            decide=command_rules.waiting,
            on="pull requests",
        ),
        Command(
            usage="snooze <duration>",
            help=phrase("No reminders here for `2 weeks`, or as long as you say."),
            who=Who.PARTIES,
            ask=command_facts.turn_command,
            decide=command_rules.snooze,
            on="pull requests",
        ),
        Command(
            usage="nudges on",
            help=phrase("Lets me remind authors again, after too many corrections."),
            who=Who.MAINTAINERS,
            ask=learning_facts.going_on,
            decide=learning_rules.let_go_on,
            short=False,
        ),
        # Schedules are known by their place here: what is new comes last.
        On(events.Commented, ask=learning_facts.comment, decide=learning_rules.keep_nudge),
        Every("weekday 05:00", each=learning_facts.votes, decide=learning_rules.learn),
        Command(
            usage="nudges release [all]",
            help=phrase("Lets me remind people in what has been quiet for half a year: here, or in all."),
            who=Who.MAINTAINERS,
            ask=release_facts.release,
            decide=release_rules.let_go,
            short=False,
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
    command_line=add_turns_commands,
    simulates=Simulates(Occasion.NUDGE, nudges_of),
    coming=coming,
    useful_commands=useful_commands,
    forecast=forecast,
    messages=MESSAGES,
    example="""\
stalled:
  author: {after: 14 days, again: 14 days}
  reviewers: {after: 7 business days, then: [team:triage]}
  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}
  ignore: {labels: [on hold], drafts: true}
""",
    starter="""\
stalled:
  author: {after: 14 days, again: 14 days}
  reviewers: {after: 7 business days, again: 7 business days}
""",
)
