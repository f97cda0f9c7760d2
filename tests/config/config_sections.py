"""Sections for tests of the config file, with a bit of everything that can be set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, HttpUrl

from mentorbot.config.calendar import CalendarSection
from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.config.durations import Duration
from mentorbot.config.keys import FormerNames
from mentorbot.config.section import Section
from mentorbot.config.templates import Offers, Template


class Rung(Section):
    """A rung of a ladder."""

    after: Duration = Duration.parse("14 days")
    again: Annotated[Duration, FormerNames("repeat")] = Duration.parse("14 days")


class Mentor(Section):
    """A mentor."""

    login: str
    capacity: int = Field(default=1, ge=1, le=9)


class Stalled(Section):
    """A section with a bit of everything."""

    author: Rung = Rung()
    areas: dict[str, Rung] = Field(default_factory=dict)
    mentors: Annotated[tuple[Mentor, ...], FormerNames("people")] = ()
    text: Annotated[Template, Offers(author="who")] = Template("default")
    kind: Literal["quick", "slow"] = "quick"
    labels: str | tuple[str, ...] = ()
    drafts: bool = False
    share: float = Field(default=0.5, gt=0, lt=1)
    start: date | None = None
    guide: HttpUrl | None = None
    code: str = Field(default="ab", pattern="^[a-z]+$", min_length=2, max_length=4)
    few: tuple[int, ...] = Field(default=(1,), min_length=1, max_length=2)


SECTIONS: Mapping[str, type[Section]] = {"calendar": CalendarSection, "stalled": Stalled}


def read(
    text: str | None, *, owner: str | None = None, last_good: Mapping[str, Any] | None = None
) -> Configuration:
    return read_configuration(
        [
            Source("owner", "acme/.github", CONFIG_PATH, owner),
            Source("repository", "acme/rockets", CONFIG_PATH, text),
        ],
        sections=SECTIONS,
        last_good=last_good or {},
    )


def stalled(configuration: Configuration) -> Stalled:
    section = configuration.section("stalled")
    assert isinstance(section, Stalled)
    return section
