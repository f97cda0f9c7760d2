"""The language of a repository: of everything that is written there."""

from __future__ import annotations

import re
from typing import ClassVar, Protocol, runtime_checkable

from pydantic import field_validator

from mentorbot.config.section import Section
from mentorbot.core.did_you_mean import nearest
from mentorbot.core.languages import LANGUAGES, SOURCE
from mentorbot.core.markdown import code
from mentorbot.core.translator import say

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
        known = {one.lower(): one for one in LANGUAGES}
        wanted = language.lower().replace("_", "-")
        if wanted in known:
            return known[wanted]
        near = _meant(wanted)
        if near:
            raise ValueError(
                say(
                    "I don't speak {language}: did you mean {meant}?",
                    language=code(language),
                    meant=code(near),
                )
            )
        every = ", ".join(map(code, LANGUAGES))
        raise ValueError(
            say("I don't speak {language}: write one of {known}", language=code(language), known=every)
        )


def _meant(wanted: str) -> str:
    """The language that somebody probably means: by a part of its code, by its name, or by a slip."""
    from babel.core import Locale  # noqa: PLC0415 - only for those who wrote what isn't known

    names: dict[str, str] = {}
    for one, own_name in LANGUAGES.items():
        english_name = Locale.parse(one, sep="-").get_display_name("en") or one
        whole = [name.lower() for name in (one, own_name, english_name)]
        names |= dict.fromkeys((*whole, *(re.split(r"[ -]", name)[0] for name in whole)), one)
    found = names.get(wanted) or names.get(wanted.partition("-")[0])
    return found or names.get(nearest(wanted, names, cutoff=0.6), "")
