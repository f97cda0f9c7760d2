"""A section of `mentorbot.yml`: what a maintainer can set for one feature, or for all (calendar)."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise
from typing import ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


def _off_is_none(value: object) -> object:
    off = value is False or (isinstance(value, str) and value.strip().lower() in {"off", "no"})
    return None if off else value


OFF_IS_NONE = BeforeValidator(_off_is_none)
"""For fields that can be None: `off` (or `no`) switches the one thing off, and is no text of one word."""


class Section(BaseModel):
    """One section of the config file. Field descriptions become the reference and the JSON Schema.

    A field's description is the text below it. Few processes ever ask for one, and it takes longer to find
    than all else about a class: pydantic, which would look at each import, is not told to.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    scalar: ClassVar[str] = ""
    """Where the whole section is one value (`language: de`): the field that it goes into."""

    @property
    def own_labels(self) -> frozenset[str]:
        """Labels that the bot itself puts on and takes off: they tell nothing of what a thread is about."""
        return frozenset()

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core_schema)
        keys = handler.resolve_ref_schema(schema).get("properties", {})
        for name, about in cls.model_fields.items():
            described = keys.get(about.alias or name)
            text = next(filter(None, (_texts_below_fields(one).get(name) for one in cls.__mro__)), None)
            if described is not None and text is not None:
                described.setdefault("description", text)
        return schema


class UnreadSection(Section):
    """Not read at present: the feature it is for could not be loaded where the bot runs."""

    model_config = ConfigDict(extra="allow")


@cache
def _texts_below_fields(model: type) -> dict[str, str]:
    """The text below each field that the class itself has; nothing where its source is not at hand."""
    if not issubclass(model, Section):
        return {}
    try:
        [found] = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    except (OSError, TypeError):
        return {}
    assert isinstance(found, ast.ClassDef)  # noqa: S101 - the source of a class is one
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(found.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
