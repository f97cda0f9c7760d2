"""Answers what people want to know about the bot itself, and keeps quiet where they ask for it."""

from __future__ import annotations

from mentorbot.core.translator import phrase
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Feature, PlainWords
from mentorbot.features.help import facts, rules
from mentorbot.features.help.config import Help
from mentorbot.features.help.muting import facts as muting_facts
from mentorbot.features.help.muting import rules as muting_rules
from mentorbot.features.help.plain_words import facts as plain_words_facts
from mentorbot.features.help.plain_words import rules as plain_words_rules

FEATURE = Feature(
    name="help",
    summary=phrase(
        "Tells you what I can do for you, what I did and why, and keeps me quiet where you want that."
    ),
    config=Help,
    triggers=(
        Command(
            usage="help",
            help=phrase("What you can ask of me here."),
            who=Who.ANYONE,
            ask=facts.available_commands,
            decide=rules.explain_commands,
            short=False,
            is_default=True,
        ),
        Command(
            usage="config",
            help=phrase("Every setting in force here, and where it comes from."),
            who=Who.ANYONE,
            ask=facts.settings,
            decide=rules.show_settings,
            short=False,
        ),
        Command(
            usage="why",
            help=phrase("What I will do here, what I did, and why."),
            who=Who.ANYONE,
            ask=facts.thread_journal,
            decide=rules.explain_thread,
            short=False,
        ),
        Command(
            usage="mute [duration]",
            help=phrase("I stay quiet here for `2 weeks`, or for good. I still answer you."),
            who=Who.AUTHOR_OR_MAINTAINERS,
            ask=muting_facts.mute_request,
            decide=muting_rules.mute,
            short=False,
        ),
        Command(
            usage="unmute",
            help=phrase("I speak here again."),
            who=Who.AUTHOR_OR_MAINTAINERS,
            ask=muting_facts.mute_request,
            decide=muting_rules.unmute,
            short=False,
        ),
        PlainWords(ask=plain_words_facts.spoken_to, decide=plain_words_rules.answer),
    ),
    permissions={"issues": "write", "pull_requests": "write"},
    always_on=True,
    useful_commands=facts.useful_commands,
    example="""\
help:
  short_commands: false
""",
)
