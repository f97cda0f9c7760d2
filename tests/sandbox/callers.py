"""Who asks the sandbox for what, read off the bot's own source: its REST calls and its GraphQL documents."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)

import mentorbot
from mentorbot.github import queries, survey_queries

_PACKAGE = Path(mentorbot.__file__).parent
_ASKING = (*sorted((_PACKAGE / "github").rglob("*.py")), *sorted((_PACKAGE / "web").rglob("*.py")))
_METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
_POSTING = {"_write", "post"}
"""Functions that send a POST without being told so."""

_REPOSITORY = "/repos/octo/hello"
_OF_REPOSITORY = ("path", "home")
"""How names end that stand for a repository's address."""

_ANYTHING = "1"
"""What stands where an address has a number, a name or a login."""


def asked_over_rest() -> set[tuple[str, str]]:
    """Method and address of every REST call in the bot's source, with examples of what it fills in."""
    modules = [ast.parse(path.read_text()) for path in _ASKING]
    addresses = dict(address for module in modules for address in _address_functions(module))
    calls = {call for module in modules for call in _calls_in(module, addresses)}
    return calls | {("POST", "/graphql")}  # gidgethub's own, for every document


def _address_functions(module: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Functions that do nothing but make a text, and which they may make: `reactions_path(…)`."""
    tables = dict(_tables(module))
    for function in module.body:
        if isinstance(function, ast.FunctionDef) and isinstance(function.body[-1], ast.Return):
            made = function.body[-1].value
            if isinstance(made, ast.JoinedStr):
                yield f"{function.name}()", _texts(made, tables)


def _calls_in(module: ast.Module, addresses: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The calls with an address among their arguments; where no method stands beside it, it is a GET."""
    tables = {**addresses, **dict(_tables(module))}
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            known = _variables(function, tables)
            for call in ast.walk(function):
                if isinstance(call, ast.Call):
                    texts = (text for argument in call.args for text in _texts(argument, known))
                    yield from ((_method(call), found) for text in texts if (found := _address(text)))


def _tables(module: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """The module's dictionaries of texts, by name."""
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            texts = [str(one.value) for one in node.value.values if isinstance(one, ast.Constant)]
            yield ast.unparse(node.targets[0]), texts


def _variables(function: ast.AST, tables: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What the variables of a function may say."""
    known = dict(tables)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            texts = [text for value in _parts(node.value) for text in _texts(value, known)]
            for name in (ast.unparse(one) for target in targets for one in _parts(target)):
                known[name] = [*known.get(name, ()), *texts]
    return known


def _parts(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple) else [node]


def _method(call: ast.Call) -> str:
    named = [one.value for one in call.args if isinstance(one, ast.Constant) and one.value in _METHODS]
    function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return str(named[0]) if named else "POST" if function in _POSTING else "GET"


def _texts(node: ast.expr, known: Mapping[str, list[str]]) -> list[str]:
    """What a piece of source may say; `{}` stands for what is not known, `{o}` for a repository's address."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.FormattedValue):
        return _texts(node.value, known)
    if isinstance(node, ast.JoinedStr):
        return ["".join(chosen) for chosen in product(*(_texts(one, known) for one in node.values))]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return [re.sub(r"\{\w+\}", "{}", text) for text in _texts(node.func.value, known)]
    if isinstance(node, ast.Call):
        node = ast.Name(f"{ast.unparse(node.func).rpartition('.')[2]}()")
    name = ast.unparse(node.value if isinstance(node, ast.Subscript) else node)
    return known.get(name) or [
        "" if name.endswith("url") else "{o}" if name.endswith(_OF_REPOSITORY) else "{}"
    ]


def _address(text: str) -> str | None:
    """The address that a text means, None when it is none."""
    path = text.partition("?")[0].replace("/repos/{}", "{o}")
    path = re.sub(r"(?<=[^/])\{\}$", "", path)  # a query
    if not re.fullmatch(r"(\{o\}|/)[\w/{}-]*", path):
        return None
    return path.replace("{o}", _REPOSITORY).replace("{}", _ANYTHING)


class _Asked(Visitor):
    """Notes the fields, arguments and input fields that a document names."""

    def __init__(self, schema: GraphQLSchema, types: TypeInfo) -> None:
        super().__init__()
        self._schema = schema
        self._types = types
        self.found: set[tuple[str, str]] = set()

    def enter_field(self, node: Any, *_: Any) -> None:
        for name in self._parents():
            self.found.add((name, node.name.value))
            self.found |= {(f"{name}.{node.name.value}", one.name.value) for one in node.arguments or ()}

    def enter_object_field(self, node: Any, *_: Any) -> None:
        self.found.add((str(get_named_type(self._types.get_parent_input_type())), node.name.value))

    def _parents(self) -> list[str]:
        """The type whose field it is; what is asked of an interface is asked of all types that have it."""
        parent = self._types.get_parent_type()
        if isinstance(parent, GraphQLInterfaceType):
            return [parent.name, *(one.name for one in self._schema.get_implementations(parent).objects)]
        return [str(parent)]


def asked_over_graphql(schema: GraphQLSchema) -> set[tuple[str, str]]:
    """Fields by type, arguments by `Type.field`, and input fields, that the bot's documents name."""
    types = TypeInfo(schema)
    asked = _Asked(schema, types)
    for document in (*queries.DOCUMENTS.values(), *survey_queries.DOCUMENTS.values()):
        visit(parse(document), TypeInfoVisitor(types, asked))
    return asked.found
