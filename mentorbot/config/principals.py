"""Whom maintainers name in the config: people by login, teams by slug; and who these people are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from pydantic.json_schema import JsonSchemaValue

from mentorbot.config.text_value import TextValue
from mentorbot.core.markdown import code
from mentorbot.core.people import LOGIN, Person
from mentorbot.core.translator import say

_LOGIN = re.compile(rf"@?({LOGIN})(?<![_-])")
# Teams are always the repository owner's own; people write the owner in front as they do in mentions.
_TEAM = re.compile(
    rf"(?:team:\s*@?|@)(?:{LOGIN}/)?([A-Za-z0-9][A-Za-z0-9_-]{{0,99}})",
    re.ASCII | re.IGNORECASE,
)


class Directory(Protocol):
    """Who goes by which name at present (`mentorbot.feature_api.ports.GitHub` knows)."""

    async def account(self, login: str) -> Person | None: ...

    async def team_members(self, slug: str) -> Iterable[Person]: ...


@dataclass(frozen=True, slots=True)
class Principal(TextValue):
    """Somebody named in the config: a person (`login`), or a team of the repository's owner (`team`)."""

    JSON_SCHEMA: ClassVar[JsonSchemaValue] = {"type": "string", "examples": ["ada", "team:triage"]}
    login: str = ""
    team: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Whom `ada`, `@ada`, `team:triage` or `@acme/triage` means. Raises ValueError for anything else."""
        plain = text.strip()
        if (plain.lower().startswith("team:") or "/" in plain) and (named := _TEAM.fullmatch(plain)):
            return cls(team=named[1].lower())
        if named := _LOGIN.fullmatch(plain):
            return cls(login=named[1])
        raise ValueError(
            say(
                "{name} names nobody: write a login such as `ada`, or a team such as `team:triage`",
                name=code(text, limit=60),
            )
        )

    def __str__(self) -> str:
        return f"team:{self.team}" if self.team else self.login

    @classmethod
    def from_file(cls, value: object) -> Self:
        # `- team: triage` with a space is a mapping for YAML; nobody can mean anything else by it.
        if isinstance(value, Mapping) and set(value) == {"team"}:
            value = f"team:{value['team']}"
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValueError(  # noqa: TRY004 - pydantic wants it
                say("this names nobody: write a login such as `ada`, or a team such as `team:triage`")
            )
        return cls.parse(str(value))


async def resolve_principals(named: Iterable[Principal], directory: Directory) -> tuple[Person, ...]:
    """The people these names mean now, teams resolved to their members, each once, in the given order.

    Names that mean nobody (any more) are left out. Asks GitHub: one question for each name.
    """
    found: dict[int, Person] = {}
    for one in named:
        if one.team:
            members: Iterable[Person] = await directory.team_members(one.team)
        else:
            account = await directory.account(one.login)
            members = (account,) if account is not None else ()
        for person in members:
            found.setdefault(person.id, person)
    return tuple(found.values())
