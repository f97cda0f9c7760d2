"""What is remembered about one installation between two questions, so that they need not be asked again."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from cachetools import TTLCache

from mentorbot.core.clock import Clock
from mentorbot.core.people import Permission, Person
from mentorbot.github import entity_reader
from mentorbot.github.client import Client
from mentorbot.github.failures import Missing
from mentorbot.github.replies import legible

_REMEMBERED_SECONDS = 600.0
_MANY = 10_000


class InstallationMemory:
    """One installation: its client, and short-lived memories by numeric ids. `clock` is the bot's."""

    def __init__(self, *, id: int, client: Client, clock: Clock) -> None:  # noqa: A002 - as GitHub calls it
        self.id = id
        self.client = client
        self.clock = clock
        self.permissions: TTLCache[tuple[int, int], Permission] = self._memory()
        self.labels: TTLCache[tuple[int, str], bool] = self._memory()
        self._logins: TTLCache[int, str] = self._memory()

    async def login_of(self, person: Person) -> str | None:
        """The login this account has now, None where it is gone: an old one may be somebody else's by now.

        https://docs.github.com/en/rest/users/users#get-a-user-using-their-id
        """
        known = self._logins.get(person.id)
        if known is not None:
            return known
        try:
            found = await self.client.read(f"/user/{person.id}")
        except Missing:
            return None
        login = legible(found, "user", entity_reader.account).login
        self._logins[person.id] = login
        return login

    def _memory(self) -> TTLCache[Any, Any]:
        return TTLCache(_MANY, _REMEMBERED_SECONDS, timer=lambda: self.clock().timestamp())


def part(text: str) -> str:
    """A text as one part of a path: a login, a label, a branch."""
    return quote(text, safe="")
