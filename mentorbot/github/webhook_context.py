"""What every reader of webhooks needs: who did it and where; and the union of all that is heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from mentorbot.core.entities import Repository
from mentorbot.core.events import (
    Event,
    InstallationChanged,
    LoginChanged,
    RepositoriesAdded,
    RepositoriesRemoved,
)
from mentorbot.core.people import Person
from mentorbot.github import entity_reader
from mentorbot.github.json_reader import JsonReader

Heard = Event | RepositoriesAdded | RepositoriesRemoved | InstallationChanged | LoginChanged
"""Everything a webhook can tell the engine."""


class EventContext(TypedDict):
    """The keyword arguments that every `Event` has in common."""

    at: datetime
    delivery: str
    installation_id: int
    repository: Repository
    by: Person


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A webhook delivery: its event name, its payload and its `X-GitHub-Delivery`."""

    name: str
    payload: JsonReader
    delivery: str = ""

    @property
    def action(self) -> str:
        """GitHub's word for what happened; events without actions have none."""
        return self.payload.text("action", "")

    @property
    def sender(self) -> Person:
        """Who did it; the stand-in *ghost* where the account is gone."""
        account = self.payload.maybe("sender")
        return (
            entity_reader.anybody(account)
            if account and entity_reader.is_told(account)
            else entity_reader.GHOST
        )

    @property
    def installation_id(self) -> int:
        """The installation; 0 where the payload comes from a hook that is no App's."""
        installation = self.payload.maybe("installation")
        return installation.number("id") if installation else 0

    def circumstances(self, at: datetime) -> EventContext:
        """When, where and by whom: what every event has in common."""
        return {
            "at": at,
            "delivery": self.delivery,
            "installation_id": self.installation_id,
            "repository": entity_reader.repository(self.payload.at("repository")),
            "by": self.sender,
        }
