"""The desk: the private repository where maintainers are told what is not for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field

from mentorbot.config.section import Section

DESK = "desk"
"""The name of the section."""

FullName = Annotated[str, Field(max_length=140, pattern=r"^([\w.-]+/[\w.-]+)?$")]


def desk_in(sections: Mapping[str, Section]) -> DeskSection:
    """The desk that these sections name, and which repositories they say this one is the desk of."""
    section = sections.get(DESK)
    return section if isinstance(section, DeskSection) else DeskSection()


class DeskSection(Section):
    """The private repository of the same owner where maintainers are told what is not for everybody.

    While a project is in shadow (`mode`), its desk gets one issue a week with what would have been said; the
    weekly summaries of `mentoring` go there, too. Both sides have to agree: the project names its desk with
    `at`, the desk its projects with `for`.
    """

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    at: FullName = Field(default="", examples=["acme/mentoring-desk"])
    """In a project: its desk. A private repository of the same owner in which I am installed, too."""

    projects: tuple[FullName, ...] = Field(
        default=(), max_length=50, alias="for", examples=[["acme/rockets"]]
    )
    """In the desk's own config: the repositories that it is the desk of."""

    def is_at(self, full_name: str) -> bool:
        """True where this repository is named as the desk."""
        return bool(self.at) and self.at.lower() == full_name.lower()
