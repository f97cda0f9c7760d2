"""Stories happen in a world: a small GitHub and the whole bot."""

from __future__ import annotations

from tests.living import bot, github, settings, world

__all__ = ["bot", "github", "settings", "world"]
