"""In which words a repository is spoken to."""

from __future__ import annotations

from mentorbot.config.configuration import Configuration
from mentorbot.core.translator import Translator
from mentorbot.feature_api.command_spelling import command_prefix


def translator_for(configuration: Configuration) -> Translator:
    """Speaks the repository's language, by its clock, and spells commands as it understands them."""
    return Translator(
        configuration.language, zone=configuration.calendar.zone, slash=command_prefix(configuration)
    )
