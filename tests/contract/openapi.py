"""Holds REST requests and answers against GitHub's OpenAPI description."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.contract.published import published

_HERE = "urn:github"


class Operation(NamedTuple):
    """One operation of the description."""

    method: str
    template: str
    parts: Mapping[str, Any]


@dataclass(frozen=True)
class Description:
    """GitHub's description, ready to judge by."""

    document: Mapping[str, Any]
    registry: Registry[Any]
    by_method: Mapping[str, list[tuple[re.Pattern[str], Operation]]]

    def operation(self, method: str, path: str) -> Operation | None:
        """The operation a request is one of; None when GitHub publishes none for it.

        `path` may begin with `/api/v3`; repositories asked for by their id count as if by their name.
        """
        plain = re.sub(r"^/repositories/\d+", "/repos/owner/repo", path.removeprefix("/api/v3"))
        for pattern, operation in self.by_method.get(method.upper(), ()):
            if pattern.fullmatch(plain):
                return operation
        return None

    def problems_of_request(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Any = None
    ) -> list[str]:
        """What GitHub would find wrong with a request, in words; empty when nothing."""
        operation = self.operation(method, path)
        if operation is None:
            return [f"{method} {path} is no operation of GitHub's"]
        known = {one["name"]: one for one in self._parameters(operation) if one["in"] == "query"}
        problems = [
            f"{method} {operation.template} takes no {name!r}" for name in query or {} if name not in known
        ]
        for name, value in (query or {}).items():
            if name in known:
                problems += self._problems_of_text(known[name].get("schema", {}), value, name)
        content = operation.parts.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None and body is not None:
            problems += self._problems(content["schema"], body)
        if operation.parts.get("requestBody", {}).get("required") and body is None:
            problems.append(f"{method} {operation.template} needs a body")
        return problems

    def problems_of_answer(self, method: str, path: str, *, status: int, body: Any) -> list[str]:
        """How an answer differs from what GitHub describes, in words; empty when it does not."""
        operation = self.operation(method, path)
        if operation is None:
            return [f"{method} {path} is no operation of GitHub's"]
        responses = operation.parts["responses"]
        if str(status) not in responses:
            return [f"{method} {operation.template} never answers {status}, only {', '.join(responses)}"]
        response = self._resolve(responses[str(status)])
        content = response.get("content", {}).get("application/json")
        if content is None or "schema" not in content:
            return []
        return self._problems(content["schema"], body)

    def problems_of_part(self, name: str, body: Any) -> list[str]:
        """The same for one named schema (`issue-comment`) instead of a whole answer."""
        return self._problems({"$ref": f"#/components/schemas/{name}"}, body)

    def _parameters(self, operation: Operation) -> Iterator[Mapping[str, Any]]:
        shared = self.document["paths"][operation.template].get("parameters", [])
        for parameter in [*shared, *operation.parts.get("parameters", [])]:
            yield self._resolve(parameter)

    def _resolve(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in part:
            return part
        found: Any = self.document
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        resolved: Mapping[str, Any] = found
        return resolved

    def _problems_of_text(self, schema: Mapping[str, Any], value: str, name: str) -> list[str]:
        kind = self._resolve(schema).get("type")
        if kind == "integer" and not value.isdecimal():
            return [f"{name}: {value!r} is no whole number"]
        return [] if kind in {"integer", "boolean", "array"} else self._problems(schema, value)

    def _problems(self, schema: Mapping[str, Any], body: Any) -> list[str]:
        pointing = _pointing_here(schema)
        validator = OAS30Validator(pointing, registry=self.registry)
        return [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
            for error in validator.iter_errors(body)
        ]


def _pointing_here(part: Any) -> Any:
    """A schema taken out of the document, with its references still leading into it."""
    if isinstance(part, dict):
        return {
            key: f"{_HERE}{value}" if key == "$ref" and isinstance(value, str) else _pointing_here(value)
            for key, value in part.items()
        }
    return [_pointing_here(one) for one in part] if isinstance(part, list) else part


@cache
def description() -> Description:
    """GitHub's description, read once per process."""
    document = _as_meant(json.loads(published("openapi.api.github.com.json")))
    registry: Registry[Any] = Registry().with_resource(_HERE, DRAFT4.create_resource(document))
    by_method: dict[str, list[tuple[re.Pattern[str], Operation]]] = {}
    for template, item in sorted(document["paths"].items(), key=lambda pair: _generality(pair[0])):
        for method, parts in item.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                operation = Operation(method.upper(), template, parts)
                by_method.setdefault(method.upper(), []).append((_pattern(template), operation))
    return Description(document=document, registry=registry, by_method=by_method)


def _as_meant(part: Any) -> Any:
    """The description as GitHub means it rather than as OpenAPI reads it.

    What is nullable may be null though its enum lacks it; alternatives overlap; they are told apart by
    what they hold, as the field that should tell them apart has no mapping; no user is an enterprise.
    """
    if isinstance(part, list):
        return [_as_meant(one) for one in part]
    if not isinstance(part, dict):
        return part
    meant = {key: _as_meant(value) for key, value in part.items() if key != "discriminator"}
    if meant.get("nullable") is True and isinstance(meant.get("enum"), list):
        meant["enum"] = [*meant["enum"], None]
    if isinstance(meant.get("oneOf"), list):
        meant["anyOf"] = meant.pop("oneOf")
    if {"Simple User", "Enterprise"} <= {one.get("title") for one in meant.get("allOf", [])}:
        meant["anyOf"] = meant.pop("allOf")
        meant.pop("properties", None)
        meant.pop("required", None)
    return meant


def _generality(template: str) -> tuple[bool, int]:
    """What is asked first: literal paths before those with parameters, those that may hold slashes last."""
    return template.endswith(("{path}", "{ref}")), template.count("{")


def _pattern(template: str) -> re.Pattern[str]:
    """Which paths a template means; `{path}` and `{ref}` at the end may hold slashes, the others not."""
    pieces = re.split(r"(\{[^}]+\})", template)
    found = ""
    for piece in pieces:
        if not piece.startswith("{"):
            found += re.escape(piece)
        elif piece in {"{path}", "{ref}"} and template.endswith(piece):
            found += ".*"
        else:
            found += "[^/]+"
    return re.compile(found)
