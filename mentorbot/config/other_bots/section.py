"""Whether what other bots do here is left to them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import Field

from mentorbot.config.section import Section

OTHER_BOTS = "other_bots"
"""The name of the section."""


class OtherBotsSection(Section):
    """Other bots here: as long as one greets, celebrates first merges or reminds authors, that is left to it.

    Which there are is read from their files on the default branch: `.github/stale.yml`, `.github/config.yml`,
    `.github/boring-cyborg.yml`, `triagebot.toml` and workflows. Nothing is held back with `other_bots: off`.
    """

    ignore: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        default=(), max_length=50, examples=[[".github/stale.yml", ".github/workflows/greet*"]]
    )
    """Files that don't count, as their bot or workflow is switched off: paths, or patterns for them."""

    def ignores(self, path: str) -> bool:
        return any(fnmatchcase(path, pattern) for pattern in self.ignore)
