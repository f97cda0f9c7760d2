"""The JSON Schema of `mentorbot.yml`, for editors that help while somebody writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from mentorbot.config.durations import Duration
from mentorbot.config.keys import FORMER_NAMES
from mentorbot.config.section import Section
from mentorbot.config.templates import Template

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SWITCH = {"enum": [True, False, "on", "off", "yes", "no", "default"]}


class _Generator(GenerateJsonSchema):
    """Writes defaults as people write them in the file."""

    schema_dialect = DIALECT

    def encode_default(self, dft: Any) -> Any:
        return str(dft) if isinstance(dft, Duration | Template) else super().encode_default(dft)


def json_schema(sections: Mapping[str, type[Section]]) -> dict[str, Any]:
    """The schema of a whole file (draft 2020-12). A section may also be empty, or a word that switches it."""
    mode: JsonSchemaMode = "validation"
    references, definitions = models_json_schema(
        [(model, mode) for model in dict.fromkeys(sections.values())], schema_generator=_Generator
    )
    described = {name: _with_former_names(schema) for name, schema in definitions.get("$defs", {}).items()}
    return {
        "$schema": DIALECT,
        "title": "mentorbot.yml",
        "description": "What mentorbot does in a repository. A section that is there is on.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {
                "description": described_by(described, references[model, mode]),
                "anyOf": _alternatives(model, references[model, mode], described),
            }
            for name, model in sections.items()
        },
        "$defs": described,
    }


def _alternatives(
    model: type[Section], reference: dict[str, Any], definitions: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What may stand behind a section's name."""
    if model.scalar:
        value = _definition(definitions, reference)["properties"][model.scalar]
        return [value, {"type": "null"}]
    return [reference, {"type": "null"}, _SWITCH]


def section_schema(model: type[Section]) -> dict[str, Any]:
    """The schema of one section alone, with `$defs` for what is inside."""
    return model.model_json_schema(schema_generator=_Generator)


def described_by(definitions: Mapping[str, Any], reference: Mapping[str, Any]) -> str:
    """The first paragraph of what a definition says about itself."""
    description = _definition(definitions, reference).get("description", "")
    return str(description).partition("\n\n")[0].replace("\n", " ")


def _definition(definitions: Mapping[str, Any], reference: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = definitions[str(reference["$ref"]).rpartition("/")[2]]
    return found


def _with_former_names(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object, with keys under which a field was known before."""
    if "properties" not in schema:
        return schema
    known = dict(schema["properties"])
    for name, about in schema["properties"].items():
        for former in about.get(FORMER_NAMES, ()):
            known[former] = {**about, "deprecated": True, "description": f"Now called `{name}`."}
    return {**schema, "properties": known}
