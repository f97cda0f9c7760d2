from __future__ import annotations

from mentorbot.config.configuration import Configuration
from mentorbot.config.section import Section
from mentorbot.feature_api.command_spelling import command_prefix


class Chat(Section):
    short_commands: bool = True


class Tea(Section):
    """Says nothing about commands."""


def test_commands_are_short_unless_any_section_says_otherwise() -> None:
    def prefix(**sections: Section) -> str:
        return command_prefix(Configuration(exists=True, sections=sections))

    assert prefix() == "/"
    assert prefix(chat=Chat(), tea=Tea()) == "/"
    assert prefix(chat=Chat(short_commands=False), tea=Tea()) == "/mentorbot "
