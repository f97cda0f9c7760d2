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
from mentorbot.features.help.silence import facts as silence_facts
from mentorbot.features.help.silence import rules as silence_rules

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
        Command(
            usage="leave me alone",
            help=phrase(
                "Nothing from me to you, in any repository, until you say otherwise. I still answer you."
            ),
            who=Who.ANYONE,
            ask=silence_facts.contact_wish,
            decide=silence_rules.leave_alone,
            short=False,
        ),
        Command(
            usage="talk to me",
            help=phrase("Ends that."),
            who=Who.ANYONE,
            ask=silence_facts.contact_wish,
            decide=silence_rules.talk_again,
            short=False,
        ),
        Command(
            usage="pause <duration>",
            help=phrase(
                "Nothing unasked-for from me in this repository, for `1 week`. I still answer commands."
            ),
            who=Who.MERGERS,
            ask=silence_facts.pause_request,
            decide=silence_rules.pause,
            short=False,
        ),
        Command(
            usage="resume",
            help=phrase("Ends that pause."),
            who=Who.MERGERS,
            ask=silence_facts.pause_request,
            decide=silence_rules.resume,
            short=False,
        ),
        Command(
            usage="greet <all|none>",
            help=phrase(
                "Sends the greetings that I hold back as too many people came at once, or drops them."
            ),
            who=Who.MAINTAINERS,
            ask=silence_facts.greetings_decision,
            decide=silence_rules.decide_greetings,
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
