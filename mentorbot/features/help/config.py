"""What a maintainer can set for the bot's answers about itself."""

from __future__ import annotations

from mentorbot.config.section import Section


class Help(Section):
    """The commands about the bot itself. They are there without this section, too."""

    short_commands: bool = True
    """Understand `/turn` beside `/mentorbot turn`. Switch it off where another bot knows the same words."""
