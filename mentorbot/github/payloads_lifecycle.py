"""Webhooks about where the App may work: installations, their repositories, renamings and moves, as events.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation, `#installation_repositories`,
`#installation_target`, `#repository`, `#organization`
"""

from __future__ import annotations

from mentorbot.core.entities import Repository
from mentorbot.core.events import (
    InstallationChanged,
    LoginChanged,
    RepositoriesAdded,
    RepositoriesRemoved,
    RepositoryChanged,
)
from mentorbot.core.people import Person
from mentorbot.github import entity_reader
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.webhook_context import Heard, WebhookEvent

_CHANGES = {
    "created": "created",
    "deleted": "deleted",
    "suspend": "suspended",
    "unsuspend": "unsuspended",
    "new_permissions_accepted": "new_permissions_accepted",
}
_REPOSITORY_CHANGES = frozenset(
    {"renamed", "transferred", "deleted", "archived", "unarchived", "publicized", "privatized", "edited"}
)


def installation(told: WebhookEvent) -> tuple[Heard, ...]:
    """An installation was created, deleted, suspended, given back, or granted new permissions."""
    change = _CHANGES.get(told.action)
    if change is None:
        return ()
    found = told.payload.at("installation")
    account = entity_reader.anybody(found.at("account"))
    at, by = found.moment("updated_at", "created_at"), told.sender
    changed = InstallationChanged(
        at=at,
        delivery=told.delivery,
        installation_id=found.number("id"),
        account=account,
        change=change,
        by=by,
    )
    if change in {"created", "unsuspended"}:
        return changed, *_added(told, found, told.payload.each("repositories"))
    if change == "deleted":
        return changed, RepositoriesRemoved(
            at=at, delivery=told.delivery, installation_id=found.number("id"), repositories=(), by=by
        )
    return (changed,)


def installation_repositories(told: WebhookEvent) -> tuple[Heard, ...]:
    """Repositories were added to or taken from an installation."""
    found, payload = told.payload.at("installation"), told.payload
    removed = _repositories(payload.each("repositories_removed"), entity_reader.anybody(found.at("account")))
    added = _added(told, found, payload.each("repositories_added"))
    if not removed:  # an empty list would read as "all of them"
        return added
    return *added, RepositoriesRemoved(
        at=found.moment("updated_at", "created_at"),
        delivery=told.delivery,
        installation_id=found.number("id"),
        repositories=removed,
        by=told.sender,
    )


def installation_target(told: WebhookEvent) -> tuple[Heard, ...]:
    """The account an installation belongs to has a new name, and so have all of its repositories."""
    account = told.payload.maybe("account")
    if told.action != "renamed" or account is None:
        return ()
    return (LoginChanged(person=entity_reader.anybody(account)),)


def organization(told: WebhookEvent) -> tuple[Heard, ...]:
    """An organization has a new name."""
    account = told.payload.maybe("organization")
    if told.action != "renamed" or account is None:
        return ()
    return (LoginChanged(person=entity_reader.anybody(account)),)


def repository(told: WebhookEvent) -> tuple[Heard, ...]:
    """A repository was renamed, moved, deleted, archived, or shown or hidden."""
    if told.action not in _REPOSITORY_CHANGES:
        return ()
    found = told.payload.at("repository")
    return (
        RepositoryChanged(
            change=told.action,
            previous_full_name=_previous_full_name(told, found),
            **told.circumstances(found.moment("updated_at", "created_at")),
        ),
    )


def _added(told: WebhookEvent, found: JsonReader, repositories: tuple[JsonReader, ...]) -> tuple[Heard, ...]:
    account = entity_reader.anybody(found.at("account"))
    added = _repositories(repositories, account)
    if not added:
        return ()
    return (
        RepositoriesAdded(
            at=found.moment("updated_at", "created_at"),
            delivery=told.delivery,
            installation_id=found.number("id"),
            account=account,
            repositories=added,
            by=told.sender,
        ),
    )


def _repositories(found: tuple[JsonReader, ...], owner: Person) -> tuple[Repository, ...]:
    return tuple(entity_reader.repository(one, owner=owner) for one in found)


def _previous_full_name(told: WebhookEvent, found: JsonReader) -> str | None:
    changes = told.payload.maybe("changes")
    owner, _, name = found.text("full_name").partition("/")
    if changes is None:
        return None
    if renamed := changes.maybe("repository"):
        old_name = renamed.maybe("name")
        return f"{owner}/{old_name.text('from')}" if old_name and "from" in old_name else None
    if moved := changes.maybe("owner"):
        origin = moved.maybe("from")
        account = (origin.maybe("user") or origin.maybe("organization")) if origin else None
        return f"{account.text('login')}/{name}" if account and "login" in account else None
    return None
