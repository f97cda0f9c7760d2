"""Which other bots act in a repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mentorbot.config.other_bots.families import read_all
from mentorbot.config.other_bots.reading import OtherBot

MOST_BOTS = 50


def found_in(texts: Mapping[str, str]) -> tuple[OtherBot, ...]:
    """The bots that these files (by path) set up and that do something here unasked, once for each file."""
    found: dict[tuple[str, str], OtherBot] = {}
    for bot in (bot for reading in read_all(texts) for bot in reading.bots if bot.habits):
        known = found.setdefault((bot.path, bot.name), bot)
        found[bot.path, bot.name] = replace(known, habits=tuple(dict.fromkeys((*known.habits, *bot.habits))))
    return tuple(found.values())[:MOST_BOTS]
