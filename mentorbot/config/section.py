"""A section of `mentorbot.yml`: what a maintainer can set for one feature, or for all (calendar)."""

from __future__ import annotations

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _off_is_none(value: object) -> object:
    off = value is False or (isinstance(value, str) and value.strip().lower() in {"off", "no"})
    return None if off else value


OFF_IS_NONE = BeforeValidator(_off_is_none)
"""For fields that can be None: `off` (or `no`) switches the one thing off, and is no text of one word."""


class Section(BaseModel):
    """One section of the config file. Field descriptions become the reference and the JSON Schema."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class UnreadSection(Section):
    """Not read at present: the feature it is for could not be loaded where the bot runs."""

    model_config = ConfigDict(extra="allow")
