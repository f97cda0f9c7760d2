"""Which other bots act in a repository."""

from __future__ import annotations

from collections.abc import Mapping

from mentorbot.config.other_bots.families import read_all
from mentorbot.config.other_bots.reading import OtherBot


def found_in(texts: Mapping[str, str]) -> tuple[OtherBot, ...]:
    """The bots that these files (by path) set up and that do something here unasked, each step on its own."""
    return tuple(bot for reading in read_all(texts) for bot in reading.bots if bot.habits)
