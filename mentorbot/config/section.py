"""A section of `mentorbot.yml`: what a maintainer can set for one feature, or for all (calendar)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """One section of the config file. Field descriptions become the reference and the JSON Schema."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class UnreadSection(Section):
    """Not read at present: the feature it is for could not be loaded where the bot runs."""

    model_config = ConfigDict(extra="allow")
