"""Texts that maintainers write, with `${names}` for what only the bot knows, reaching nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mentorbot.config.text_value import TextValue
from mentorbot.core.did_you_mean import nearest
from mentorbot.core.markdown import code
from mentorbot.core.translator import say, translator

BUILT_IN = "default"
_LONGEST = 20_000
# `$${` stands for the characters `${` themselves; everything else after `${` has to be a name.
_PLACEHOLDER = re.compile(r"\$\$\{|\$\{(?P<name>[^}\n]{0,60}\}?)")
_NAME = re.compile(r"\s*([a-z][a-z0-9_]*)\s*\}", re.ASCII)
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Template(TextValue):
    """A text in Markdown with named values. The word `default` stands for the text that is built in.

    Which names a field offers is said beside it: `Annotated[Template, Offers(author="who opened it")]`.
    """

    JSON_SCHEMA: ClassVar[JsonSchemaValue] = {"type": "string", "maxLength": _LONGEST}
    text: str

    @property
    def is_built_in(self) -> bool:
        return self.text.strip().lower() == BUILT_IN

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.placeholders())

    def or_built_in(self, text: str) -> Template:
        return Template(text) if self.is_built_in else self

    def render(self, **values: str) -> str:
        """The text with its values, which have to be safe Markdown already.

        A line all of whose values are empty is left out: nothing reads as sadly as "Next office hour:".
        Raises KeyError for a name that has no value.
        """
        lines = [filled for line in self.text.split("\n") if (filled := _filled(line, values)) is not None]
        return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()

    def placeholders(self) -> list[tuple[int, str]]:
        """Line (from 0) and name of each placeholder; the name is empty where it is none that could exist."""
        found = []
        for number, line in enumerate(self.text.split("\n")):
            for placeholder in _PLACEHOLDER.finditer(line):
                if placeholder["name"] is not None:
                    name = _NAME.fullmatch(placeholder["name"])
                    found.append((number, name[1] if name else ""))
        return found

    def __str__(self) -> str:
        return self.text

    @classmethod
    def from_file(cls, value: object) -> Self:
        if not isinstance(value, str):
            raise ValueError(  # noqa: TRY004 - pydantic wants it
                say("a text is needed here: write it in the lines below `|`, or `default`")
            )
        if not value.strip():
            raise ValueError(say("the text is empty: write one, or `default` for the built-in text"))
        if len(value) > _LONGEST:
            raise ValueError(
                say(
                    "the text is longer than {limit} characters: shorten it",
                    limit=translator().number(_LONGEST),
                )
            )
        return cls(value)


class Offers:
    """Beside a `Template` field: the names its text may use, each with what it stands for."""

    def __init__(self, **names: str) -> None:
        self.names = names

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described = handler(schema)
        described["x-values"] = dict(self.names)
        return described

    def _check(self, template: Template | None) -> Template | None:
        for line, name in template.placeholders() if template else ():
            if not name:
                raise _flawed(
                    say(
                        "`${{` has to be followed by a name and `}}`. "
                        "Write `$${{` for the characters themselves."
                    ),
                    line,
                )
            if name not in self.names:
                raise self._unknown(name, line)
        return template

    def _unknown(self, name: str, line: int) -> PydanticCustomError:
        near = nearest(name, self.names)
        known = ", ".join(code("${" + other + "}") for other in self.names)
        wrong, meant = code("${" + name + "}"), code("${" + near + "}")
        if near:
            message = say("There is no value {name}: did you mean {meant}?", name=wrong, meant=meant)
        elif known:
            message = say("There is no value {name}: known here: {known}.", name=wrong, known=known)
        else:
            message = say("There is no value {name}, nor any other here.", name=wrong)
        return _flawed(message, line, near)


def _flawed(message: str, line: int, suggestion: str = "") -> PydanticCustomError:
    # The message travels as a value: braces in it would be taken for pydantic's own placeholders.
    return PydanticCustomError(
        "template_name", "{message}", {"message": message, "line": line, "suggestion": suggestion}
    )


def _filled(line: str, values: dict[str, str]) -> str | None:
    """The line with its values; None where it has some and all of them are empty."""
    used: list[str] = []

    def fill(placeholder: re.Match[str]) -> str:
        if placeholder["name"] is None:
            return "${"
        name = _NAME.fullmatch(placeholder["name"])
        used.append(values[name[1] if name else placeholder[0]])
        return used[-1]

    filled = _PLACEHOLDER.sub(fill, line)
    return None if used and not any(value.strip() for value in used) else filled.rstrip()
