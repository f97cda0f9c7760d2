"""Whether anything is written: live, or in shadow, where everything is heard and nothing said."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import field_validator

from mentorbot.config.section import Section
from mentorbot.core.did_you_mean import nearest
from mentorbot.core.markdown import code
from mentorbot.core.translator import say

MODE = "mode"
"""The name of the section."""


class Mode(StrEnum):
    LIVE = "live"
    SHADOW = "shadow"


class ModeSection(Section):
    """Whether anything is written here: `live`, or `shadow` to try it out.

    In shadow everything is heard and nothing is written: no comment, reaction, label, review request or
    issue, and commands get no answer. The check of this file, the pages and the weekly issue at the `desk`
    tell what would have been said. What happened in shadow is past once you go live; reminders begin then.
    """

    scalar: ClassVar[str] = MODE

    mode: str = Mode.LIVE
    """`live` or `shadow`."""

    @field_validator("mode", mode="before")
    @classmethod
    def _is_known(cls, mode: object) -> str:
        if not isinstance(mode, str):
            raise ValueError(say("this is no mode: write `live` or `shadow`"))  # noqa: TRY004 - as pydantic has it
        wanted = mode.strip().lower()
        if wanted in set(Mode):
            return wanted
        near = nearest(wanted, list(Mode), cutoff=0.6)
        if near:
            raise ValueError(
                say("there is no mode {mode}: did you mean {meant}?", mode=code(mode), meant=code(near))
            )
        raise ValueError(say("there is no mode {mode}: write `live` or `shadow`", mode=code(mode)))
