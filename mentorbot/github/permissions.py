"""Finds out what somebody may do in a repository, by numeric id: a login may be somebody else's by now.

https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
"""

from __future__ import annotations

from mentorbot.core.entities import Repository
from mentorbot.core.people import Permission, Person
from mentorbot.github.failures import Missing
from mentorbot.github.installation import InstallationMemory, part
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.replies import legible

_FINE_GRAINED = (
    ("admin", Permission.ADMIN),
    ("maintain", Permission.MAINTAIN),
    ("push", Permission.WRITE),
    ("triage", Permission.TRIAGE),
    ("pull", Permission.READ),
)


async def permission_of(
    installation: InstallationMemory, repository: Repository, person: Person
) -> Permission:
    """What this person may do; remembered for ten minutes."""
    known = installation.permissions.get((repository.id, person.id))
    if known is not None:
        return known
    found = await _ask(installation, repository, login=person.login, person=person)
    if found is None:
        login = await installation.login_of(person)
        found = await _ask(installation, repository, login=login, person=person) if login else None
    permission = found if found is not None else Permission.NONE
    installation.permissions[repository.id, person.id] = permission
    return permission


async def _ask(
    installation: InstallationMemory, repository: Repository, *, login: str, person: Person
) -> Permission | None:
    """The answer about whoever has this login; None where that is nobody, or another person."""
    path = f"/repos/{repository.full_name}/collaborators/{part(login)}/permission"
    try:
        answer = await installation.client.within(repository.id).read(path)
    except Missing:
        return None
    return legible(answer, "permission", lambda found: _read(found, person))


def _read(found: JsonReader, person: Person) -> Permission | None:
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
