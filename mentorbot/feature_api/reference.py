"""The parts of the documentation that are made of the cards: config reference and command table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mentorbot.config.json_schema import section_schema
from mentorbot.config.section import Section
from mentorbot.config.yaml_writer import as_yaml
from mentorbot.core.markdown import code, table
from mentorbot.feature_api.command_spelling import LONG_PREFIX, SHORT_PREFIX
from mentorbot.feature_api.feature import Command, Feature


@dataclass(frozen=True, slots=True)
class ListedCommand:
    """A command and the feature whose card it is on."""

    feature: Feature[Any]
    command: Command[Any, Any]


_KINDS = {
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "whole number",
    "number": "number",
    "null": "nothing",
    "object": "group",
}
_LONGEST_DEFAULT = 60


def config_reference(sections: Mapping[str, type[Section]], examples: Mapping[str, str]) -> str:
    """Every section with its keys, defaults and an example, as Markdown below a heading of level 2 each."""
    parts = (_section(name, model, examples.get(name, "")) for name, model in sections.items())
    return "\n\n".join(parts) + "\n"


def command_table(commands: Iterable[ListedCommand]) -> str:
    """Every command with who may give it and what it does, as a Markdown table."""
    rows = (
        (code(spelled(listed)), str(listed.command.who), _with_place(listed), code(listed.feature.name))
        for listed in commands
    )
    return table(("Command", "Who", "What it does", "Section"), rows) + "\n"


def spelled(listed: ListedCommand, *, short: bool = True) -> str:
    """The command as somebody would type it, its short form where there is one and `short` allows it."""
    slash = SHORT_PREFIX if short and listed.command.short else LONG_PREFIX
    return slash + listed.command.usage


def _with_place(listed: ListedCommand) -> str:
    place = "" if listed.command.on == "anything" else f" (on {listed.command.on})"
    return listed.command.help + place


def _section(name: str, model: type[Section], example: str) -> str:
    schema = section_schema(model)
    rows = [
        (code(path), _kind(about, schema), _default(about, needed=needed), _meaning(about))
        for path, about, needed in _keys(schema, schema, "")
        if not model.scalar
    ]
    parts = [f"## `{name}`", str(schema.get("description", ""))]
    if rows:
        parts.append(table(("Key", "What to write", "Default", "Meaning"), rows))
    parts.extend(_offered(schema))
    if example:
        parts.append(f"```yaml\n{example.strip()}\n```")
    return "\n\n".join(part for part in parts if part)


def _keys(schema: Mapping[str, Any], root: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any, bool]]:
    """Path, schema and necessity of each key, those of groups behind the group's own."""
    needed = set(schema.get("required", ()))
    for name, about in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here, about, name in needed
        for group, suffix in _groups(about, root):
            yield from _keys(group, root, here + suffix)


def _groups(about: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The groups of keys that may stand below a key, each with what its path goes on with."""
    about = _resolved(about, root)
    if "properties" in about:
        yield about, ""
    for alternative in about.get("anyOf", ()):
        yield from _groups(alternative, root)
    if isinstance(about.get("items"), Mapping):
        yield from ((group, "[]" + rest) for group, rest in _groups(about["items"], root))
    if isinstance(about.get("additionalProperties"), Mapping):
        yield from ((group, ".NAME" + rest) for group, rest in _groups(about["additionalProperties"], root))


def _resolved(about: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in about:
        return about
    found: Mapping[str, Any] = root["$defs"][about["$ref"].rpartition("/")[2]]
    return found


def _kind(about: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    about = _resolved(about, root)
    if "anyOf" in about:
        kinds = (_kind(one, root) for one in about["anyOf"] if one.get("type") != "null")
        return " or ".join(dict.fromkeys(kinds))
    if "enum" in about or "const" in about:
        return ", ".join(code(as_yaml(choice)) for choice in about.get("enum", (about.get("const"),)))
    if about.get("type") == "array":
        return f"list of {_kind(about.get('items', {}), root)}"
    if isinstance(about.get("additionalProperties"), Mapping):
        return f"names, each with {_kind(about['additionalProperties'], root)}"
    if "14 days" in about.get("examples", ()):
        return "duration"
    return "date" if about.get("format") == "date" else _KINDS.get(str(about.get("type")), "anything")


def _default(about: Mapping[str, Any], *, needed: bool) -> str:
    if needed:
        return "*needed*"
    value = about.get("default")
    if value is None or value in ([], {}, ""):
        return "–"
    if isinstance(value, dict):
        return "as below"
    return code(as_yaml(value), limit=_LONGEST_DEFAULT)


def _meaning(about: Mapping[str, Any]) -> str:
    parts = [" ".join(str(about.get("description", "")).split())]
    if about.get("examples"):
        examples = ", ".join(code(as_yaml(example)) for example in about["examples"])
        parts.append(f"For instance {examples}.")
    return " ".join(part for part in parts if part)


def _offered(schema: Mapping[str, Any]) -> Iterator[str]:
    """The values that texts may use, told once for all keys that offer the same."""
    keys: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for path, about, _ in _keys(schema, schema, ""):
        values = _values(about)
        if values:
            keys.setdefault(tuple(values.items()), []).append(path)
    for offered, paths in keys.items():
        lines = (f"- {code('${' + name + '}')}: {meaning}" for name, meaning in offered)
        yield f"Values for {', '.join(code(path) for path in paths)}:\n\n" + "\n".join(lines)


def _values(about: Mapping[str, Any]) -> Mapping[str, str]:
    """What a template offers, wherever in the schema of its key that stands."""
    for one in (about, *about.get("anyOf", ())):
        if "x-values" in one:
            offered: Mapping[str, str] = one["x-values"]
            return offered
    return {}
