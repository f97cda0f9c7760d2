"""What is answered to people who speak to the bot as to a person."""

from __future__ import annotations

from dataclasses import replace

from mentorbot.core.plan import Plan, refuse
from mentorbot.core.translator import say
from mentorbot.feature_api.records import remember
from mentorbot.features.help.config import Help
from mentorbot.features.help.plain_words.facts import SpokenTo, ToldHowToAsk

COMMANDS = "https://github.com/mentorbot/mentorbot/blob/main/docs/commands.md"


def answer(facts: SpokenTo, _section: Help) -> Plan:
    """Whoever speaks to the bot sees that it did not understand; once a thread they are told how to ask."""
    because = say(
        "@{login} said “{said}” to me, which I do not understand", login=facts.by.login, said=facts.said[:100]
    )
    if facts.was_told:
        return refuse("", because=because)
    refused = refuse(
        # Translators: keep [ and ]({where}): the words between them become a link.
        say(
            "I am a bot and only understand [commands]({where}). To see yours, write `/mentorbot help` on a "
            "line of its own.",
            where=COMMANDS,
        ),
        because=because,
    )
    told = remember(ToldHowToAsk(facts.number), key=facts.key, whose=facts.by.id)
    return replace(refused, actions=(*refused.actions, told))
