"""What is answered to questions about the bot itself."""

from __future__ import annotations

from mentorbot.core.actions import Answer
from mentorbot.core.plan import Plan, plan
from mentorbot.core.translator import say
from mentorbot.features.help import messages
from mentorbot.features.help.config import Help
from mentorbot.features.help.facts import AvailableCommands, SettingsInForce, ThreadJournal


def explain_commands(facts: AvailableCommands, _section: Help) -> Plan:
    """Whoever asks for help is told what they, themselves, can do here."""
    return plan(
        Answer(text=messages.what_i_can_do(facts)),
        because=say("@{login} asked what I can do here", login=facts.by.login),
    )


def show_settings(facts: SettingsInForce, _section: Help) -> Plan:
    """Every setting is shown with the file it comes from, and every problem with its line."""
    return plan(
        Answer(text=messages.settings(facts.configuration)),
        because=say("@{login} asked for the settings", login=facts.by.login),
    )


def explain_thread(facts: ThreadJournal, _section: Help) -> Plan:
    """What the bot did and left alone here is told in the words of its journal."""
    return plan(
        Answer(text=messages.thread_journal(facts)),
        because=say("@{login} asked why", login=facts.by.login),
    )
