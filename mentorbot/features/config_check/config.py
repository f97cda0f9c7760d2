"""What a maintainer can set for the check of the config file itself."""

from __future__ import annotations

from mentorbot.config.section import Section


class ConfigCheck(Section):
    """The check of this very file. It works without this section, too."""

    issue: bool = True
    """Open an issue while the file on the default branch can't be used; it is closed once that is mended."""
