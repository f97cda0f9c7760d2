"""Parses webhooks about where the App may work: installations, their repositories, renamings and moves.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation, `#installation_repositories`,
`#installation_target`, `#repository`
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
from mentorbot.github.webhook_event import AnyEvent, ParsedWebhook, WebhookEvent

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


def installation(webhook: WebhookEvent) -> ParsedWebhook:
    """An installation was created, deleted, suspended, given back, or granted new permissions."""
    change = _CHANGES.get(webhook.action)
    if change is None:
        return ParsedWebhook()
    found = webhook.payload.at("installation")
    at, by, id_ = found.moment("updated_at", "created_at"), webhook.sender, found.number("id")
    changed = InstallationChanged(
        at=at,
        delivery=webhook.delivery,
        installation_id=id_,
        account=entity_reader.account(found.at("account")),
        change=change,
        by=by,
    )
    if change in {"created", "unsuspended"}:
        return ParsedWebhook(events=(changed, *_added(webhook, found, webhook.payload.each("repositories"))))
    if change == "deleted":
        removed = RepositoriesRemoved(
            at=at, delivery=webhook.delivery, installation_id=id_, repositories=(), by=by
        )
        return ParsedWebhook(events=(changed, removed))
    return ParsedWebhook(events=(changed,))


def installation_repositories(webhook: WebhookEvent) -> ParsedWebhook:
    found, payload = webhook.payload.at("installation"), webhook.payload
    removed = _repositories(payload.each("repositories_removed"), entity_reader.account(found.at("account")))
    added = _added(webhook, found, payload.each("repositories_added"))
    if not removed:  # an empty list would read as "all of them"
        return ParsedWebhook(events=added)
    gone = RepositoriesRemoved(
        at=found.moment("updated_at", "created_at"),
        delivery=webhook.delivery,
        installation_id=found.number("id"),
        repositories=removed,
        by=webhook.sender,
    )
    return ParsedWebhook(events=(*added, gone))


def installation_target(webhook: WebhookEvent) -> ParsedWebhook:
    """The account an installation belongs to has a new name, and so have all of its repositories.

    Organizations tell of it by a webhook of theirs, too, for which the App would have to be let see members.
    """
    account = webhook.payload.maybe("account")
    if webhook.action != "renamed" or account is None:
        return ParsedWebhook()
    return ParsedWebhook(events=(LoginChanged(person=entity_reader.account(account)),))


def repository(webhook: WebhookEvent) -> ParsedWebhook:
    """A repository was renamed, moved, deleted, archived, or shown or hidden."""
    if webhook.action not in _REPOSITORY_CHANGES:
        return ParsedWebhook()
    found = webhook.payload.at("repository")
    changed = RepositoryChanged(
        change=webhook.action,
        previous_full_name=_previous_full_name(webhook, found),
        **webhook.event_fields(found.moment("updated_at", "created_at")),
    )
    return ParsedWebhook(events=(changed,))


def _added(
    webhook: WebhookEvent, found: JsonReader, repositories: tuple[JsonReader, ...]
) -> tuple[AnyEvent, ...]:
    account = entity_reader.account(found.at("account"))
    added = _repositories(repositories, account)
    if not added:
        return ()
    return (
        RepositoriesAdded(
            at=found.moment("updated_at", "created_at"),
            delivery=webhook.delivery,
            installation_id=found.number("id"),
            account=account,
            repositories=added,
            by=webhook.sender,
        ),
    )


def _repositories(found: tuple[JsonReader, ...], owner: Person) -> tuple[Repository, ...]:
    return tuple(entity_reader.repository(one, owner=owner) for one in found)


def _previous_full_name(webhook: WebhookEvent, found: JsonReader) -> str | None:
    changes = webhook.payload.maybe("changes")
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
