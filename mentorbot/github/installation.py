"""One installation, and what is remembered about its people, so that GitHub need not be asked again.

https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user and
https://docs.github.com/en/rest/users/users#get-a-user-using-their-id
"""

from __future__ import annotations

from typing import Any

from cachetools import TTLCache

from mentorbot.core.clock import Clock
from mentorbot.core.entities import Repository
from mentorbot.core.people import Permission, Person
from mentorbot.github import entity_reader
from mentorbot.github.client import Client, path_segment
from mentorbot.github.error_mapping import Missing
from mentorbot.github.json_reader import JsonReader, parse_response

_CACHE_SECONDS = 600.0
_CACHE_SIZE = 10_000  # of each kind; the oldest go first
_FINE_GRAINED = (
    ("admin", Permission.ADMIN),
    ("maintain", Permission.MAINTAIN),
    ("push", Permission.WRITE),
    ("triage", Permission.TRIAGE),
    ("pull", Permission.READ),
)


class InstallationContext:
    """One installation: its client, and caches by numeric ids, as logins change. `clock` is the bot's."""

    def __init__(self, *, id: int, client: Client, clock: Clock, cache_size: int = _CACHE_SIZE) -> None:  # noqa: A002 - as GitHub calls it
        self.id = id
        self.client = client
        self.clock = clock
        self._cache_size = cache_size
        self.labels: TTLCache[tuple[int, str], bool] = self._cache()
        self._permissions: TTLCache[tuple[int, int], Permission] = self._cache()
        self._logins: TTLCache[int, str] = self._cache()

    async def login_of(self, person: Person) -> str | None:
        """The login this account has now, None where it is gone: an old one may be somebody else's by now."""
        known = self._logins.get(person.id)
        if known is not None:
            return known
        try:
            found = await self.client.read(f"/user/{person.id}")
        except Missing:
            return None
        login = parse_response(found, "user", entity_reader.account).login
        self._logins[person.id] = login
        return login

    async def permission_of(self, repository: Repository, person: Person) -> Permission:
        known = self._permissions.get((repository.id, person.id))
        if known is not None:
            return known
        found = await self._ask_permission(repository, login=person.login, person=person)
        if found is None:
            login = await self.login_of(person)
            found = await self._ask_permission(repository, login=login, person=person) if login else None
        permission = found if found is not None else Permission.NONE
        self._permissions[repository.id, person.id] = permission
        return permission

    async def _ask_permission(
        self, repository: Repository, *, login: str, person: Person
    ) -> Permission | None:
        """The answer about whoever has this login; None where that is nobody, or another person."""
        path = f"/repos/{repository.full_name}/collaborators/{path_segment(login)}/permission"
        try:
            answer = await self.client.within(repository.id).read(path)
        except Missing:
            return None
        return parse_response(answer, "permission", lambda found: _permission(found, person))

    def _cache(self) -> TTLCache[Any, Any]:
        return TTLCache(self._cache_size, _CACHE_SECONDS, timer=lambda: self.clock().timestamp())


def _permission(found: JsonReader, person: Person) -> Permission | None:
    user = found.maybe("user")
    if user is None or user.number("id") != person.id:
        return None
    # `role_name` may be an organization's own; then what it amounts to is told beside the user.
    role = found.text("role_name", "").upper()
    if role in Permission.__members__:
        return Permission[role]
    allowed = user.maybe("permissions")
    if allowed is not None:
        return next((level for key, level in _FINE_GRAINED if allowed.flag(key)), Permission.NONE)
    said = found.text("permission", "none").upper()
    return Permission[said] if said in Permission.__members__ else Permission.NONE
