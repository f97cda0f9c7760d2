"""The language of a repository: of everything that is written there."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable

from pydantic import field_validator

from mentorbot.config.section import Section
from mentorbot.core.did_you_mean import nearest
from mentorbot.core.languages import LANGUAGES, SOURCE
from mentorbot.core.markdown import code

LANGUAGE = "language"
"""The name of the section, and of the field in sections that could once name one."""


@runtime_checkable
class NamesLanguage(Protocol):
    """A section that may say in which language everything is written; empty where it says nothing."""

    @property
    def language(self) -> str: ...


class LanguageSection(Section):
    """What everything written here is written in: comments, check runs, labels, issues and pages."""

    scalar: ClassVar[str] = LANGUAGE

    language: str = SOURCE
    """Commands stay English."""

    @field_validator("language")
    @classmethod
    def _is_known(cls, language: str) -> str:
        known = {code.lower(): code for code in LANGUAGES}
        wanted = language.lower().replace("_", "-")
        if wanted in known:
            return known[wanted]
        near = known.get(wanted.partition("-")[0]) or nearest(wanted, known, cutoff=0.6)
        hint = (
            f"did you mean `{near}`?"
            if near
            else f"write one of {', '.join(f'`{one}`' for one in LANGUAGES)}"
        )
        raise ValueError(f"there is no language {code(language)} here: {hint}")
