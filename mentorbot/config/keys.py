"""What can be written where in `mentorbot.yml`: the keys each place knows, and the names keys had before."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from mentorbot.config.section import Section
from mentorbot.config.yaml_reader import Place
from mentorbot.core.markdown import code
from mentorbot.core.translator import say

FORMER_NAMES = "x-former-names"


class FormerNames:
    """Marks a field whose key had another name before; a config key is a promise, so old names go on working.

    `after: Annotated[Duration, FormerNames("delay")]`
    """

    def __init__(self, *names: str) -> None:
        self.names = names

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), FORMER_NAMES: list(self.names)}


@dataclass(frozen=True, slots=True)
class RenamedKeys:
    """Which places were written under a former name: present place → the key that stands in the file."""

    written_as: Mapping[Place, str] = field(default_factory=dict)

    def written(self, place: Place) -> Place:
        return tuple(self.written_as.get(place[: end + 1], part) for end, part in enumerate(place))


def with_current_names(
    values: Mapping[str, Any], sections: Mapping[str, type[Section]]
) -> tuple[dict[str, Any], RenamedKeys, list[tuple[Place, str]]]:
    """The values with today's names for keys, what was moved, and what has both names (with a message)."""
    written_as: dict[Place, str] = {}
    doubled: list[tuple[Place, str]] = []

    def renamed(value: Any, shapes: Sequence[Any], place: Place, written: Place) -> Any:
        if isinstance(value, list):
            return [
                renamed(item, _inside(shapes, index), (*place, index), (*written, index))
                for index, item in enumerate(value)
            ]
        if not isinstance(value, dict):
            return value
        former = _former_names(shapes)
        result = {}
        for key, item in value.items():
            name = former[key] if key in former else str(key)
            here, there = (*place, name), (*written, key)
            if name != key and name in value:
                twice = say(
                    "{former} is the former name of {name}: keep only {name}.",
                    former=code(key),
                    name=code(name),
                )
                doubled.append((there, twice))
                continue
            if name != key:
                written_as[here] = key
            result[name] = renamed(item, _inside(shapes, name), here, there)
        return result

    present = {
        name: renamed(value, (sections[name],), (name,), (name,)) if name in sections else value
        for name, value in values.items()
    }
    return present, RenamedKeys(written_as), doubled


def contains(value: Any, part: str | int) -> bool:
    """True where JSON has something under this key or at this place of a list."""
    if isinstance(value, Mapping):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and part < len(value)


def keys_known_at(model: type[Section], place: Place) -> tuple[str, ...]:
    """The keys that may be written in the mapping at `place` (the section's name left out)."""
    shapes: Sequence[Any] = (model,)
    for part in place:
        shapes = _inside(shapes, part)
    return tuple(dict.fromkeys(_key(name, shape) for shape in _models(shapes) for name in shape.model_fields))


def _key(name: str, model: type[BaseModel]) -> str:
    return model.model_fields[name].alias or name


def _former_names(shapes: Sequence[Any]) -> dict[str, str]:
    return {
        former: _key(name, model)
        for model in _models(shapes)
        for name, about in model.model_fields.items()
        for names in about.metadata
        if isinstance(names, FormerNames)
        for former in names.names
    }


def _inside(shapes: Sequence[Any], part: str | int) -> tuple[Any, ...]:
    """The annotations of what stands under `part` in values of these shapes."""
    return tuple(inner for shape in shapes for inner in _inside_one(shape, part))


def _inside_one(shape: Any, part: str | int) -> Iterator[Any]:
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        for name, about in shape.model_fields.items():
            if _key(name, shape) == part:
                yield from _unwrapped(about.annotation)
        return
    arguments = get_args(shape)
    container = get_origin(shape)
    if not arguments or not isinstance(container, type):
        return
    if issubclass(container, Mapping) and isinstance(part, str):
        yield from _unwrapped(arguments[-1])
    if issubclass(container, Sequence | frozenset | set) and isinstance(part, int):
        yield from _unwrapped(arguments[0])


def _models(shapes: Sequence[Any]) -> Iterator[type[BaseModel]]:
    for shape in shapes:
        if isinstance(shape, type) and issubclass(shape, BaseModel):
            yield shape


def _unwrapped(annotation: Any) -> Iterator[Any]:
    """The alternatives of a union, without `Annotated` around them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _unwrapped(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for alternative in get_args(annotation):
            yield from _unwrapped(alternative)
    else:
        yield annotation
